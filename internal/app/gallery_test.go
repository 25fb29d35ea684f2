package app

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/platform/golden"
)

// taken is every page in every state, made once in a run.
var taken sync.Once
var pictures []shot

// gallery is every page in every state: those of a tour as people type, of one
// on which all that is typed is as long as it may be, and of one on which every
// list is long.
func gallery(t *testing.T) []shot {
	t.Helper()
	taken.Do(func() {
		p := &photographer{routes: map[string]map[string]shot{}}
		o := newTour(t, plainly, p.watch)
		o.all()
		o.readOnly(p)
		o.strangers(p)
		p.long = true
		long := newTour(t, lengthily, p.watch)
		long.all()
		long.readOnly(p)
		p.long = false
		kept := p.routes
		p.routes = map[string]map[string]shot{}
		crowded := newTour(t, plainly, p.watch)
		crowded.all()
		crowded.crowd(p)
		for route, states := range p.routes {
			if s, ok := states[many]; ok {
				kept[route][many] = s
			}
		}
		p.routes = kept
		pictures = p.shots()
	})
	if len(pictures) == 0 {
		t.Fatal("the gallery could not be made: an earlier test says why")
	}
	return pictures
}

// strangers is what is shown to those who may not, and when nothing works.
func (o *tour) strangers(p *photographer) {
	b := o.as(omar)
	b.Get("/registrations").Is(http.StatusForbidden)
	b.Get("/no-such-page").Is(http.StatusNotFound)
	o.service.close()
	if b.Get("/home"); b.Status < http.StatusInternalServerError {
		o.Errorf("without a database the home page has status %d", b.Status)
	}
}

// TestGallery: every page is in the gallery in each of its states.
func TestGallery(t *testing.T) {
	states := map[string][]string{}
	shots := gallery(t)
	for _, s := range shots {
		states[s.route] = append(states[s.route], s.state)
	}
	var all strings.Builder
	for _, route := range slices.Sorted(maps.Keys(states)) {
		fmt.Fprintf(&all, "%s  %s\n", route, strings.Join(states[route], "; "))
	}
	golden.Text(t, "states", all.String())
	o := newTour(t, plainly)
	for _, r := range o.service.mux().Routes() {
		path, page := strings.CutPrefix(r.Pattern, "GET ")
		if !page || slices.Contains(downloads, path) || slices.Contains(thresholds, path) {
			continue
		}
		have := states[path]
		for route, some := range states {
			if stem, ok := strings.CutSuffix(path, "{step}"); route == path || ok && strings.HasPrefix(route, stem) || path == "/home" && strings.HasPrefix(route, path+" ") {
				have = append(have, some...)
			}
		}
		for _, want := range []string{filled, filled + ", long"} {
			if !slices.Contains(have, want) {
				t.Errorf("%s is not in the gallery as %q: it is there as %q", path, want, have)
			}
		}
	}
	for _, s := range shots {
		if s.state == filled && asks(s) && !slices.Contains(states[s.route], refused) && acceptsAnything[s.route] == "" {
			t.Errorf("%s asks something, and is not in the gallery as %q", s.route, refused)
		}
		if s.state == filled && strings.Contains(s.body, `name="version"`) && !slices.Contains(states[s.route], stale) && neverStale[s.route] == "" {
			t.Errorf("%s carries a version, and is not in the gallery as %q", s.route, stale)
		}
	}
	if dir := os.Getenv("ASYE_GALLERY"); dir != "" {
		hang(t, dir, shots)
	}
}

// downloads are the routes that are no pages, thresholds those that only lead on.
var (
	downloads = []string{"/outcomes/download", "/releases/{id}/download", "/upload/template.csv", "/upload/template.xlsx", "/upload/{id}/errors",
		"/account/data/download", "/admin/people/{person}/data/download", "/account/app/picture.svg",
		"/grants/download", "/grants/journal.csv", "/grants/claims/{id}/file.csv", "/grants/documents/{id}", "/funding/ledger.csv", "/funding/documents/{id}", "/funding/batches/{id}/payments.csv"}
	thresholds = []string{"/employers/{org}/ending", "/my/equality", "/sign-in/with/{directory}", "/account/directories/{directory}/connect"}
)

// acceptsAnything are pages that ask something of which nothing can be wrong.
var acceptsAnything = map[string]string{
	"/admin/people/{person}": "its forms lead to pages of their own, which are refused there",
}

// neverStale are pages that carry a version and cannot be overtaken.
var neverStale = map[string]string{
	"/employers/new":            "what is new has not been changed by anybody",
	"/registrations/{id}/check": "a look at the register is added to the others, whatever has been changed",
	"/upload/{id}":              "its form leads to /upload/{id}/confirm, which is stale there",
}

// asks reports whether the content of a page asks for something that can be
// wrong.
func asks(s shot) bool {
	main := s.body[strings.Index(s.body, "<main"):]
	form := strings.Index(main, `method="post"`)
	return form >= 0 && (strings.Contains(main[form:], "<textarea") || strings.Contains(main[form:], `type="text"`) || strings.Contains(main[form:], `type="radio"`))
}

// hang writes the gallery into a folder, for the eyes of people.
func hang(t *testing.T, dir string, shots []shot) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var index strings.Builder
	for i, s := range shots {
		name := fmt.Sprintf("%03d.html", i)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(s.body), 0o644); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&index, "%s\t%s\t%s\n", name, s.route, s.state)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.tsv"), []byte(index.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
