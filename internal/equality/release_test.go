package equality

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// EQU-15: a report leaves only through Release. A Report can write nothing, and
// nobody but Release makes a Released.
func TestOneGate(t *testing.T) {
	report, writer := reflect.TypeFor[Report](), reflect.TypeFor[io.Writer]()
	for i := range report.NumMethod() {
		for in := range report.Method(i).Type.NumIn() {
			if report.Method(i).Type.In(in) == writer {
				t.Errorf("EQU-15: Report.%s writes figures that were not released", report.Method(i).Name)
			}
		}
	}
	made := regexp.MustCompile(`Released\{[^}\s]`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name != "release.go" && !strings.HasSuffix(name, "_test.go") && made.Match(text) {
			t.Errorf("EQU-15: %s makes a Released without the gate", name)
		}
	}
}
