package prove

import (
	"net/http"
	"net/url"
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// Gate stands before every form: see web.Gate.
type Gate struct{ Deps }

var errWaited = fault.New(fault.Conflict, "This form has waited too long for you to show that it is you. Open its page again and fill it in once more")

// Prove takes a proof, or asks for one and holds the form meanwhile.
func (g *Gate) Prove(w http.ResponseWriter, r *web.Request) (bool, error) {
	here, err := g.session(r.Context(), r)
	if err != nil {
		return false, err
	}
	ticket := r.PostForm.Get(web.HeldField)
	if ticket == "" {
		ticket, err = g.Held.ForProof(r.Context(), r.Scope, here.ID, held.Form{Action: r.URL.Path, Fields: r.PostForm})
		if err != nil {
			return false, err
		}
		return false, g.ask(w, r, ticket, asking{})
	}
	form, found, err := g.Held.Open(r.Context(), r.Scope, here.ID, ticket)
	if err != nil {
		return false, err
	}
	if !found || form.Action != r.URL.Path {
		return false, errWaited
	}
	if !r.Visitor.Fresh {
		if proved, err := g.take(w, r, ticket); !proved || err != nil {
			return false, err
		}
	}
	return true, r.Resume(form.Fields)
}

// take takes the proof that came with a request; where there is none, or a wrong
// one, it asks again.
func (g *Gate) take(w http.ResponseWriter, r *web.Request, ticket string) (bool, error) {
	token := account.SessionToken(r.Request, g.Account)
	n := g.shown(r)
	if n.Way == send {
		err := g.Factors.MailCode(r.Context(), r.Scope, token)
		if fault.KindOf(err) == fault.Invalid {
			return false, g.ask(w, r, ticket, asking{sent: true, problems: fault.Problems{{Field: "mailed_code", Text: err.Error()}}})
		}
		if err != nil {
			return false, err
		}
		return false, g.ask(w, r, ticket, asking{sent: true})
	}
	started, err := g.Factors.Prove(r.Context(), r.Scope, token, n)
	if problems := fault.ProblemsOf(err); problems != nil {
		return false, g.ask(w, r, ticket, asking{sent: n.Way == account.ByMail, problems: problems})
	}
	if err != nil {
		return false, err
	}
	account.Adopt(w, r, g.Account, started)
	r.Visitor.Fresh = true
	return true, nil
}

// asking is how far somebody has come with a proof.
type asking struct {
	sent     bool
	problems fault.Problems
}

// ask shows the page that asks for a proof, at the address to which the form was
// sent: what comes of it is shown there.
func (g *Gate) ask(w http.ResponseWriter, r *web.Request, ticket string, a asking) error {
	h, err := g.Factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	here, err := g.session(r.Context(), r)
	if err != nil {
		return err
	}
	v := proveView{Page: r.Page("Show that it is you"), Choice: g.ofHeld(h)}
	v.Problems = a.problems
	v.Choice.Token, v.Choice.Action, v.Choice.Begin = v.Form, r.URL.Path, paths.ProveBegin()
	v.Choice.Hidden = []ui.HiddenField{{Name: web.HeldField, Value: ticket}}
	v.Choice.Password = g.Factors.HasPasswords() && !h.Password.IsZero()
	v.Choice.Mail, v.Choice.Sent = h.MayMail(g.Account.Settings().NeedsSecond(r.Scope.Role())), a.sent
	v.Choice.Email, v.Choice.Problems = here.Person.Email, a.problems
	v.Minutes = int(g.Account.Settings().StepUp.Minutes())
	if len(a.problems) > 0 {
		return r.Refuse(w, provePage(v))
	}
	return r.Withhold(w, provePage(v))
}

// Keep keeps the form of somebody whose session has ended, if it can be told
// whose it is by the key that the form was made with.
func (g *Gate) Keep(w http.ResponseWriter, r *web.Request) (string, error) {
	token := account.SessionToken(r.Request, g.Account)
	if token == "" {
		return "", nil
	}
	person, keys, err := g.Account.Ended(r.Context(), r.Scope, token)
	if err != nil {
		return "", err
	}
	for _, key := range keys {
		if !web.MadeBy(key, r.PostForm.Get(ui.FormField)) {
			continue
		}
		f := held.Form{Person: person, Action: r.URL.Path, Page: g.page(r), Fields: r.PostForm}
		if waiting := r.PostForm.Get(web.HeldField); waiting != "" {
			if f, err = g.Held.Reopen(r.Context(), person, waiting); err != nil {
				return "", err
			}
			f.Page = g.page(r)
		}
		return g.keep(w, r, f)
	}
	return "", nil
}

func (g *Gate) keep(w http.ResponseWriter, r *web.Request, f held.Form) (string, error) {
	ticket, err := g.Held.ForSession(r.Context(), f)
	if err != nil {
		return "", err
	}
	g.setTickets(w, append(g.tickets(r), ticket))
	id, _, _ := strings.Cut(ticket, ".")
	return f.Page + "?" + url.Values{web.KeptField: {id}}.Encode(), nil
}

// page is where the form stands: the page that it was sent from, else the one at
// its own address, else the one that shows the words.
func (g *Gate) page(r *web.Request) string {
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host && r.Opens(from.Path) {
		return from.Path
	}
	if r.Opens(r.URL.Path) {
		return r.URL.Path
	}
	return paths.Kept()
}

// Kept finds what was kept of the person at work: by the name in the address of a
// page, or by the address to which a form is sent.
func (g *Gate) Kept(r *web.Request) (*web.Kept, error) {
	wanted := r.URL.Query().Get(web.KeptField)
	if wanted == "" {
		wanted = r.URL.Query().Get(formField)
	}
	for _, ticket := range g.tickets(r) {
		id, _, _ := strings.Cut(ticket, ".")
		if !r.Posted() && id != wanted {
			continue
		}
		f, found, err := g.Held.Open(r.Context(), r.Scope, "", ticket)
		if err != nil {
			return nil, err
		}
		if found && (!r.Posted() || f.Action == r.URL.Path) {
			return &web.Kept{Action: f.Action, Page: f.Page, Fields: f.Fields, Otherwise: paths.Kept() + "?" + url.Values{formField: {id}}.Encode()}, nil
		}
	}
	return nil, nil
}

// formField names the kept form whose words are shown.
const formField = "form"

// Forget throws away what was kept of a form that has gone through.
func (g *Gate) Forget(r *web.Request, k *web.Kept) error {
	for _, ticket := range g.tickets(r) {
		f, found, err := g.Held.Open(r.Context(), r.Scope, "", ticket)
		if err != nil {
			return err
		}
		if found && f.Action == k.Action {
			return g.Held.Drop(r.Context(), r.Scope, ticket)
		}
	}
	return nil
}

// mostTickets is how many kept forms one browser holds the keys of.
const mostTickets = 8

func (g *Gate) cookieName() string {
	if g.Account.Settings().Secure {
		return "__Host-asye_kept"
	}
	return "asye_kept"
}

// tickets open the forms that were kept for this browser, the oldest first.
func (g *Gate) tickets(r *web.Request) []string {
	c, err := r.Cookie(g.cookieName())
	if err != nil || c.Value == "" {
		return nil
	}
	all := strings.Split(c.Value, "~")
	return all[max(0, len(all)-mostTickets):]
}

func (g *Gate) setTickets(w http.ResponseWriter, all []string) {
	all = all[max(0, len(all)-mostTickets):]
	http.SetCookie(w, &http.Cookie{Name: g.cookieName(), Value: strings.Join(all, "~"), Path: "/",
		MaxAge: int(g.Held.Settings().ForSession.Seconds()), HttpOnly: true, Secure: g.Account.Settings().Secure, SameSite: http.SameSiteLaxMode})
}
