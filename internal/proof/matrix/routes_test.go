package matrix

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// named is a part of a pattern that names a record. The longest prefix counts.
type named struct {
	prefix string // of the pattern, up to the part
	kind   string
}

var names = []named{
	{"/registrations/{id}", "enrolment"}, {"/registrations/{id}/pause/{part}", "pause"}, {"/registrations/{id}/extend/{part}", "extension"},
	{"/transfers/{id}", "claim"}, {"/disputes/{id}", "dispute"}, {"/duplicates/{id}", "pair"}, {"/admin/people/{person}", "person"},
	{"/employers/{org}", "org"}, {"/upload/{id}", "upload"},
	{"/account/passkeys/{id}", "passkey"}, {"/releases/{id}", "published"}, {"/publication/{id}", "release"}, {"/publication/{id}/withdraw", "published"},
	{"/questions/{id}", "question"},
	{"/grants/claims/{id}", "grant"}, {"/grants/claims/{id}/answer", "sent grant"}, {"/grants/late/{enrolment}", "missed"}, {"/grants/clash/{enrolment}", "contested"},
	{"/grants/documents/{id}", "document"}, {"/grants/statements/{id}", "statement"}, {"/grants/payments/{id}", "line"}, {"/grants/money/{id}", "money"},
	{"/funding/claims/{id}", "sent grant"}, {"/funding/documents/{id}", "document"}, {"/funding/payments/{id}", "line"}, {"/funding/clashes/{id}", "clash"},
	{"/funding/late/{id}", "late"}, {"/funding/estimates/{id}", "estimate"}, {"/funding/statements/{id}", "statement"}, {"/funding/batches/{id}", "batch"},
}

// fixed are parts of a pattern that name no record, and what is asked for.
var fixed = []string{"/register/{step}", "/register/name", "/my/equality/{step}", "/my/equality/sex", "/ending/{step}", "/ending/what",
	"/rows/{row}", "/rows/2", "/funding/close/{id}", "/funding/close/" + scheme, "/funding/budgets/{id}", "/funding/budgets/" + scheme,
	"/grants/schemes/{key}/estimate", "/grants/schemes/adults-2026-27/estimate", "{key}", scheme, "{rule}", "leaving", "{condition}", "action-plan", "{milestone}", "registration", "{directory}", "council", "/{$}", "/"}

// place is a pattern with what has to be filled in.
type place struct {
	method, path string
	kind         string // of the record that is named; empty where none is
	unknown      string // a part that nothing is known of
}

func placeOf(pattern string) place {
	method, path, _ := strings.Cut(pattern, " ")
	p := place{method: method, path: strings.NewReplacer(fixed...).Replace(path)}
	longest := 0
	for _, n := range names {
		if within(p.path, n.prefix) && len(n.prefix) > longest {
			p.kind, longest = n.kind, len(n.prefix)
		}
	}
	if filled := p.fill(record{id: "x", mark: "y"}); strings.Contains(filled, "{") {
		p.unknown = filled
	}
	return p
}

func within(path, prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") }

// fill is the address of a record.
func (p place) fill(rec record) string {
	path := p.path
	if p.kind == "pause" || p.kind == "extension" {
		path = strings.Replace(path, "{part}", rec.id, 1)
		path = strings.Replace(path, "{id}", rec.mark, 1)
	}
	for _, part := range []string{"{id}", "{person}", "{org}", "{enrolment}"} {
		path = strings.Replace(path, part, rec.id, 1)
	}
	return path
}

// expected is what the policy says that a reader gets.
type expected string

const (
	comesIn     expected = "comes in"
	signsIn     expected = "is led to the sign-in page"
	wrongRole   expected = "is told that it is not for their role"
	mayNot      expected = "is told that they may not"
	findsNobody expected = "gets what they get for no record at all"
)

func expect(rule policy.Rule, to *reader, in policy.Relation) expected {
	switch {
	case !rule.Lets(to.is) && to.is == policy.Visitor:
		return signsIn
	case !rule.Lets(to.is):
		return wrongRole
	case !rule.Thing().Has(to.is):
		return mayNot
	case in != "" && !rule.Thing().Lets(to.is, in):
		return findsNobody
	}
	return comesIn
}

// is reports whether an answer is what was expected; nobody is the answer for no
// record.
func (e expected) is(a, nobody answer) bool {
	switch e {
	case signsIn:
		return a.status == http.StatusSeeOther && strings.HasPrefix(a.location, "/sign-in?next=")
	case wrongRole:
		return a.status == http.StatusForbidden && strings.Contains(a.body, "You cannot do this in your present role")
	case mayNot:
		return a.status == http.StatusForbidden
	case findsNobody:
		return a == nobody && a.status == http.StatusNotFound
	}
	return slices.Contains([]int{http.StatusOK, http.StatusSeeOther, http.StatusConflict, http.StatusUnprocessableEntity}, a.status)
}

// tally is what a run of the matrix has asked, and what came out.
type tally struct {
	asked    int
	compared int // answers that were held against that for no record, byte by byte
	problems []string
	first    bool // the first problem ends the run
}

// found ends a run that looks for one problem only.
type found struct{ text string }

// shownProblems is how many problems a run tells of.
const shownProblems = 40

func (n *tally) report(t testing.TB) {
	t.Helper()
	for i, problem := range n.problems {
		if i == shownProblems {
			t.Errorf("and %d more", len(n.problems)-i)
			return
		}
		t.Error(problem)
	}
}

func (n *tally) problem(text string, args ...any) {
	n.problems = append(n.problems, fmt.Sprintf(text, args...))
	if n.first {
		panic(found{n.problems[0]})
	}
}

// route asks one route as every reader in every relation.
func (n *tally) route(w *world, tx *db.Tx, route web.Route) {
	if route.Rule.Thing().Name == "" {
		n.problem("%s does not say what it is about: make its rule from a thing of internal/access", route.Pattern)
		return
	}
	p := placeOf(route.Pattern)
	if p.unknown != "" {
		n.problem("%s has a part that the world knows no record for: %s. Name its kind in names", route.Pattern, p.unknown)
		return
	}
	for _, r := range w.readers {
		if p.kind == "" {
			n.plain(w, tx, route, r)
			continue
		}
		n.records(w, tx, route, r)
	}
}

// plain asks a route that names no record.
func (n *tally) plain(w *world, tx *db.Tx, route web.Route, r *reader) {
	p := placeOf(route.Pattern)
	want := expect(route.Rule, r, "")
	step(w.t, tx, func() {
		got := w.send(r, p, w.own(p.path, r))
		n.asked++
		if want == comesIn && got.status == missing[p.path] {
			return
		}
		if !want.is(got, answer{}) {
			n.problem("%s: %s gets %d %s, and should %s", route.Pattern, r.name, got.status, got.location, want)
		}
	})
}

// own is the record of a reader's own that a form names in a field.
func (w *world) own(path string, r *reader) record {
	for _, rec := range w.records {
		if kind := fields[path]; kind != "" && rec.kind == kind && (w.relate(r, rec) == policy.Self || rec.person == "") {
			return rec
		}
	}
	return record{}
}

// missing are the addresses at which there is nothing in the world, for whoever
// asks, and what says so: the service has been set up, no form waits, and no
// directory of another organisation can be reached from a test.
var missing = map[string]int{"/setup": http.StatusNotFound, "/account/kept": http.StatusNotFound,
	"/account/directories/council/connect": http.StatusNotFound, "/account/directories/connect": http.StatusForbidden,
	"/sign-in/with/council": http.StatusNotFound, "/sign-in/with/council/back": http.StatusNotFound}

// send opens a page, or sends its form as it stands: with the hidden fields that
// the page gives and, where there is no page, those that it would.
func (w *world) send(r *reader, p place, rec record) answer {
	path := p.fill(rec)
	if p.method == http.MethodGet {
		return w.get(r, path)
	}
	form := url.Values{"version": {strconv.Itoa(rec.version)}}
	for name, value := range typed[p.path] {
		form.Set(name, value(rec))
	}
	if page := w.get(r, path); page.status == http.StatusOK {
		for _, found := range hidden.FindAllStringSubmatch(page.body, -1) {
			form.Set(found[1], html.UnescapeString(found[2]))
		}
		form.Del(ui.FormField)
	}
	return w.post(r, path, form)
}

var hidden = regexp.MustCompile(`type="hidden" name="([^"]+)" value="([^"]*)"`)

// typed is what a form without a page of its own is sent with.
var typed = map[string]map[string]func(record) string{
	"/admin/people/{person}/end-role":               {"membership": func(r record) string { return r.grant }},
	"/admin/people/{person}/roles":                  {"new_role": func(record) string { return "administrator" }},
	"/upload/{id}/confirm":                          {"seen": func(r record) string { return strconv.Itoa(r.version) }},
	"/funding/batches/{id}/approve":                 {"hash": func(r record) string { return r.grant }},
	"/funding/batches":                              {"scheme": func(record) string { return scheme }},
	"/grants/claims/{id}/sign":                      {"hash": func(r record) string { return r.grant }},
	"/grants/claims/start":                          {"scheme": func(record) string { return "adults-2026-27" }},
	"/publication/{id}/approve":                     {"hash": func(r record) string { return r.grant }},
	"/account/sign-out-device":                      {"session": func(r record) string { return r.id }},
	"/admin/outbox/retry":                           {"message": func(r record) string { return r.id }},
	"/admin/jobs/retry":                             {"job": func(r record) string { return r.id }},
	"/account/directories/disconnect":               {"link": func(r record) string { return r.id }},
	"/admin/people/{person}/directories/disconnect": {"link": func(r record) string { return "link-" + r.id }},
	"/my/move": {"move": func(r record) string { return r.id }, "answer": func(record) string { return "right" }},
}

// fields are the forms that name a record in a field, and its kind.
var fields = map[string]string{"/account/sign-out-device": "session", "/admin/outbox/retry": "message", "/admin/jobs/retry": "job", "/my/move": "move",
	"/account/directories/disconnect": "link"}

// changes counts what has been changed so far, by its audit lines.
func (w *world) changes() int { return w.count(`audit_lines where not reading`) }

// records asks a route that names a record, in each relation. Where somebody may
// come in, at least one record is in a state in which the page shows it, and the
// state decides what it shows, not the relation.
func (n *tally) records(w *world, tx *db.Tx, route web.Route, r *reader) {
	p := placeOf(route.Pattern)
	empty := w.of(p.kind, r, policy.NoRelation)[0]
	nobody := map[string]answer{}
	none := func(rec record) answer {
		if _, known := nobody[rec.grant]; !known {
			empty.grant = rec.grant
			step(w.t, tx, func() { nobody[rec.grant] = w.send(r, p, empty).plain(nowhere) })
		}
		return nobody[rec.grant]
	}
	statuses := map[string]int{}
	let, shown := 0, 0
	limited := func(in policy.Relation) bool {
		return p.method == http.MethodPost && route.Rule.Thing().Limited(r.is, in)
	}
	for _, in := range policy.Relations() {
		for _, rec := range w.of(p.kind, r, in) {
			want, nobody := expect(route.Rule, r, in), none(rec)
			step(w.t, tx, func() {
				before := 0
				if want != comesIn {
					before = w.changes()
				}
				got := w.send(r, p, rec).plain(rec.id, rec.mark, nowhere)
				n.asked++
				if want != comesIn && w.changes() != before {
					n.problem("%s: %s, to whom %s is %s, is refused, and something has changed", route.Pattern, r.name, rec.mark, in)
				}
				if refused := got.status == http.StatusForbidden || got.status == http.StatusNotFound; want == comesIn && refused && limited(in) {
					return
				}
				if in == policy.NoRelation && want == findsNobody && route.Rule.Thing().Lets(r.is, policy.OtherEmployer) && got.status == http.StatusConflict {
					return // to whom nothing is another's, a record that is gone may be told of
				}
				if !want.is(got, nobody) {
					n.problem("%s: %s, to whom %s is %s, gets %d %s, and %s", route.Pattern, r.name, rec.mark, in, got.status, got.location, want)
				}
				if want == findsNobody {
					n.compared++
				}
				if want != comesIn {
					return
				}
				let++
				n.marks(w, route, r, got.text())
				if got.status != http.StatusConflict {
					shown++
				}
				if before, ok := statuses[rec.state]; ok && before != got.status {
					n.problem("%s: %s gets %d for %s (%s), and %d for another in the same state", route.Pattern, r.name, got.status, rec.mark, in, before)
				}
				statuses[rec.state] = got.status
			})
		}
	}
	if let > 0 && shown == 0 && !w.thin {
		n.problem("%s: the world has no record in a state about which %s could see this page", route.Pattern, r.name)
	}
}
