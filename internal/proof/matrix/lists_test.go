package matrix

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"net/http"
	"regexp"
	"strings"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
)

// most is how many pages of one list are read.
const most = 60

// widest is the query with which a list shows the most.
var widest = map[string][]string{"/registrations": {"?cohort=all"}, "/export": {"", "?format=csv", "?format=json", "?format=xlsx"},
	"/employers": {"", "?type=national"}}

// searches are queries that look for somebody.
var searches = map[string][]string{"/registrations": {"?cohort=all&q={mark}"}, "/export": {"?format=csv&q={mark}"}, "/find": {"?q={mark}"},
	"/admin/people": {"?q={mark}"}, "/admin/audit": {"?who={mark}", "?record={id}"}, "/employers": {"?q={mark}"}}

// letters are pages that quote messages, whose text may name anybody.
var letters = map[string]bool{"/admin/outbox": true}

// lists are the pages that show every record of a kind that their reader may see.
var lists = map[string]string{"/registrations": "enrolment", "/export": "enrolment", "/transfers": "claim",
	"/disputes": "dispute", "/duplicates": "pair", "/admin/people": "person", "/employers": "org", "/upload": "upload", "/account": "session"}

// list reads every page of a list as a reader who may, and looks for everybody
// in the world: who may be seen is there, and nobody else.
func (n *tally) list(w *world, tx *db.Tx, route web.Route) {
	p := placeOf(route.Pattern)
	if p.method != http.MethodGet || p.kind != "" || letters[p.path] {
		return
	}
	thing := route.Rule.Thing()
	for _, r := range w.readers {
		if expect(route.Rule, r, "") != comesIn {
			continue
		}
		step(w.t, tx, func() {
			text := w.read(r, p.path)
			n.asked++
			n.marks(w, route, r, text)
			for _, rec := range w.records {
				if in := w.relate(r, rec); rec.kind == lists[p.path] && thing.Lets(r.is, in) && !strings.Contains(text, rec.mark) {
					n.problem("%s: %s is not shown %s, which is %s to them", route.Pattern, r.name, rec.mark, in)
				}
			}
		})
		for _, query := range searches[p.path] {
			n.search(w, tx, route, r, query)
		}
	}
}

// marks looks on a page for everybody who may not be named there.
func (n *tally) marks(w *world, route web.Route, r *reader, text string) {
	for _, rec := range w.records {
		if strings.Contains(text, rec.mark) && !w.mayName(route.Rule.Thing(), r, rec) {
			n.problem("%s: %s is shown %s, which is %s to them", route.Pattern, r.name, rec.mark, w.relate(r, rec))
		}
	}
}

// search looks for everybody in turn: whoever may not be seen is not found, and
// the answer is that for a word that stands nowhere.
func (n *tally) search(w *world, tx *db.Tx, route web.Route, r *reader, query string) {
	p, thing := placeOf(route.Pattern), route.Rule.Thing()
	ask := func(rec record) answer {
		filled := strings.NewReplacer("{mark}", rec.mark, "{id}", rec.id).Replace(query)
		a := w.get(r, p.path+filled).plain(rec.mark, rec.id, strings.ToLower(rec.mark))
		a.body = a.text()
		return a
	}
	step(w.t, tx, func() {
		nobody := ask(record{id: nowhere, mark: "Nobodyhere"})
		for _, rec := range w.records {
			if rec.kind != "enrolment" && rec.kind != "person" && rec.kind != "org" {
				continue
			}
			n.asked++
			found := ask(rec) != nobody
			switch {
			case found && !w.mayName(thing, r, rec):
				n.problem("%s%s: %s finds %s, which is %s to them", route.Pattern, query, r.name, rec.mark, w.relate(r, rec))
			case !found && rec.kind == finds[p.path+query] && thing.Lets(r.is, w.relate(r, rec)):
				n.problem("%s%s: %s does not find %s, which is %s to them", route.Pattern, query, r.name, rec.mark, w.relate(r, rec))
			case !found:
				n.compared++
			}
		}
	})
}

// finds are the searches that find every record of a kind that their reader may
// see.
var finds = map[string]string{"/registrations?cohort=all&q={mark}": "enrolment", "/export?format=csv&q={mark}": "enrolment", "/find?q={mark}": "enrolment",
	"/admin/people?q={mark}": "person"}

// mayName reports whether a page of a thing may show a reader the mark of a
// record: of any record with that mark.
func (w *world) mayName(thing policy.Thing, r *reader, rec record) bool {
	if human := w.people[rec.person]; rec.kind == "person" && human.works && thing.Shows(r.is, w.relate(r, rec), "people.family_name@work") {
		return true
	}
	if rec.kind == "org" {
		column := "organisations.contact_name"
		if rec.id == string(employerNat) {
			column += "@national"
		}
		return thing.Shows(r.is, w.relate(r, rec), column)
	}
	for _, other := range w.records {
		if (other.mark == rec.mark || other.person == rec.person && rec.person != "") && thing.Lets(r.is, w.relate(r, other)) {
			return true
		}
	}
	return rec.person == r.scope.Person() && rec.person != "" // whose name stands above every page
}

// read is everything that a list shows: all its pages, in each of its widest
// queries.
func (w *world) read(r *reader, path string) string {
	queries := widest[path]
	if queries == nil {
		queries = []string{""}
	}
	var text strings.Builder
	for _, query := range queries {
		text.WriteString(w.pages(r, path, path+query))
	}
	return text.String()
}

var link = regexp.MustCompile(`href="([^"]+)"`)

// pages reads a page and those that it leads to at the same address.
func (w *world) pages(r *reader, path, first string) string {
	var text strings.Builder
	seen, queue := map[string]bool{first: true}, []string{first}
	for len(queue) > 0 && len(seen) <= most {
		a := w.get(r, queue[0])
		queue = queue[1:]
		text.WriteString(a.text())
		for _, found := range link.FindAllStringSubmatch(a.body, -1) {
			next := html.UnescapeString(found[1])
			if strings.HasPrefix(next, path+"?") && !seen[next] && !strings.Contains(next, "format=") {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return text.String()
}

// text is what an answer says: of a workbook, what is in it.
func (a answer) text() string {
	if !strings.Contains(a.kind, "spreadsheetml") {
		return html.UnescapeString(a.body)
	}
	packed, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		return a.body
	}
	var text bytes.Buffer
	for _, f := range packed.File {
		part, err := f.Open()
		if err == nil {
			_, _ = io.Copy(&text, part)
			part.Close()
		}
	}
	return html.UnescapeString(text.String())
}
