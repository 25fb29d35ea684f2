//go:build matrix

package matrix

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// verdict is what became of one mutant.
type verdict struct {
	Kind    string // "rule", "mask"; empty for a mutant of the source
	ID      string
	Noticed string // by what; empty for one that lives
}

// said is how a verdict stands in the output of the lab.
const said = "VERDICT "

// TestLab judges mutants within one program: each is woken in turn, and the
// matrix asks until it finds something. It does nothing unless the mutation runs
// it, against the mutated source.
func TestLab(t *testing.T) {
	list := os.Getenv("ASYE_LAB")
	if list == "" {
		t.Skip("is run by the mutation")
	}
	c := court{plain: build(t, dbtest.OpenSQLite(t, schema.All())), sown: build(t, dbtest.OpenSQLite(t, schema.All()))}
	c.birds = c.sown.sow()
	if v := c.judge(""); v != "" {
		t.Fatalf("with no mutant awake: %s", v)
	}
	for _, id := range strings.Split(list, ",") {
		say(verdict{ID: id, Noticed: c.judge(id)})
	}
	if os.Getenv("MATRIX") == "" {
		return
	}
	for _, d := range c.rules() {
		say(verdict{Kind: "rule", ID: d.Rule, Noticed: d.Noticed})
	}
	for _, m := range c.masks() {
		noticed := ""
		if m.Noticed {
			noticed = "the canaries"
		}
		say(verdict{Kind: "mask", ID: m.String(), Noticed: noticed})
	}
}

func say(v verdict) {
	text, _ := json.Marshal(v)
	fmt.Println(said + string(text))
}

// court is where mutants are judged: in a world as it is, and in one with
// canaries.
type court struct {
	plain, sown *world
	birds       aviary
}

// judge wakes one mutant and gives what noticed it.
func (c court) judge(id string) (noticed string) {
	os.Setenv("ASYE_MUTANT", id)
	defer os.Unsetenv("ASYE_MUTANT")
	for _, look := range []struct {
		name string
		in   *world
		thin bool
		do   func(n *tally, in *world, tx *db.Tx)
	}{
		{"the stores", c.plain, true, (*tally).stores}, {"the routes", c.plain, true, (*tally).routes},
		{"the stores, each record", c.plain, false, (*tally).stores},
		{"the canaries", c.sown, true, func(n *tally, in *world, tx *db.Tx) {
			(&walk{tally: *n, birds: c.birds, seen: map[string]int{}, told: map[string]bool{}}).routes(in, tx)
		}},
	} {
		if noticed = look.in.try(look.name, look.thin, look.do); noticed != "" {
			return noticed
		}
	}
	return ""
}

// try runs one part of the net until it finds something. A program that breaks
// down is noticed too.
func (w *world) try(name string, thin bool, do func(n *tally, in *world, tx *db.Tx)) (noticed string) {
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case found:
			noticed = name + ": " + cause.text
		default:
			noticed = fmt.Sprintf("%s: %v", name, cause)
			if os.Getenv("ASYE_MUTANT") == "" {
				debug.PrintStack()
			}
		}
	}()
	err := w.DB.Keep(ctx, func(tx *db.Tx) error {
		in := w.on(w.DB.Within(tx, w.DB.Clock()))
		in.thin, in.t = thin, stopping{w.t}
		do(&tally{first: true}, in, tx)
		return errUndo
	})
	if err != errUndo {
		return name + ": " + err.Error()
	}
	return ""
}

// stopping is a test that a failure does not end: whoever looks for problems has
// found one.
type stopping struct{ testing.TB }

func (s stopping) Fatal(args ...any)               { panic(found{fmt.Sprint(args...)}) }
func (s stopping) Fatalf(text string, args ...any) { panic(found{fmt.Sprintf(text, args...)}) }
func (s stopping) Helper()                         {}

// routes asks every route, and tries every door.
func (n *tally) routes(w *world, tx *db.Tx) {
	for _, route := range w.Mux.Routes() {
		n.route(w, tx, route)
		n.list(w, tx, route)
	}
	n.doors(w, tx)
}

// routes walks every page.
func (k *walk) routes(w *world, tx *db.Tx) {
	for _, route := range w.Mux.Routes() {
		k.route(w, tx, route)
	}
}

// sample are mutants that the short form of the net wakes, one of each kind and
// in each capability: by function and text.
var sample = []string{
	"byOrg: condition: e.org_id = $2", "visible: condition: m.org_id = $3", "conditions: condition: a.org_id = $%d",
	"Disputes: guard: national → never", "NationalBody: decision: !scope.IsSignedIn() → never",
}

// TestPOL5_Mutants takes the conditions, the guards and the decisions apart, one
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
	wake := l.mutants
	if os.Getenv("MATRIX") == "" {
		wake = l.chosen(t)
	}
	lab := l.compile(t, overlay, "./internal/proof/matrix")
	t.Logf("%d mutants bred and compiled in %s", len(l.mutants), time.Since(began))
	living := l.run(t, lab, wake)
	t.Logf("%d of %d live after the matrix, %s", len(living), len(wake), time.Since(began))
	if os.Getenv("MATRIX") == "all" {
		living = l.ownTests(t, overlay, living)
		t.Logf("%d of %d live after the tests of their capabilities, %s", len(living), len(wake), time.Since(began))
	}
	for _, m := range living {
		if equivalent[m.place()] == "" {
			t.Errorf("nobody notices %s", m)
		}
	}
}

// place names a mutant without its line, which moves.
func (m mutant) place() string { return m.Func + ": " + m.Kind + ": " + m.Was }

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

// run lets the lab judge mutants, and gives those that live.
func (l *lab) run(t *testing.T, program string, wake []mutant) []mutant {
	t.Helper()
	ids := make([]string, len(wake))
	for i, m := range wake {
		ids[i] = m.ID
	}
	cmd := exec.Command(program, "-test.run", "^TestLab$", "-test.v", "-test.timeout", "2h")
	cmd.Dir = filepath.Join(proof.Root(t), "internal", "proof", "matrix")
	cmd.Env = append(os.Environ(), "ASYE_LAB="+strings.Join(ids, ","))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the lab: %v\n%s", err, tail(string(out)))
	}
	verdicts := map[string]verdict{}
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v verdict
		if text, ok := strings.CutPrefix(lines.Text(), said); ok && json.Unmarshal([]byte(text), &v) == nil {
			verdicts[v.ID] = v
		}
	}
	var living []mutant
	for _, m := range wake {
		v, judged := verdicts[m.ID]
		if !judged {
			t.Fatalf("the lab says nothing of %s:\n%s", m, tail(string(out)))
		}
		if v.Noticed == "" {
			living = append(living, m)
			continue
		}
		t.Logf("%s\n\tnoticed by %s", m, v.Noticed)
	}
	return living
}

func tail(text string) string { return text[max(0, len(text)-4000):] }

// ownTests wakes each mutant that lives in the tests of its own capability, and
// gives those that live on.
func (l *lab) ownTests(t *testing.T, overlay string, living []mutant) []mutant {
	t.Helper()
	programs := map[string]string{}
	var out []mutant
	for _, m := range living {
		if !slices.ContainsFunc(testsOf(t, m), func(folder string) bool {
			if programs[folder] == "" {
				programs[folder] = l.compile(t, overlay, "./"+folder)
			}
			cmd := exec.Command(programs[folder], "-test.failfast", "-test.short", "-test.timeout", "5m")
			cmd.Dir = filepath.Join(proof.Root(t), filepath.FromSlash(folder))
			cmd.Env = append(os.Environ(), "ASYE_MUTANT="+m.ID, "ASYE_TEST_POSTGRES=")
			said, err := cmd.CombinedOutput()
			if err != nil {
				t.Logf("%s\n\tnoticed by the tests of %s: %s", m, folder, firstFailure(string(said)))
			}
			return err != nil
		}) {
			out = append(out, m)
		}
	}
	return out
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
var equivalent = map[string]string{}
