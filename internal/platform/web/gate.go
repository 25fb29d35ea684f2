package web

import (
	"bytes"
	"crypto/hmac"
	"net/http"
	"net/url"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"github.com/a-h/templ"
)

// Gate looks after forms that cannot go through as they come: because the act
// decides, and whoever is at the screen has to show that it is them; or because
// the session ended while they were writing. Nothing typed is lost by either.
// The account capability answers.
type Gate interface {
	// Prove takes the proof that comes with a form, or shows the page that asks
	// for one and gives false. Where it gives true, the request holds again what
	// was typed, with the token that it was sent with.
	Prove(w http.ResponseWriter, r *Request) (bool, error)
	// Keep keeps a form that was made in a session that has ended, and gives the
	// page where it will be put back; nothing where it cannot be told whose it is.
	Keep(w http.ResponseWriter, r *Request) (string, error)
	// Kept is what was kept of the person at work; nil when there is nothing.
	Kept(r *Request) (*Kept, error)
	// Forget throws away what was kept, once it has gone through.
	Forget(r *Request, k *Kept) error
}

// Kept is a form that was kept when a session ended.
type Kept struct {
	Action    string     // where the form was sent
	Page      string     // where the form stands
	Fields    url.Values // what was typed
	Otherwise string     // the page that shows what was typed where the form is no longer
}

// The parameter of an address to which a kept form is to be put back, and the
// field by which a form that waits for a proof is found again.
const (
	KeptField = "_kept"
	HeldField = "_held"
)

// Guard puts a gate before every form. Without one, a form that needs a proof
// is refused.
func (m *Mux) Guard(g Gate) { m.gate = g }

var errProof = fault.New(fault.Forbidden, "This needs a fresh proof that it is you, and the service is not set up to take one")

// prove reports whether a form may go through.
func (m *Mux) prove(w http.ResponseWriter, r *Request, route Route) (bool, error) {
	if !r.Posted() || !route.NeedsProof() || r.Visitor.Fresh && !r.PostForm.Has(HeldField) {
		return true, nil
	}
	if m.gate == nil {
		return false, errProof
	}
	through, err := m.gate.Prove(w, r)
	if err == nil && through {
		err = r.repeated()
	}
	return through, err
}

// keep keeps the form of a session that has ended, and leads to where it can be
// sent again; false when there is nothing to keep.
func (m *Mux) keep(w http.ResponseWriter, r *Request) (bool, error) {
	if m.gate == nil || !r.Posted() || !readable(r) {
		return false, nil
	}
	page, err := m.gate.Keep(w, r)
	if err != nil || page == "" {
		return false, err
	}
	if r.Scope.IsSignedIn() {
		http.Redirect(w, r.Request, page, http.StatusSeeOther)
		return true, nil
	}
	setFlash(w, ui.Notice{Heading: "Your session has ended",
		Text: "What you typed is kept. Sign in again on this device, and it will be there."}, m.site.Secure)
	http.Redirect(w, r.Request, "/sign-in?next="+url.QueryEscape(page), http.StatusSeeOther)
	return true, nil
}

// keepUnread keeps the form of somebody who is not signed in any more. Files are
// not read: anybody could send them.
func (m *Mux) keepUnread(w http.ResponseWriter, r *Request) (bool, error) {
	if m.gate == nil || !r.Posted() || strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return false, nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, formBytes)
	if err := r.ParseForm(); err != nil {
		return false, nil
	}
	return m.keep(w, r)
}

// putBack looks for what was kept of the person who opens a page.
func (m *Mux) putBack(r *Request) error {
	if m.gate == nil || r.Posted() || !r.Scope.IsSignedIn() || !r.Form.Has(KeptField) {
		return nil
	}
	k, err := m.gate.Kept(r)
	if err != nil || k == nil {
		return err
	}
	r.kept = k
	r.flash = &ui.Notice{Heading: "What you typed is here again",
		Text: "Your session had ended before it could be saved. Look at it once more, and send it."}
	return nil
}

// forget throws away what was kept once its form has gone through.
func (m *Mux) forget(r *Request) {
	if m.gate == nil || !r.Posted() || !r.Scope.IsSignedIn() {
		return
	}
	k, err := m.gate.Kept(r)
	if err == nil && k != nil && k.Action == r.URL.Path {
		err = m.gate.Forget(r, k)
	}
	if err != nil {
		m.log.Error("what was kept of a form could not be thrown away", "error", err)
	}
}

// renderKept shows a page with what was typed put back into its form. Where the
// page has no such form any more, it leads to one that shows the words.
func (r *Request) renderKept(w http.ResponseWriter, page templ.Component) error {
	var drawn bytes.Buffer
	if err := page.Render(r.Context(), &drawn); err != nil {
		return err
	}
	filled, found, err := refill(drawn.String(), r.URL.Path, *r.kept)
	if err != nil {
		return err
	}
	if !found {
		return r.LeadBack(w, r.kept.Otherwise)
	}
	return r.mux.send(w, r.Request, http.StatusOK, templ.Raw(filled))
}

// MadeBy reports whether a form's token was made with a key.
func MadeBy(key, token string) bool {
	nonce, mac, _ := strings.Cut(token, ".")
	return nonce != "" && hmac.Equal([]byte(mac), []byte(sign(key, nonce)))
}

// Resume takes a form up again: what was typed stands in place of what the
// request came with, and its token is the one that will be spent.
func (r *Request) Resume(fields url.Values) error {
	r.PostForm, r.Form = fields, url.Values{}
	for name, values := range r.URL.Query() {
		r.Form[name] = values
	}
	for name, values := range fields {
		r.Form[name] = append(append([]string{}, values...), r.Form[name]...)
	}
	form, err := r.form()
	if err != nil {
		return err
	}
	r.Scope = r.Scope.WithForm(form)
	return nil
}
