package matrix

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/schema"
)

// others are the values that stand in a coded column instead of those that were
// there. Where no word can stand, it is tried whether anything at all changes
// for those who may not see the column.
var others = map[string]map[string]string{
	"outcomes.result": {"withdrawn": "passed"}, "outcomes.concerns": {"yes": "no"}, "register_checks.result": {"registered": "lapsed"},
	"equality_answers.sex": {"female": "male"}, "equality_answers.gender_same": {"no": "yes"},
	"equality_answers.ethnic_group": {"white": "asian"}, "equality_answers.ethnic_background": {"white_other": "white_irish"},
	"equality_answers.disability": {"yes": "no"},
}

// TestPOL4_Untold changes what stands in each coded column, and holds that every
// page of everybody who may not see it stays the same to the byte.
func TestPOL4_Untold(t *testing.T) {
	for column := range coded {
		if others[column] == nil {
			t.Errorf("%s takes no canary, and others has no other value for it", column)
		}
	}
	var saw []string
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		began := time.Now()
		w := build(t, d)
		w.thin = true
		var n tally
		w.undone(func(in *world, tx *db.Tx) {
			for _, r := range in.readers {
				n.untold(in, tx, r)
			}
		})
		n.report(t)
		saw = append(saw, fmt.Sprintf("%s: %d pages compared, %s", d.Dialect(), n.compared, time.Since(began).Round(time.Second)))
	})
	keep(t, "permission-untold", "What a reader may not see changes nothing on any page that they can open.", "make net-matrix", saw)
}

// untold compares everything that a reader can open, before and after each
// coded column that they may not see has been changed.
func (n *tally) untold(w *world, tx *db.Tx, r *reader) {
	var before map[string]answer
	step(w.t, tx, func() { before = w.everything(r) })
	for _, column := range slices.Sorted(maps.Keys(others)) {
		step(w.t, tx, func() {
			if w.change(tx, r, column) == 0 {
				return
			}
			for path, now := range w.everything(r) {
				n.compared++
				if was := before[path]; was != now {
					n.problem("%s: %s, who may not see %s, sees something else when it changes: %s", path, r.name, column, differ(was.body, now.body))
				}
			}
		})
	}
}

// change puts other values into a column of everybody of whom a reader may not
// see it, and gives how many rows it changed.
func (w *world) change(tx *db.Tx, r *reader, column string) int {
	table, name, _ := strings.Cut(column, ".")
	changed := 0
	for _, t := range schema.Tables() {
		if t.Name != table {
			continue
		}
		for _, row := range w.rows(t, name) {
			c := canary{column: column, about: w.about(t, row), org: row.org}
			other := others[column][row.value]
			may := slices.ContainsFunc(access.Things(), func(thing policy.Thing) bool { return w.mayRead(thing, r, c) })
			if other == "" || may {
				continue
			}
			_, err := tx.Exec(ctx, `update `+table+` set `+name+` = $1 where `+row.keyed+` = $2`, other, row.key)
			w.must(err)
			changed++
		}
	}
	return changed
}

// everything is every page that a reader can open, apart from those that count
// people, which are for those who may count.
func (w *world) everything(r *reader) map[string]answer {
	pages := map[string]answer{}
	for _, route := range w.Mux.Routes() {
		p := placeOf(route.Pattern)
		if p.method != http.MethodGet || !route.Rule.Lets(r.is) || countsPeople(route.Rule.Thing()) {
			continue
		}
		if p.kind == "" {
			pages[p.path] = answer{body: identifier.ReplaceAllString(tokenField.ReplaceAllString(w.read(r, p.path), ""), "")}
			continue
		}
		for _, in := range policy.Relations() {
			for _, rec := range w.of(p.kind, r, in) {
				pages[p.fill(rec)] = w.get(r, p.fill(rec)).plain()
			}
		}
	}
	return pages
}

// countsPeople reports whether a thing is numbers of people: they change with what
// no reader sees of any one.
func countsPeople(t policy.Thing) bool {
	return t.Name == access.Counts.Name || t.Name == access.OwnCounts.Name
}

// identifier is an identifier: those of the lines that reading itself leaves
// differ from one time to the next.
var identifier = regexp.MustCompile(`01a[0-9a-f]{5}-[0-9a-f-]{27}`)

// differ shows where two texts part.
func differ(one, other string) string {
	for i := range min(len(one), len(other)) {
		if one[i] != other[i] {
			return fmt.Sprintf("%q, then %q", one[max(0, i-40):min(len(one), i+60)], other[max(0, i-40):min(len(other), i+60)])
		}
	}
	return "one is longer"
}
