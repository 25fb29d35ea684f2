package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"github.com/a-h/templ"
)

// Handler serves one route. What it returns as an error, one place shows.
type Handler func(w http.ResponseWriter, r *Request) error

// Visitor is who is at the other end, as the account capability knows them.
type Visitor struct {
	Scope     tenant.Scope
	Name      string       // how the person is addressed; empty for a visitor
	Org       string       // the organisation they work in just now
	CanSwitch bool         // they have more than one role
	FormKey   string       // the secret of the session, with which form tokens are made
	Nav       []ui.NavItem // the sections of their role
	Fresh     bool         // has shown a short while ago that it is them
	First     string       // the page that has to be dealt with before any other; usually empty
	Until     asye.Instant // when the session ends if nothing is done
}

// Request is a request with what every handler needs to know of it.
type Request struct {
	*http.Request
	Scope   tenant.Scope
	Visitor Visitor
	Now     asye.Instant
	Today   asye.Date // in London
	mux     *Mux
	flash   *ui.Notice
	led     bool          // the handler has led on to another page
	once    bool          // the route makes a change: its form is spent
	sent    *bytes.Buffer // the form as it came, for the order of its fields; nil when nobody kept it
	kept    *Kept         // what is put back into the page's form
	shown   []tenant.Reading
}

// Shows says that the page shows another record than the one that its address
// names: its reading becomes a line of the audit trail too.
func (r *Request) Shows(kind, id string) {
	r.shown = append(r.shown, tenant.Reading{Kind: kind, ID: id})
}

// Posted reports whether a form has been submitted.
func (r *Request) Posted() bool { return r.Method == http.MethodPost }

// Value is a submitted or query value without surrounding spaces.
func (r *Request) Value(name string) string { return strings.TrimSpace(r.FormValue(name)) }

// Date reads the three parts of a date input: what was typed, and the date, zero
// when nothing was typed. A date that cannot be is a problem with name.
func (r *Request) Date(name, what string, p *fault.Problems) (ui.DateField, asye.Date) {
	typed := ui.ParseDateField(r.Form, name)
	if typed.Blank() {
		return typed, asye.Date{}
	}
	d, err := asye.ParseUKDate(typed.Day + " " + typed.Month + " " + typed.Year)
	p.If(err != nil, name, "%s must be a real date, like 27 3 2027", what)
	return typed, d
}

// Page starts the page that a handler will show.
func (r *Request) Page(title string) ui.Page {
	s := r.mux.site
	page := ui.Page{Title: title, ServiceName: s.Theme.ServiceName, Theme: s.Theme, Demo: s.Demo,
		NoIndex: true, Flash: r.flash, Form: r.Token()}
	if r.Scope.IsSignedIn() {
		page.Home = "/home"
		page.Person, page.Org, page.Role = r.Visitor.Name, r.Visitor.Org, r.Scope.Role().String()
		page.Nav = current(r.Visitor.Nav, r.URL.Path)
		page.Account = r.account()
		page.Session = r.session()
	}
	return page
}

func (r *Request) account() []ui.NavItem {
	var items []ui.NavItem
	if r.Visitor.CanSwitch {
		items = append(items, ui.NavItem{Text: "Change role", Href: "/roles"})
	}
	return append(items, ui.NavItem{Text: "Your account", Href: "/account"},
		ui.NavItem{Text: "Sign out", Href: "/sign-out", Post: true})
}

// current marks the section with the longest address that leads to this page.
func current(nav []ui.NavItem, path string) []ui.NavItem {
	out, best := make([]ui.NavItem, len(nav)), -1
	copy(out, nav)
	for i, item := range out {
		within := path == item.Href || strings.HasPrefix(path, item.Href+"/")
		if within && (best < 0 || len(item.Href) > len(out[best].Href)) {
			best = i
		}
	}
	if best >= 0 {
		out[best].Current = true
	}
	return out
}

// session says on the page when the session ends.
func (r *Request) session() *ui.SessionEnd {
	left := r.Visitor.Until.Time().Sub(r.Now.Time())
	if r.Visitor.Until.IsZero() || left <= 0 {
		return nil
	}
	return &ui.SessionEnd{At: r.Visitor.Until.Time().In(clock.London).Format("3:04pm"), Left: left, Extend: "/session/extend"}
}

// Render shows a page.
func (r *Request) Render(w http.ResponseWriter, page templ.Component) error {
	if r.kept != nil {
		return r.renderKept(w, page)
	}
	return r.mux.send(w, r.Request, http.StatusOK, page)
}

// Refuse shows the page again with what was wrong on it: status 422.
func (r *Request) Refuse(w http.ResponseWriter, page templ.Component) error {
	if err := r.repeated(); err != nil {
		return err
	}
	return r.mux.send(w, r.Request, http.StatusUnprocessableEntity, page)
}

// Withhold shows a page in place of what was asked for, until more has been
// shown: status 403.
func (r *Request) Withhold(w http.ResponseWriter, page templ.Component) error {
	return r.mux.send(w, r.Request, http.StatusForbidden, page)
}

// Opens reports whether there is a page at a path, for a way back to it.
func (r *Request) Opens(path string) bool {
	u, err := url.Parse(path)
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		return false
	}
	_, pattern := r.mux.mux.Handler(&http.Request{Method: http.MethodGet, URL: u, Host: r.Host})
	return strings.HasPrefix(pattern, "GET ")
}

// Stale shows a page that compares two versions of one record: status 409.
func (r *Request) Stale(w http.ResponseWriter, page templ.Component) error {
	if err := r.repeated(); err != nil {
		return err
	}
	return r.mux.send(w, r.Request, http.StatusConflict, page)
}

// SeeOther leads to another page after a form has had its effect.
func (r *Request) SeeOther(w http.ResponseWriter, location string) error {
	r.led = true
	if form := r.Scope.Form(); form != nil && form.Spent {
		// The change is kept by now, whatever becomes of this.
		if err := r.mux.results.FormResult(r.Context(), form.Token, location); err != nil {
			r.mux.log.Warn("where a form led was not kept", "path", r.URL.Path, "error", err)
		}
	}
	http.Redirect(w, r.Request, location, http.StatusSeeOther)
	return nil
}

// LeadBack leads to a page where something is still to be done: the form has had
// no effect.
func (r *Request) LeadBack(w http.ResponseWriter, location string) error {
	if err := r.repeated(); err != nil {
		return err
	}
	http.Redirect(w, r.Request, location, http.StatusSeeOther)
	return nil
}

// Say leads to another page, which will open with a notice of what was done.
func (r *Request) Say(w http.ResponseWriter, location, heading, text string) error {
	setFlash(w, ui.Notice{Kind: ui.Success, Heading: heading, Text: text}, r.mux.site.Secure)
	return r.SeeOther(w, location)
}
