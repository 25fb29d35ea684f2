package prove

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signInPasskeyView struct {
	ui.Page
	Why string
}

// signInBegin asks the browser for a passkey of whoever is there.
func (p *pages) signInBegin(w http.ResponseWriter, r *web.Request) error {
	asked, err := p.Factors.AskSignIn(r.Context(), p.client(r))
	return r.Ask(w, asked.ID, asked.Options, err)
}

// signInPasskey lets somebody in by their passkey.
func (p *pages) signInPasskey(w http.ResponseWriter, r *web.Request) error {
	n := factor.Shown{Way: account.ByPasskey, Ceremony: r.Value("ceremony"), Passkey: r.Value("passkey")}
	e := account.Entry{Device: web.Device(r.UserAgent()), Next: account.LocalPath(r.Value("next"))}
	started, err := p.Factors.SignInWithPasskey(r.Context(), r.Scope.Form(), n, e)
	if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Forbidden {
		return r.Refuse(w, signInPasskeyPage(signInPasskeyView{Page: r.Page("You could not sign in with that passkey"), Why: err.Error()}))
	}
	if err != nil {
		return err
	}
	return account.Welcome(w, r, p.Account, started, e.Next)
}
