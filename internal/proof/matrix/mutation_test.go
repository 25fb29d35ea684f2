package matrix

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/proof"
)

// sample are mutants that the short form of the net wakes, one of each kind and
// in each capability: by function and text.
var sample = []string{
	"registration byOrg: condition: e.org_id = $2", "account visible: condition: m.org_id = $3", "account/trail List: condition: a.org_id = …",
	"registration Disputes: guard: national → never", "registration NationalBody: decision: !scope.IsSignedIn() → never",
}

// TestPOL5_Mutants takes the conditions, the guards and the decisions apart, lets
// go of the rule of each route, and lets each page show what it holds back, one
// at a time: each must be noticed, by the matrix or by the tests of its
// capability.
func TestPOL5_Mutants(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the program with its mutants")
	}
	if os.Getenv("ASYE_LAB") != "" {
		t.Skip("is inside the lab")
	}
	began := time.Now()
	l := breed(t)
	overlay := l.overlay(t)
	program := l.compile(t, overlay, "./internal/proof/matrix")
	if some := os.Getenv("MUTANTS"); some != "" {
		l.mutants = slices.DeleteFunc(l.mutants, func(m mutant) bool { return !regexp.MustCompile(some).MatchString(m.place()) })
	}
	t.Logf("%d mutants bred and compiled in %s", len(l.mutants), time.Since(began))
	if os.Getenv("MATRIX") == "" {
		for _, m := range l.living(t, l.chosen(t), l.run(t, program, "sample", l.chosen(t))) {
			t.Errorf("nobody notices %s", m)
		}
		return
	}
	verdicts := l.halves(t, program)
	n := counts{}
	for _, v := range verdicts {
		if v.Kind != "" {
			n.add(v.Kind, v.Noticed != "")
			if v.Noticed == "" && excused[v.ID] == "" {
				t.Errorf("nobody notices a %s let go: %s", v.Kind, v.ID)
			}
		}
	}
	living := l.living(t, l.mutants, verdicts)
	t.Logf("%d of %d live after the matrix, %s", len(living), len(l.mutants), time.Since(began))
	if os.Getenv("MATRIX") == "all" {
		living = l.ownTests(t, overlay, living)
	}
	for _, m := range l.mutants {
		lives := slices.Contains(living, m)
		n.add(m.Kind, !lives)
		if why := equivalent[m.place()]; lives && why == "" {
			t.Errorf("nobody notices %s", m)
		} else if !lives && why != "" && os.Getenv("MATRIX") == "all" {
			t.Errorf("%s is noticed, and stands among those that nobody can notice", m)
		}
	}
	if os.Getenv("MUTANTS") != "" {
		return // some are no result
	}
	proof.Keep(t, proof.Result{Net: "permission-mutation", Part: proof.NobodyIn,
		Promise: "Each condition, guard, rule and mask by which records are kept from people can be taken away, and each time a test fails.",
		Saw:     fmt.Sprintf("%s, in %s", n, time.Since(began).Round(time.Second)),
		Twin:    "this net is the twin of the permission matrix and the canaries", Command: "make net-mutation"})
}

// counts are how many mutants there were of each kind, and how many were noticed.
type counts map[string][2]int

func (n counts) add(kind string, noticed bool) {
	was := n[kind]
	if noticed {
		was[0]++
	}
	n[kind] = [2]int{was[0], was[1] + 1}
}

func (n counts) String() string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(n)) {
		out = append(out, fmt.Sprintf("%s: %d of %d noticed", kind, n[kind][0], n[kind][1]))
	}
	return strings.Join(out, ", ")
}

// halves lets two labs judge half of the mutants each, at once; one judges the
// rules too, and the other the pages.
func (l *lab) halves(t *testing.T, program string) []verdict {
	t.Helper()
	var half [2][]mutant
	for i, m := range l.mutants {
		half[i%2] = append(half[i%2], m)
	}
	var out [2][]verdict
	var both sync.WaitGroup
	for i, part := range []string{"rules", "masks"} {
		both.Go(func() { out[i] = l.run(t, program, part, half[i]) })
	}
	both.Wait()
	return slices.Concat(out[0], out[1])
}

// place names a mutant without its line, which moves.
func (m mutant) place() string {
	folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(m.File)), "internal/")
	place := folder + " " + m.Func + ": " + m.Kind + ": " + m.Was
	if m.Nth > 1 {
		place += fmt.Sprintf(" (%d)", m.Nth)
	}
	return place
}

func (l *lab) chosen(t *testing.T) []mutant {
	t.Helper()
	var out []mutant
	for _, m := range l.mutants {
		if slices.Contains(sample, m.place()) {
			out = append(out, m)
		}
	}
	if len(out) < len(sample) {
		t.Errorf("the sample names %d mutants, and %d are there", len(sample), len(out))
	}
	return out
}

// compile makes the tests of a package from the mutated source.
func (l *lab) compile(t *testing.T, overlay, folder string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), strings.ReplaceAll(strings.Trim(folder, "./"), "/", "_")+".test")
	cmd := exec.Command("go", "test", "-c", "-overlay", overlay, "-o", to, folder)
	cmd.Dir = proof.Root(t)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the mutants do not compile: %v\n%s", err, out)
	}
	return to
}

// run lets the lab judge mutants.
func (l *lab) run(t *testing.T, program, part string, awake []mutant) []verdict {
	t.Helper()
	ids := make([]string, len(awake))
	for i, m := range awake {
		ids[i] = m.ID
	}
	cmd := exec.Command(program, "-test.run", "^TestLab$", "-test.v", "-test.timeout", "2h")
	cmd.Dir = filepath.Join(proof.Root(t), "internal", "proof", "matrix")
	cmd.Env = append(os.Environ(), "ASYE_LAB="+strings.Join(ids, ","), "ASYE_LAB_PART="+part)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("the lab: %v\n%s", err, tail(string(out)))
	}
	var all []verdict
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v verdict
		if _, text, ok := strings.Cut(lines.Text(), said); ok && json.Unmarshal([]byte(text), &v) == nil {
			all = append(all, v)
		}
	}
	return all
}

// living are those of some mutants that nobody has noticed.
func (l *lab) living(t *testing.T, of []mutant, verdicts []verdict) []mutant {
	t.Helper()
	by := map[string]verdict{}
	for _, v := range verdicts {
		if v.Kind == "" {
			by[v.ID] = v
		}
	}
	var out []mutant
	for _, m := range of {
		v, judged := by[m.ID]
		switch {
		case !judged:
			t.Errorf("the lab says nothing of %s", m)
		case v.Noticed == "":
			out = append(out, m)
		default:
			t.Logf("%s\n\tnoticed by %s", m, v.Noticed)
		}
	}
	return out
}

func tail(text string) string { return text[max(0, len(text)-4000):] }

// ownTests wakes each mutant that lives in those tests of its own capability that
// come by it, and gives those that live on.
func (l *lab) ownTests(t *testing.T, overlay string, living []mutant) []mutant {
	t.Helper()
	all := map[string]*ownTests{}
	var out []mutant
	for _, m := range living {
		if !slices.ContainsFunc(testsOf(t, m), func(folder string) bool {
			if all[folder] == nil {
				all[folder] = l.own(t, overlay, folder)
			}
			return all[folder].notice(t, m)
		}) {
			out = append(out, m)
		}
	}
	return out
}

// ownTests are the tests of one folder, with the mutants that they come by.
type ownTests struct {
	folder, program string
	met             []string
}

func (l *lab) own(t *testing.T, overlay, folder string) *ownTests {
	t.Helper()
	o := &ownTests{folder: folder, program: l.compile(t, overlay, "./"+folder)}
	list := filepath.Join(t.TempDir(), "met")
	if out, err := o.run(t, "ASYE_MET="+list).CombinedOutput(); err != nil {
		t.Errorf("the tests of %s fail with no mutant awake: %v\n%s", folder, err, tail(string(out)))
	}
	text, _ := os.ReadFile(list) // which is not there when they come by none
	o.met = strings.Fields(string(text))
	return o
}

func (o *ownTests) run(t *testing.T, env string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(o.program, "-test.failfast", "-test.short", "-test.timeout", "10m")
	cmd.Dir = filepath.Join(proof.Root(t), filepath.FromSlash(o.folder))
	cmd.Env = append(os.Environ(), env, "ASYE_TEST_POSTGRES=", "ASYE_PROOF=") // and keeps nothing
	return cmd
}

// notice wakes a mutant and reports whether a test fails.
func (o *ownTests) notice(t *testing.T, m mutant) bool {
	t.Helper()
	if !slices.Contains(o.met, m.ID) {
		return false
	}
	said, err := o.run(t, "ASYE_MUTANT="+m.ID).CombinedOutput()
	if err != nil {
		t.Logf("%s\n\tnoticed by the tests of %s: %s", m, o.folder, firstFailure(string(said)))
	}
	return err != nil
}

func firstFailure(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "--- FAIL") {
			return strings.TrimSpace(line)
		}
	}
	return "it breaks down"
}

// testsOf are the folders whose tests are those of a mutant's capability, its own
// first.
func testsOf(t *testing.T, m mutant) []string {
	t.Helper()
	root, own := proof.Root(t), filepath.ToSlash(filepath.Dir(m.File))
	parts := strings.Split(own, "/")
	seen := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(root, parts[0], parts[1]), func(path string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(path, "_test.go") {
			folder, _ := filepath.Rel(root, filepath.Dir(path))
			seen[filepath.ToSlash(folder)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for folder := range seen {
		if parts[1] != "platform" || folder == own {
			out = append(out, folder)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		return (out[i] == own) != (out[j] == own) && out[i] == own || (out[i] == own) == (out[j] == own) && out[i] < out[j]
	})
	return out
}

// equivalent are mutants that change nothing that anybody could see, with the
// reason.
var equivalent = func() map[string]string {
	all := maps.Clone(equivalentInAccounts)
	maps.Copy(all, equivalentInRecords)
	return all
}()

// excused are rules and pages that may be let go, with the reason.
var excused = map[string]string{}
