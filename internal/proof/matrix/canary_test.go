package matrix

import (
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// walk is one walk of every page as every reader, with what was seen on the way.
type walk struct {
	tally
	birds aviary
	seen  map[string]int // how often each column was shown to somebody who may see it
	told  map[string]bool
}

// TestPOL3_Canaries walks every page as every reader and looks for every
// sensitive value of everybody.
func TestPOL3_Canaries(t *testing.T) {
	var saw []string
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		began := time.Now()
		w := build(t, d)
		w.thin = isQuick(d)
		k := &walk{birds: w.sow(), seen: map[string]int{}, told: map[string]bool{}}
		temporary := t.TempDir()
		t.Setenv("TMPDIR", temporary)
		w.log.Reset()
		w.undone(func(in *world, tx *db.Tx) {
			for _, route := range in.Mux.Routes() {
				k.route(in, tx, route)
			}
			k.metrics(in)
		})
		k.letters(w)
		k.work(w)
		k.unreadable(w)
		k.logs(w)
		k.files(w, temporary)
		k.blind(w)
		k.report(t)
		saw = append(saw, fmt.Sprintf("%s: %d canaries in %d columns, %d answers, %s", d.Dialect(), len(k.birds), len(k.columns()), k.asked, time.Since(began).Round(time.Second)))
	})
	keep(t, "canaries", "A word sown in each sensitive column is seen by nobody whom the policy does not show it to: on pages, in exports, letters, the log, metrics and temporary files.", "make net-canaries", saw)
}

func (k *walk) columns() []string {
	found := map[string]bool{}
	for _, c := range k.birds {
		found[c.column] = true
	}
	var out []string
	for c := range found {
		out = append(out, c)
	}
	sort.Strings(out)
	return out
}

// route looks at what one route gives every reader: its page for each record, the
// whole of a list, and what a form that is sent empty comes back with.
func (k *walk) route(w *world, tx *db.Tx, route web.Route) {
	p := placeOf(route.Pattern)
	for _, r := range w.readers {
		step(w.t, tx, func() {
			if p.kind == "" {
				if p.method == http.MethodGet {
					k.look(w, route, r, answer{status: 200, body: w.read(r, p.path)})
				}
				k.look(w, route, r, w.send(r, p, w.own(p.path, r)))
			}
		})
		if p.kind == "" {
			continue
		}
		for _, in := range policy.Relations() {
			for _, rec := range w.of(p.kind, r, in) {
				step(w.t, tx, func() { k.look(w, route, r, w.send(r, p, rec)) })
			}
		}
	}
}

// look finds the canaries in an answer, and holds each against the policy of what
// the route is about.
func (k *walk) look(w *world, route web.Route, r *reader, a answer) {
	k.asked++
	if a.status >= http.StatusInternalServerError {
		k.problem("%s: %s gets %d, so that the walk sees nothing there", route.Pattern, r.name, a.status)
	}
	thing := route.Rule.Thing()
	for _, word := range k.in(a.text() + " " + a.location) {
		c, known := k.birds[word]
		if !known {
			continue
		}
		if w.mayRead(thing, r, c) {
			k.seen[c.column]++
			continue
		}
		problem := fmt.Sprintf("%s: %s is shown %s of %s (%s)", route.Pattern, r.name, c.column, c.whose(), w.relations(thing, r, c))
		if !k.told[problem] {
			k.told[problem] = true
			k.problem("%s", problem)
		}
	}
}

// in are the canaries in a text, each once: words that were sown, and secrets.
func (k *walk) in(text string) []string {
	found := append(canaryWord.FindAllString(text, -1), canaryYear.FindAllString(longWord.ReplaceAllString(text, " "), -1)...)
	for word, c := range k.birds {
		if len(word) >= 20 && strings.Contains(text, word) {
			found = append(found, c.word)
		}
	}
	for _, word := range canaryUpper.FindAllString(text, -1) {
		found = append(found, word)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (c canary) whose() string {
	for _, rec := range c.about {
		if rec.mark != "" {
			return rec.mark
		}
	}
	return string(c.org)
}

// kinds are the records by which a thing is seen, where they are not the person
// and the year.
var kinds = map[string][]string{access.Moves.Name: {"claim", "enrolment", "move", "organisation"}, access.Disputes.Name: {"dispute", "organisation"}, access.Pairs.Name: {"enrolment", "person", "organisation"}}

// standing are the relations of a reader to whomever a canary is about.
func (w *world) relations(thing policy.Thing, r *reader, c canary) []policy.Relation {
	only := kinds[thing.Name]
	if only == nil {
		only = []string{"enrolment", "person", "draft", "session", "upload", "organisation", "org", "message", "job"}
	}
	var out []policy.Relation
	if thing.Name == access.AuditTrail.Name && c.org != "" && strings.HasPrefix(c.column, "audit_lines.") {
		return []policy.Relation{w.relate(r, record{kind: "organisation", org: c.org})}
	}
	for _, rec := range c.about {
		if in := w.relate(r, rec); slices.Contains(only, rec.kind) && !slices.Contains(out, in) {
			out = append(out, in)
		}
	}
	return out
}

// mayRead reports whether a page of a thing may show a reader a canary.
func (w *world) mayRead(thing policy.Thing, r *reader, c canary) bool {
	for _, in := range w.relations(thing, r, c) {
		if thing.Shows(r.is, in, c.column) {
			return true
		}
	}
	// Above every page stands who is signed in.
	own := slices.ContainsFunc(c.about, func(rec record) bool { return rec.person == r.scope.Person() && rec.person != "" })
	return own && r.is != policy.Visitor && access.OwnAccount.Shows(r.is, policy.Self, c.column)
}

// logs holds that the log has no canary.
func (k *walk) logs(w *world) {
	for _, word := range k.in(w.log.String()) {
		if c, known := k.birds[word]; known {
			k.problem("the log has %s of %s", c.column, c.whose())
		}
	}
}

// blind holds that the walk can see: of each column that somebody may see, at
// least one canary was shown.
func (k *walk) blind(w *world) {
	sown := k.columns()
	for _, t := range schema.Tables() {
		for _, column := range t.Sensitive() {
			name := t.Name + "." + column
			if !slices.ContainsFunc(sown, func(c string) bool { return c == name || strings.HasPrefix(c, name+"@") }) && coded[name] == "" {
				k.problem("no row of the world has anything in %s: let something happen in it", name)
			}
		}
	}
	if w.thin {
		return // which does not come to every record
	}
	for _, column := range sown {
		granted := slices.ContainsFunc(access.Fields(), func(f policy.Field) bool { return slices.Contains(f.Columns, column) })
		if granted && k.seen[column] == 0 && unseen[column] == "" {
			k.problem("nobody was shown %s, which somebody may see: the walk is blind to it", column)
		}
	}
}

// unseen are columns that somebody may see and that no page of the world shows.
var unseen = map[string]string{}
