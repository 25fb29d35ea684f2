package proof

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPage: the page is what the results give; nobody has edited it.
func TestPage(t *testing.T) {
	root := Root(t)
	results, err := Results(filepath.Join(root, "docs", "tested"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "how-it-is-tested.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != Page(results) {
		t.Error("docs/how-it-is-tested.md is not what docs/tested gives: run make tested")
	}
}

var netTarget = regexp.MustCompile(`(?m)^(net-[a-z0-9-]+):`)

// TestTargets: every net has a make target and a result.
func TestTargets(t *testing.T) {
	root := Root(t)
	text, err := os.ReadFile(filepath.Join(root, "nets.mk"))
	if err != nil {
		t.Fatal(err)
	}
	results, err := Results(filepath.Join(root, "docs", "tested"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range netTarget.FindAllStringSubmatch(string(text), -1) {
		seen[m[1]] = false
	}
	for _, r := range results {
		words := strings.Fields(r.Command)
		if len(words) < 2 || words[0] != "make" {
			t.Errorf("%s has the command %q, which is no make target", r.Net, r.Command)
			continue
		}
		if _, ok := seen[words[1]]; !ok {
			t.Errorf("%s is run by %q, and nets.mk has no such target", r.Net, r.Command)
		}
		seen[words[1]] = true
		if r.Promise == "" || r.Saw == "" || r.Twin == "" {
			t.Errorf("%s leaves out its promise, what it saw, or its twin", r.Net)
		}
	}
	for target, has := range seen {
		if !has {
			t.Errorf("docs/tested has no result of make %s", target)
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
