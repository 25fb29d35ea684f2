// Package webtest is somebody at a browser, for the tests of pages. They open a
// page, read it, type into its form and send it: once, twice, or after somebody
// else has. A page that is not as expected fails the test and is shown as it
// reads.
//
//	b := pages.As(t, coordinator)
//	stale := b.Get("/employers/1/edit")
//	b.Get("/employers/1/edit").Submit("name=Northbrook").LeadsTo("/employers/1")
//	stale.Submit("name=Southbrook").Is(409, "Saved now Northbrook")
package webtest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Pages are the pages under test, on a real database.
type Pages struct {
	DB    *db.DB
	Mount func(*web.Mux)
	Site  web.Site
}

// As is a browser at which somebody with a scope has signed in. All of them
// have one key for their forms, so that a test can send the form of another.
//
// The browser keeps no cookies: the notice that follows an act cannot stand in
// for what the page itself should say.
func (p Pages) As(t testing.TB, scope tenant.Scope) *Browser {
	t.Helper()
	visitor := web.Visitor{Scope: scope, FormKey: "k", Fresh: true}
	if scope.IsSignedIn() {
		visitor.Name, visitor.Org = "Somebody", "Somewhere"
	}
	identify := func(*http.Request) (web.Visitor, error) { return visitor, nil }
	mux := web.New(p.Site, identify, p.DB, p.DB.Clock(), Honest(t))
	p.Mount(mux)
	return New(t, mux)
}

// Honest is a log that fails the test when a route does something else than it
// says of itself.
func Honest(t testing.TB) *slog.Logger { return slog.New(honest{t}) }

// honest fails the test when a route does something else than it says of
// itself: see web.Writing.
type honest struct{ t testing.TB }

func (honest) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (h honest) Handle(_ context.Context, r slog.Record) error {
	if r.Message == web.Dishonest {
		r.Attrs(func(a slog.Attr) bool { h.t.Errorf("%s: %v", r.Message, a); return true })
	}
	return nil
}

func (h honest) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h honest) WithGroup(string) slog.Handler      { return h }

// Browser shows one page after another; the embedded Page is the one that it
// shows now.
type Browser struct {
	Page
	t       testing.TB
	handler http.Handler
	jar     http.CookieJar // nil for a browser that keeps none
}

// New is a browser that keeps no cookies, and stops where a page leads
// elsewhere.
func New(t testing.TB, handler http.Handler) *Browser {
	b := &Browser{t: t, handler: handler}
	b.Page = Page{browser: b, path: "the first page", Header: http.Header{}}
	return b
}

// Visit is a browser that keeps its cookies, and goes on to where a page leads:
// for those who sign in themselves.
func Visit(t testing.TB, handler http.Handler) *Browser {
	t.Helper()
	b := New(t, handler)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b.jar = jar
	return b
}

// Held is the value of a cookie that the browser holds; empty when it holds
// none.
func (b *Browser) Held(name string) string {
	for _, c := range b.jar.Cookies(host) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// Hold puts a cookie into the browser, as somebody who was at it before could.
func (b *Browser) Hold(name, value string) {
	b.jar.SetCookies(host, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// Get opens a page.
func (b *Browser) Get(path string) Page {
	b.t.Helper()
	return b.do(http.MethodGet, path, "", "")
}

// Fill opens a page and sends its form, with what is typed: see [Page.Submit].
func (b *Browser) Fill(path string, typed ...string) Page {
	b.t.Helper()
	return b.Get(path).Submit(typed...)
}

// Forge sends the form of a page to an address for which it was not made. The
// page may be one that somebody else has opened.
func (b *Browser) Forge(from Page, to string, typed ...string) Page {
	b.t.Helper()
	return b.post(to, from.form("").fill(typed))
}

func (b *Browser) post(path string, body url.Values) Page {
	b.t.Helper()
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", body.Encode())
}

// host is where the pages believe to be. A browser sends there what was set to
// be sent over HTTPS alone, too.
var host = &url.URL{Scheme: "https", Host: "example.com"}

func (b *Browser) do(method, path, kind, body string) Page {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return b.Send(r)
}

// Send sends a request that a script, or another site, would send. The cookies of
// the browser go along.
func (b *Browser) Send(r *http.Request) Page {
	b.t.Helper()
	b.Page = b.Try(r)
	if b.jar == nil {
		return b.Page
	}
	b.jar.SetCookies(host, (&http.Response{Header: b.Header}).Cookies())
	if b.Status == http.StatusSeeOther {
		return b.Get(b.Location)
	}
	return b.Page
}

// Try sends a request with the cookies of the browser, which stays as it is and
// where it is: it neither takes cookies nor goes on to where the answer leads.
func (b *Browser) Try(r *http.Request) Page {
	b.t.Helper()
	path := r.URL.RequestURI()
	if b.jar != nil {
		for _, c := range b.jar.Cookies(host) {
			r.AddCookie(c)
		}
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return Page{Status: w.Code, Location: w.Header().Get("Location"), Header: w.Header(), Body: w.Body.String(),
		path: path, browser: b}
}
