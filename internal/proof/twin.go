package proof

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Edit is one place of the source in which a twin differs from the program.
type Edit struct {
	File string // from the root of the repository, with slashes
	Old  string // stands there exactly once; empty to add the file
	New  string
}

// Program builds the program as it is, with flags for the compiler where some
// are given, and gives its path.
func Program(t testing.TB, flags ...string) string {
	t.Helper()
	return build(t, flags...)
}

// Twin builds the program with a mistake in it, and gives its path. The tree is
// not touched. A mistake that no longer fits the source fails the test.
func Twin(t testing.TB, edits ...Edit) string {
	t.Helper()
	return build(t, "-overlay", overlay(t, edits))
}

func build(t testing.TB, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "asye")
	args := append([]string{"build", "-trimpath", "-ldflags", "-s -w", "-o", path}, flags...)
	if out, err := goTool(append(args, "./cmd/asye")...); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, out)
	}
	return path
}

// Noticed runs the tests of one package that match a pattern, against the
// source with a mistake in it, and fails unless they do. It gives what they
// said. A twin that does not compile is no twin, and fails.
func Noticed(t testing.TB, folder, tests string, edits ...Edit) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "twin.test")
	if out, err := goTool("test", "-c", "-vet=off", "-o", program, "-overlay", overlay(t, edits), folder); err != nil {
		t.Fatalf("the twin does not compile: %v\n%s", err, out)
	}
	cmd := exec.Command(program, "-test.count=1", "-test.timeout=20m", "-test.run", tests)
	cmd.Dir = filepath.Join(Root(t), filepath.FromSlash(folder))
	out, err := run(cmd)
	if err == nil {
		t.Errorf("%s lets its twin through: %s", tests, describe(edits))
	}
	return out
}

// Holds runs the tests of packages that match a pattern, in their short form,
// against the source with something else laid over it, and fails unless they
// hold all the same.
func Holds(t testing.TB, folders []string, tests string, edits ...Edit) {
	t.Helper()
	args := append([]string{"test", "-short", "-count=1", "-run", tests, "-overlay", overlay(t, edits)}, folders...)
	if out, err := goTool(args...); err != nil {
		t.Errorf("%s: %v\n%s", describe(edits), err, out)
	}
}

func describe(edits []Edit) string {
	var out []string
	for _, e := range edits {
		out = append(out, e.File+": "+e.Old+" → "+e.New)
	}
	return strings.Join(out, "; ")
}

// Overlay lays mistakes over the source, for a run of go that a net makes itself:
// it gives what goes behind -overlay.
func Overlay(t testing.TB, edits ...Edit) string {
	t.Helper()
	return overlay(t, edits)
}

// overlay writes the edited files aside, and the list that the compiler reads
// them by.
func overlay(t testing.TB, edits []Edit) string {
	t.Helper()
	dir, root := t.TempDir(), Root(t)
	replaced := map[string]string{}
	for i, e := range edits {
		path := filepath.Join(root, filepath.FromSlash(e.File))
		from := path
		if already, ok := replaced[path]; ok {
			from = already
		}
		to := filepath.Join(dir, string(rune('a'+i))+"_"+filepath.Base(path))
		if err := os.WriteFile(to, []byte(e.text(t, from)), 0o600); err != nil {
			t.Fatal(err)
		}
		replaced[path] = to
	}
	list, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, list, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// text is a file as the twin has it.
func (e Edit) text(t testing.TB, from string) string {
	t.Helper()
	text, err := os.ReadFile(from)
	if e.Old == "" {
		if err == nil {
			t.Fatalf("the twin does not fit: there is a file %s already", e.File)
		}
		return e.New
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), e.Old); n != 1 {
		t.Fatalf("the twin does not fit: %q stands %d times in %s", e.Old, n, e.File)
	}
	return strings.Replace(string(text), e.Old, e.New, 1)
}

// Root is the folder of the repository.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("there is no go.mod above the test")
	return ""
}

// goTool runs go from the root of the repository, with the settings of the
// Makefile, so that all builds share one cache.
func goTool(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	if root, err := exec.Command("go", "env", "GOMOD").Output(); err == nil {
		cmd.Dir = filepath.Dir(strings.TrimSpace(string(root)))
	}
	return run(cmd)
}

// run gives what a command says. A twin keeps nothing.
func run(cmd *exec.Cmd) (string, error) {
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false", "ASYE_PROOF=")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
