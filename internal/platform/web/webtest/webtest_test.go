package webtest_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"example.org/asye/internal/platform/web/webtest"
)

// pages are two forms on one page, and a page to which each leads.
func pages() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /edit", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `<html><head><title>Edit</title></head><body><h1>What&#39;s <b>new</b>?</h1><script>hidden()</script>
			<form method="get"><input type="hidden" name="q" value="search"></form>
			<form method="post" action="/out"><input type="hidden" name="_form" value="two"><button>Sign out</button></form>
			<form method="post"><input type="hidden" name="_form" value="one"><input type="hidden" name="version" value="&#34;7&#34;">
			<input name="words" value="37 &amp; more"><input name="plain"></form>`+fmt.Sprintf("Cookies: %d", len(r.Cookies()))+`</body></html>`)
	})
	sent := func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
		w.Header().Set("Location", "/edit?sent="+r.FormValue("_form"))
		w.WriteHeader(http.StatusSeeOther)
		r.ParseForm()
		fmt.Fprint(w, r.URL.Path, r.PostForm.Encode())
	}
	m.HandleFunc("POST /edit", sent)
	m.HandleFunc("POST /out", sent)
	return m
}

func TestBrowser(t *testing.T) {
	b := webtest.New(t, pages())
	page := b.Get("/edit?x=1").Is(200, "What's new ?").Titled("Edit").Has(`value="37 & more"`).
		Lacks("hidden()", "37 & more", "Edit").HasNot("nowhere")
	sent := page.Submit("day=2026-09-01", "plain=2026-09-01", "words=A = B", "words=C").LeadsTo("/edit?sent=one")
	for _, field := range []string{"_form=one", "version=%227%22", "day-day=1", "day-month=9", "day-year=2026", "plain=2026-09-01", "words=C"} {
		sent.Has(field)
	}
	sent.HasNot("words=A", "q=search")
	page.Press("/out").LeadsTo("/edit?sent=two").HasNot("version")
	b.Forge(page, "/out", "version=8").Has("version=8", "_form=two")
	if b.Get("/edit"); b.Field("words") != "37 & more" {
		t.Errorf("the words are shown as %q", b.Field("words"))
	}
	b.Says("Cookies: 0")
}

func TestVisitorKeepsCookiesAndGoesOn(t *testing.T) {
	v := webtest.Visit(t, pages())
	if v.Fill("/edit").Is(200, "Cookies: 1"); v.Path() != "/edit?sent=one" {
		t.Errorf("at %s", v.Path())
	}
}

// told stands in for a test, and keeps what it is told.
type told struct {
	testing.TB
	text string
}

func (t *told) Helper()                        {}
func (t *told) Errorf(format string, a ...any) { t.text += fmt.Sprintf(format, a...) }
func (t *told) Fatalf(format string, a ...any) { t.Errorf(format, a...); panic(t) }

// Every expectation can fail, and says what the page is like.
func TestExpectationsFail(t *testing.T) {
	for name, wrong := range map[string]func(webtest.Page){
		"has status 200, want 404":              func(p webtest.Page) { p.Is(404) },
		"has status 200, want 303, leading to":  func(p webtest.Page) { p.LeadsTo("/") },
		`must say "nothing"`:                    func(p webtest.Page) { p.Is(200, "nothing") },
		`must say "hidden()"`:                   func(p webtest.Page) { p.Says("hidden()") },
		`must not say "What's new ?"`:           func(p webtest.Page) { p.Lacks("What's new ?") },
		`must have "value=\"38\""`:              func(p webtest.Page) { p.Has(`value="38"`) },
		`must not have "hidden()"`:              func(p webtest.Page) { p.HasNot("hidden()") },
		`must have in its title "What's new ?"`: func(p webtest.Page) { p.Titled("What's new ?") },
		`no form for "/elsewhere"`:              func(p webtest.Page) { p.Press("/elsewhere") },
	} {
		t.Run(name, func(t *testing.T) {
			heard := &told{TB: t}
			func() {
				defer func() { recover() }()
				wrong(webtest.New(heard, pages()).Get("/edit"))
			}()
			if !strings.Contains(heard.text, "/edit") || !strings.Contains(heard.text, name) || !strings.Contains(heard.text, "What's new ?") {
				t.Errorf("told %q", heard.text)
			}
		})
	}
}
