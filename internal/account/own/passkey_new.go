package own

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type passkeyNewView struct {
	ui.Page
	Name string
}

// passkeyBegin asks the browser to make a passkey.
func (p *pages) passkeyBegin(w http.ResponseWriter, r *web.Request) error {
	asked, err := p.factors.AskNewPasskey(r.Context(), r.Scope)
	return r.Ask(w, asked.ID, asked.Options, err)
}

// passkeyNew adds a passkey that the device has made.
func (p *pages) passkeyNew(w http.ResponseWriter, r *web.Request) error {
	v := passkeyNewView{Page: r.Page("Add a passkey"), Name: r.Value("name")}
	v.Back = backToAccount()
	if !p.factors.HasPasskeys() {
		return factor.ErrNoPasskeys
	}
	if v.Name == "" {
		v.Name = web.Device(r.UserAgent())
	}
	if !r.Posted() {
		return r.Render(w, passkeyNewPage(v))
	}
	if r.Value("passkey") == "" { // the browser has shown only that it is them
		return r.Render(w, passkeyNewPage(v))
	}
	started, err := p.factors.AddPasskey(r.Context(), r.Scope, p.token(r), factor.NewPasskey{Name: v.Name, Device: web.Device(r.UserAgent()),
		Shown: factor.Shown{Way: account.ByPasskey, Ceremony: r.Value("ceremony"), Passkey: r.Value("passkey")}})
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, passkeyNewPage(v))
	}
	if err != nil {
		return err
	}
	return p.changed(w, r, started, "The passkey has been added", "Next time, press “Sign in with a passkey” on the sign-in page.")
}
