package arch

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestPins holds that the C library which the SQLite driver was translated
// against is the very version it asks for: with another one it can corrupt
// memory, and the module system would quietly pick a newer one.
func TestPins(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatalf("go list cannot find modernc.org/sqlite: %v", err)
	}
	theirs, err := os.ReadFile(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if have, want := required(string(ours)), required(string(theirs)); have != want || want == "" {
		t.Errorf("go.mod has modernc.org/libc %s where modernc.org/sqlite asks for %s: exclude the other version in go.mod", have, want)
	}
}

var libc = regexp.MustCompile(`(?m)^(?:require)?\s*modernc\.org/libc (v\S+)`)

// required is the version of the library that a go.mod asks for.
func required(mod string) string {
	m := libc.FindStringSubmatch(mod)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestRequired(t *testing.T) {
	for mod, want := range map[string]string{
		"require (\n\tmodernc.org/libc v1.77.1 // indirect\n)": "v1.77.1",
		"require modernc.org/libc v1.78.0\n":                   "v1.78.0",
		"exclude modernc.org/libc v1.78.0\n":                   "",
	} {
		if got := required(mod); got != want {
			t.Errorf("required(%q) = %q, want %q", mod, got, want)
		}
	}
}
