package arch

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

var (
	requirement = regexp.MustCompile(`(?m)^(?:require )?\s*([a-z0-9.-]+\.[a-z]+/\S+) v\S+`)
	ticked      = regexp.MustCompile("`([^`]+)`")
)

// TestDependencies holds that docs/dependencies.md gives the reason for each
// module that our code imports and each package that package.json names, and
// lists none that is gone.
func TestDependencies(t *testing.T) {
	page, err := os.ReadFile("../../docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := firstCells(string(page))
	used := append(modulesUsed(t), packagesNamed(t)...)
	for _, name := range used {
		if !slices.Contains(listed, name) {
			t.Errorf("docs/dependencies.md does not say why we have %s", name)
		}
	}
	for _, name := range listed {
		if !slices.Contains(used, name) {
			t.Errorf("docs/dependencies.md lists %s, which nothing uses", name)
		}
	}
}

// firstCells are the names in the first cell of each row of the page's tables.
func firstCells(page string) []string {
	var out []string
	for line := range strings.Lines(page) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, m := range ticked.FindAllStringSubmatch(cells[1], -1) {
			out = append(out, m[1])
		}
	}
	return out
}

// modulesUsed are the modules of go.mod from which our code imports, tests and
// tools among it.
func modulesUsed(t *testing.T) []string {
	t.Helper()
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, m := range requirement.FindAllStringSubmatch(string(mod), -1) {
		modules = append(modules, m[1])
	}
	sort.Slice(modules, func(i, j int) bool { return len(modules[i]) > len(modules[j]) }) // the longest fits best
	seen := map[string]bool{}
	for _, f := range theTree(t).Files {
		if f.Go == nil {
			continue
		}
		for to := range f.Imports() {
			i := slices.IndexFunc(modules, func(m string) bool { return to == m || within(to, m) })
			if i >= 0 {
				seen[modules[i]] = true
			}
		}
	}
	var out []string
	for m := range seen {
		out = append(out, m)
	}
	sort.Strings(out)
	return out
}

func packagesNamed(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../package.json")
	if err != nil {
		t.Fatal(err)
	}
	var named struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal(text, &named); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, list := range []map[string]string{named.Dependencies, named.DevDependencies} {
		for name := range list {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}
