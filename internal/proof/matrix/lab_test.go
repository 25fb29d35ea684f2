package matrix

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
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

// wake wakes one mutant and puts all others to sleep; met are those that the
// program has come by since it was last asked. Both are given by the mutated
// source.
var (
	wake = func(id string) {}
	met  = func() map[string]bool { return nil }
)

// TestLab judges mutants within one program: each is woken in turn, and the
// matrix asks until it finds something. It does nothing unless the mutation runs
// it, against the mutated source.
func TestLab(t *testing.T) {
	list, part := os.Getenv("ASYE_LAB"), os.Getenv("ASYE_LAB_PART")
	if list == "" {
		t.Skip("is run by the mutation")
	}
	c := court{plain: build(t, dbtest.OpenSQLite(t, schema.All())), sown: build(t, dbtest.OpenSQLite(t, schema.All()))}
	c.birds = c.sown.sow()
	if c.thin(); part != "sample" {
		c.full()
		c.record()
	}
	for _, id := range strings.Split(list, ",") {
		say(verdict{ID: id, Noticed: c.judge(id)})
	}
	if part == "rules" {
		for _, d := range c.rules() {
			say(verdict{Kind: "rule", ID: d.Rule, Noticed: d.Noticed})
		}
	}
	if part == "masks" {
		for _, m := range c.masks() {
			noticed := ""
			if m.Noticed {
				noticed = "the canaries"
			}
			say(verdict{Kind: "mask", ID: m.String(), Noticed: noticed})
		}
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
	looks       []*look
}

// look is one part of the nets, with the mutants that it comes by.
type look struct {
	name string
	in   *world
	thin bool
	do   func(n *tally, in *world, tx *db.Tx)
	met  map[string]bool // nil where that is not known
}

// thin adds a quick look at everything.
func (c *court) thin() { c.add(true) }

// full adds a look at every record.
func (c *court) full() { c.add(false) }

func (c *court) add(thin bool) {
	put := func(name string, in *world, do func(n *tally, in *world, tx *db.Tx)) {
		c.looks = append(c.looks, &look{name: name, in: in, thin: thin, do: do})
	}
	for _, method := range methods() {
		put("the stores", c.plain, func(n *tally, in *world, tx *db.Tx) { n.method(in, tx, method) })
	}
	for _, route := range c.plain.Mux.Routes() {
		put("the routes", c.plain, func(n *tally, in *world, tx *db.Tx) {
			n.route(in, tx, route)
			n.list(in, tx, route)
		})
	}
	put("the doors", c.plain, (*tally).doors)
	for _, route := range c.sown.Mux.Routes() {
		put("the canaries", c.sown, func(n *tally, in *world, tx *db.Tx) {
			(&walk{tally: *n, birds: c.birds, seen: map[string]int{}, told: map[string]bool{}}).route(in, tx, route)
		})
	}
}

// record takes every look with no mutant awake: none may find anything, and each
// finds out by whom it comes.
func (c *court) record() {
	for _, w := range []*world{c.plain, c.sown} {
		if noticed := w.try(c.looks, func(l *look) bool {
			met()
			return l.in == w
		}, func(l *look) { l.met = met() }); noticed != "" {
			w.t.Fatalf("with no mutant awake: %s", noticed)
		}
	}
}

// judge wakes one mutant and gives what noticed it.
func (c *court) judge(id string) (noticed string) {
	wake(id)
	defer wake("")
	for _, w := range []*world{c.plain, c.sown} {
		if noticed = w.try(c.looks, func(l *look) bool { return l.in == w && (l.met == nil || l.met[id]) }, func(*look) {}); noticed != "" {
			return noticed
		}
	}
	return ""
}

// try takes those of some looks that are wanted, until one finds something. A
// program that breaks down is noticed too.
func (w *world) try(looks []*look, wanted func(*look) bool, after func(*look)) (noticed string) {
	name := ""
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case found:
			noticed = name + ": " + cause.text
		default:
			noticed = fmt.Sprintf("%s: %v", name, cause)
		}
	}()
	err := w.DB.Keep(ctx, func(tx *db.Tx) error {
		in := w.on(w.DB.Within(tx, w.DB.Clock()))
		in.t = stopping{w.t}
		for _, l := range looks {
			if !wanted(l) {
				continue
			}
			name, in.thin = l.name, l.thin
			l.do(&tally{first: true}, in, tx)
			after(l)
		}
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
