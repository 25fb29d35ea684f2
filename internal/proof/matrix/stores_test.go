package matrix

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/access"
	"example.org/asye/internal/arch"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// question is how one method of a store is asked about one record. What it gives
// is looked through for the record's mark; a method that gives nothing is judged
// by its refusal.
type question struct {
	kind   string // of the record; empty for a method that is skipped
	ask    func(c call) (any, error)
	list   bool          // it gives several records: not being among them is no refusal
	counts bool          // it gives the number of the records that may be seen
	new    bool          // it is about no record that is there: only who may ask is looked at
	free   bool          // it gives everybody what is theirs, and so nobody needs a refusal
	only   policy.Reader // of those who may see the thing, the one who may do this; empty for all
	except policy.Reader // of those who may see the thing, the one who may not do this
	skip   string        // why it is not asked
}

// call is one asking.
type call struct {
	*world
	tx  *db.Tx
	by  *reader
	rec record
}

// TestPOL2_Stores asks every exported method of a store as every reader about a
// record in every relation.
func TestPOL2_Stores(t *testing.T) {
	tree, err := arch.Load(os.DirFS(proof.Root(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range unasked(arch.Methods(tree), access.Things(), questions()) {
		t.Error(problem)
	}
	var saw []string
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		began := time.Now()
		w := build(t, d)
		w.thin = isQuick(d)
		var n tally
		w.undone(func(in *world, tx *db.Tx) { n.stores(in, tx) })
		n.report(t)
		saw = append(saw, fmt.Sprintf("%s: %d methods, %d questions, %s", d.Dialect(), len(methods()), n.asked, time.Since(began).Round(time.Second)))
	})
	keep(t, "permission-stores", "Every method of a store refuses whoever the policy grants nothing, whatever page asks it.", "make net-matrix", saw)
}

// unasked are the methods that no thing lists, or that nobody asks, and what is
// listed and not there.
func unasked(methods []string, things []policy.Thing, asked map[string]question) []string {
	var out []string
	listed := map[string]int{}
	for _, thing := range things {
		for _, m := range thing.Asks {
			listed[m]++
		}
	}
	for _, m := range methods {
		if listed[m] == 0 {
			out = append(out, m+" is in no thing of internal/access: say who may ask it")
		}
		if _, ok := asked[m]; !ok {
			out = append(out, m+" is asked by nobody: add a question")
		}
	}
	for m := range listed {
		if !slices.Contains(methods, m) {
			out = append(out, m+" is in internal/access, and there is no such method")
		}
	}
	for m := range asked {
		if !slices.Contains(methods, m) {
			out = append(out, m+" has a question, and there is no such method")
		}
	}
	slices.Sort(out)
	return out
}

// stores asks every question.
func (n *tally) stores(w *world, tx *db.Tx) {
	for _, method := range methods() {
		n.method(w, tx, method)
	}
}

// methods are those that have a question.
func methods() []string {
	all := questions()
	maps.DeleteFunc(all, func(_ string, q question) bool { return q.kind == "" })
	return slices.Sorted(maps.Keys(all))
}

// method asks one method. What several things grant of it, any of them does.
func (n *tally) method(w *world, tx *db.Tx, method string) {
	of := policy.Thing{Name: method}
	for _, thing := range access.Things() {
		if slices.Contains(thing.Asks, method) {
			of.Grants = append(of.Grants, thing.Grants...)
		}
	}
	n.question(w, tx, of, asked{method, questions()[method]})
}

// asked is a question with its name.
type asked struct {
	method string
	question
}

func (n *tally) question(w *world, tx *db.Tx, thing policy.Thing, q asked) {
	for _, r := range w.readers {
		if r.is == policy.Visitor && r.who != nil || r.is == policy.NQSW && r.scope.Person() != w.nora {
			continue // whoever has been shut out has no scope to ask with, and one NQSW stands for all
		}
		let, given := 0, 0
		for _, in := range policy.Relations() {
			for _, rec := range w.of(q.kind, r, in) {
				step(w.t, tx, func() {
					n.asked++
					got, err := q.ask(call{w, tx, r, rec})
					o := outcome{got, err}
					switch {
					case !thing.Has(r.is) || q.only != "" && q.only != r.is || q.except == r.is:
						n.shut(q, r, rec, o)
					case q.new:
						n.open(q, r, o)
					case q.counts:
						n.number(w, thing, q, r, o)
					case thing.Lets(r.is, in):
						let++
						given += n.given(q, r, rec, o)
					case in == policy.NoRelation && thing.Lets(r.is, policy.OtherEmployer):
						// to whom nothing is another's, nothing has to be kept secret
					case gives(got, err, rec, q.question) && !(q.list && w.mayName(thing, r, rec)):
						n.problem("%s: %s, to whom %s is %s, is given it: %v", q.method, r.name, rec.mark, in, err)
					}
				})
			}
		}
		if let > 0 && given == 0 && !w.thin {
			n.problem("%s: %s may ask it, and is given none of %d records", q.method, r.name, let)
		}
	}
}

// shut holds that somebody who has nothing to do with a thing is refused, whoever
// they ask about.
func (n *tally) shut(q asked, r *reader, rec record, o outcome) {
	kind := fault.KindOf(o.err)
	refused := kind == fault.Forbidden || kind == fault.NotFound || q.free && errors.Is(o.err, db.ErrBroken) // nobody has anything
	if o.err == nil && !q.free || o.err != nil && !refused {
		n.problem("%s: %s has nothing to do with it, asks about %s, and is not refused: %v", q.method, r.name, rec.mark, o.err)
	}
}

// open holds that somebody who may do something new is let through to where it is
// judged.
func (n *tally) open(q asked, r *reader, o outcome) {
	if kind := fault.KindOf(o.err); o.err != nil && kind != fault.Invalid && kind != fault.Conflict {
		n.problem("%s: %s may do this, and is refused: %v", q.method, r.name, o.err)
	}
}

// number holds that somebody is told the number of those whom they may see.
func (n *tally) number(w *world, thing policy.Thing, q asked, r *reader, o outcome) {
	want := 0
	for _, rec := range w.records {
		if rec.kind == q.kind && thing.Lets(r.is, w.relate(r, rec)) {
			want++
		}
	}
	if o.err == nil && o.got != want {
		n.problem("%s: %s is told %v, and may see %d", q.method, r.name, o.got, want)
	}
}

// outcome is what came of one asking.
type outcome struct {
	got any
	err error
}

// given reports, as 1 or 0, whether somebody who may was given a record; a
// failure that is nobody's refusal is a problem.
func (n *tally) given(q asked, r *reader, rec record, o outcome) int {
	if o.err != nil && fault.KindOf(o.err) == fault.Internal {
		n.problem("%s: %s, about %s: %v", q.method, r.name, rec.mark, o.err)
	}
	if gives(o.got, o.err, rec, q.question) {
		return 1
	}
	return 0
}

// gives reports whether an answer gives a record away, or a change was let
// through to where it is judged: by an error that only somebody who may see the
// record would get.
func gives(got any, err error, rec record, q question) bool {
	switch kind := fault.KindOf(err); {
	case err != nil:
		return kind == fault.Invalid || kind == fault.Conflict
	case q.list:
		return strings.Contains(fmt.Sprintf("%+v", got), rec.mark)
	}
	return true
}
