package fuzzing

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// target is one fuzz target.
type target struct{ folder, name string }

var declared = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// targets finds the fuzz targets of the repository.
func targets(t *testing.T) []target {
	t.Helper()
	root := proof.Root(t)
	var out []target
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		for _, m := range declared.FindAllSubmatch(text, -1) {
			out = append(out, target{"./" + filepath.ToSlash(folder), string(m[1])})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out, func(a, b target) int { return strings.Compare(a.folder+a.name, b.folder+b.name) })
	return out
}

var executions = regexp.MustCompile(`execs: (\d+)`)

// run fuzzes one target for a time, and gives how many inputs it took.
func run(t *testing.T, one target, fuzztime string, flags ...string) (inputs int, err error) {
	t.Helper()
	args := append([]string{"test", "-run", "^$", "-fuzz", "^" + one.name + "$", "-fuzztime", fuzztime}, flags...)
	cmd := exec.CommandContext(t.Context(), "go", append(args, one.folder)...)
	cmd.Dir = proof.Root(t)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false", "ASYE_PROOF=")
	said, err := cmd.CombinedOutput()
	for _, m := range executions.FindAllSubmatch(said, -1) {
		inputs, _ = strconv.Atoi(string(m[1])) // the expression takes figures only
	}
	if err != nil {
		err = fmt.Errorf("%s in %s: %w\n%s", one.name, one.folder, err, said)
	}
	return inputs, err
}

// TestTargets: there are as many fuzz targets as were promised, each of another
// name in its folder.
func TestTargets(t *testing.T) {
	all := targets(t)
	if len(all) < 20 {
		t.Errorf("PAG-11 there are %d fuzz targets", len(all))
	}
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("two targets of one folder have one name")
	}
}

// TestNetFuzz: no input makes a reader of foreign bytes crash, hang, or break
// its promise.
func TestNetFuzz(t *testing.T) {
	if os.Getenv("ASYE_PROOF") == "" {
		t.Skip("the seeds of each target run by themselves; make net-fuzz goes on from there")
	}
	fuzztime := os.Getenv("FUZZTIME")
	all, inputs := targets(t), 0
	for _, one := range all {
		n, err := run(t, one, fuzztime)
		if err != nil {
			t.Error(err)
		}
		t.Logf("%s %s: %d inputs", one.folder, one.name, n)
		inputs += n
	}
	proof.Keep(t, proof.Result{Net: "fuzz", Part: proof.HostileInput, Command: "make net-fuzz FUZZTIME=" + fuzztime,
		Promise: "Nothing that is sent, uploaded or restored can crash what reads it",
		Saw:     fmt.Sprintf("%d fuzz targets of %s each, %d million inputs: 0 crashes, 0 broken promises", len(all), fuzztime, inputs/1e6),
		Twin:    twin(t)})
}

// twin is a reader with a mistake that none of its seeds meets: the fuzzer finds
// it.
func twin(t *testing.T) string {
	t.Helper()
	const what = "a name of a file may hold a character that Windows refuses"
	list := proof.Overlay(t, proof.Edit{File: "internal/platform/files/names.go", Old: "`<>:\"|?*;%`", New: "`<>:\"?*;%`"})
	kept := filepath.Join(proof.Root(t), "internal", "platform", "files", "testdata", "fuzz", "FuzzSafeName")
	if _, err := os.Stat(kept); err == nil {
		t.Fatalf("%s is there: what the twin finds could not be told from it", kept)
	}
	n, err := run(t, target{"./internal/platform/files", "FuzzSafeName"}, "60s", "-overlay", list)
	os.RemoveAll(kept) // what was found is wrong with the twin alone
	if err == nil {
		t.Errorf("the fuzzer lets its twin through: %s", what)
	}
	return fmt.Sprintf("%s: found after %d inputs", what, n)
}
