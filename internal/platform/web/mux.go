package web

import (
	"context"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
)

// The largest submissions, in bytes: ordinary forms, and files.
const (
	formBytes   = 1 << 20
	uploadBytes = 16 << 20
)

// Site is what all pages share.
type Site struct {
	Demo   bool // every page says that its data are invented
	Secure bool // served over HTTPS: cookies are marked so
	Theme  ui.Theme
}

// Results remembers where a spent form led, and who read what; a *db.DB does.
type Results interface {
	Saw(ctx context.Context, scope tenant.Scope, read ...tenant.Reading) error
	FormResult(ctx context.Context, token, location string) error
	FormLocation(ctx context.Context, token string) (string, error)
	FormSpent(ctx context.Context, token string) (bool, error)
}

// Identify tells who is at the other end of a request; the account capability
// answers. A visitor who has not signed in is tenant.Nobody.
type Identify func(r *http.Request) (Visitor, error)

// Mux holds every route with its permission.
type Mux struct {
	site     Site
	identify Identify
	results  Results
	clock    clock.Clock
	log      *slog.Logger
	mux      *http.ServeMux
	routes   []Route
	gate     Gate
	tell     []func(context.Context, Answered)
	inFlight atomic.Int64
}

// New makes an empty Mux.
func New(site Site, identify Identify, results Results, c clock.Clock, log *slog.Logger) *Mux {
	m := &Mux{site: site, identify: identify, results: results, clock: c, log: log, mux: http.NewServeMux()}
	m.mux.Handle("/", m.handler(Route{Rule: policy.Everyone(), limit: formBytes},
		func(http.ResponseWriter, *Request) error { return errNoPage }))
	m.mux.Handle("GET /assets/", ui.Assets())
	return m
}

// Page mounts a page that only shows.
func (m *Mux) Page(path string, rule policy.Rule, reading Reading, h Handler) {
	m.mount(Route{Pattern: "GET " + path, Rule: rule, Reading: reading, limit: formBytes}, h)
}

// Form mounts a page that asks, and the submission of its form.
func (m *Mux) Form(path string, rule policy.Rule, reading Reading, writing Writing, h Handler) {
	m.Page(path, rule, reading, h)
	m.Act(path, rule, writing, h)
}

// Act mounts a submission that has no page of its own.
func (m *Mux) Act(path string, rule policy.Rule, writing Writing, h Handler) {
	m.mount(Route{Pattern: "POST " + path, Rule: rule, Writing: writing, limit: formBytes}, h)
}

// Upload mounts a page whose form carries a file.
func (m *Mux) Upload(path string, rule policy.Rule, reading Reading, writing Writing, h Handler) {
	m.Page(path, rule, reading, h)
	m.mount(Route{Pattern: "POST " + path, Rule: rule, Writing: writing, limit: uploadBytes}, h)
}

// Take mounts a form that changes nothing and is answered with a file: what is in
// the file has been read by whoever takes it.
func (m *Mux) Take(path string, rule policy.Rule, reading Reading, h Handler) {
	m.mount(Route{Pattern: "POST " + path, Rule: rule, Reading: reading, Writing: Passing, limit: formBytes}, h)
}

// Raw mounts something that needs no session at all, such as a health check.
func (m *Mux) Raw(pattern string, h http.Handler) { m.mux.Handle(pattern, h) }

// Routes lists every route, in order of its pattern.
func (m *Mux) Routes() []Route {
	sort.Slice(m.routes, func(i, j int) bool { return m.routes[i].Pattern < m.routes[j].Pattern })
	return m.routes
}

func (m *Mux) mount(r Route, h Handler) {
	r.check()
	m.routes = append(m.routes, r)
	m.mux.Handle(r.Pattern, m.handler(r, h))
}

// ServeHTTP serves a request; pages of other sites cannot submit our forms.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect := http.NewCrossOriginProtection()
	protect.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := &Request{Request: r, mux: m}
		m.fail(w, req, policy.Everyone(), errForm)
	}))
	harden(w, m.site)
	m.telling(w, r, protect.Handler(m.mux).ServeHTTP)
}

func (m *Mux) handler(route Route, h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(behind(w), r.Body, route.limit)
		r, done := patient(r)
		defer done()
		req := &Request{Request: r, Now: m.clock.Now(), Today: clock.Today(m.clock), mux: m, sent: remember(r)}
		defer m.rescue(w, req)
		if err := m.serve(w, req, route, h); err != nil {
			m.fail(w, req, route.Rule, err)
		}
	})
}

func (m *Mux) serve(w http.ResponseWriter, r *Request, route Route, h Handler) error {
	visitor, err := m.who(r.Request)
	if err != nil {
		return err
	}
	r.Visitor, r.Scope = visitor, visitor.Scope
	if !route.Rule.Permits(r.Scope) {
		if !r.Scope.IsSignedIn() {
			return m.toSignIn(w, r)
		}
		return errRole
	}
	if visitor.First != "" && !route.Rule.IsEarly() {
		return r.LeadBack(w, visitor.First)
	}
	if r.Posted() {
		if kept, err := m.receive(w, r, route); kept || err != nil {
			return err
		}
	} else if err := r.ParseForm(); err != nil || !readable(r) {
		return errNoPage
	}
	if through, err := m.prove(w, r, route); !through || err != nil {
		return err
	}
	r.flash = takeFlash(w, r.Request, m.site.Secure)
	if err := m.putBack(r); err != nil {
		return err
	}
	err = r.last(h(m.watch(w, r, route.Reading), r))
	m.compare(r, route, err)
	if err == nil {
		m.forget(r)
	}
	return err
}

// receive reads a form and judges its token. One that was made in a session that
// has ended is kept, and true is given.
func (m *Mux) receive(w http.ResponseWriter, r *Request, route Route) (kept bool, err error) {
	if err := parse(r); err != nil {
		return false, err
	}
	form, err := r.form()
	if err != nil {
		if kept, keepErr := m.keep(w, r); kept || keepErr != nil {
			return kept, keepErr
		}
		return false, err
	}
	if !readable(r) {
		return false, errUnreadable
	}
	r.Scope, r.once = r.Scope.WithForm(form), route.Writing == Once
	return false, r.repeated()
}

// watch notes in the audit trail that a page was read which shows somebody's
// record.
func (m *Mux) watch(w http.ResponseWriter, r *Request, reading Reading) http.ResponseWriter {
	if reading.kind == "" {
		return w
	}
	id := ""
	if reading.value != "" {
		id = r.PathValue(reading.value)
	}
	return &watched{w, func() {
		read := append(r.shown, tenant.Reading{Kind: reading.kind, ID: id})
		for i := range read {
			read[i].File = attached(w.Header())
		}
		if err := m.results.Saw(r.Context(), r.Scope, read...); err != nil {
			m.log.Error("a reading could not be noted", "kind", reading.kind, "error", err)
		}
	}}
}

// attached is the name of the file that an answer is taken out as; empty for a
// page.
func attached(h http.Header) string {
	kind, about, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	switch {
	case err != nil || kind != "attachment":
		return ""
	case about["filename"] == "":
		return "a file"
	}
	return about["filename"]
}

// Dishonest is what the log says of a route that does something else than it
// says of itself.
const Dishonest = "a route does not do what it says of itself"

// compare holds a route to what it says of itself: a change spends its form,
// and passing state does not.
func (m *Mux) compare(r *Request, route Route, err error) {
	form := r.Scope.Form()
	if form == nil || err != nil {
		return
	}
	if form.Spent && route.Writing != Once || r.led && !form.Spent && route.Writing == Once {
		m.log.Error(Dishonest, "route", route.String(), "spent", form.Spent)
	}
}

func parse(r *Request) error {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return tooLarge(r.ParseMultipartForm(uploadBytes))
	}
	return tooLarge(r.ParseForm())
}

// readable reports whether everything that was sent is text that both engines
// can keep: PostgreSQL takes neither a zero byte nor what is not UTF-8.
func readable(r *Request) bool {
	text := func(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }
	for name, values := range r.Form {
		if !text(name) || slices.ContainsFunc(values, func(v string) bool { return !text(v) }) {
			return false
		}
	}
	return text(r.URL.Path)
}

// toSignIn remembers where the visitor wanted to go, and keeps what they sent
// when their session has ended.
func (m *Mux) toSignIn(w http.ResponseWriter, r *Request) error {
	if kept, err := m.keepUnread(w, r); kept || err != nil {
		return err
	}
	next := "/home"
	if r.Method == http.MethodGet {
		next = r.URL.RequestURI()
	}
	http.Redirect(w, r.Request, "/sign-in?next="+url.QueryEscape(next), http.StatusSeeOther)
	return nil
}
