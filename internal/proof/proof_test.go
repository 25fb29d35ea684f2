package proof

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPage: the page is what the results give; nobody has edited it.
func TestPage(t *testing.T) {
	results, targets := kept(t)
	page, err := os.ReadFile(filepath.Join(Root(t), "docs", "how-it-is-tested.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != Page(results, targets) {
		t.Error("docs/how-it-is-tested.md is not what docs/tested gives: run make tested")
	}
}

func kept(t *testing.T) ([]Result, []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Root(t), "nets.mk"))
	if err != nil {
		t.Fatal(err)
	}
	results, err := Results(filepath.Join(Root(t), "docs", "tested"))
	if err != nil {
		t.Fatal(err)
	}
	return results, Targets(string(text))
}

// TestTargets: every result is of a net that can be run again, and says all.
func TestTargets(t *testing.T) {
	results, targets := kept(t)
	for _, r := range results {
		if !slices.Contains(targets, target(r)) {
			t.Errorf("%s is run by %q, and nets.mk has no such target", r.Net, r.Command)
		}
		if r.Promise == "" || r.Saw == "" || r.Twin == "" {
			t.Errorf("%s leaves out its promise, what it saw, or its twin", r.Net)
		}
	}
}

// TestTwin: a twin is built, and is not the program.
func TestTwin(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	twin := Twin(t, Edit{"internal/app/settings_command.go", `"asye", r.Process.Version`, `"twin", r.Process.Version`})
	out, err := exec.Command(twin, "version").CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "twin") {
		t.Errorf("%v: %s", err, out)
	}
}
