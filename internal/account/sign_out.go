package account

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signOutView struct{ ui.Page }

// signOut ends the session of this browser.
func (p *pages) signOut(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.SignOut(r.Context(), sessionToken(r.Request, p.store.settings)); err != nil {
		return err
	}
	p.letOut(w)
	return r.SeeOther(w, paths.SignedOut())
}

// signOutEverywhere ends the sessions of every browser.
func (p *pages) signOutEverywhere(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.SignOutEverywhere(r.Context(), r.Scope); err != nil {
		return err
	}
	p.letOut(w)
	return r.SeeOther(w, paths.SignedOut())
}

// signedOut confirms that a session has ended.
func (p *pages) signedOut(w http.ResponseWriter, r *web.Request) error {
	return r.Render(w, signOutPage(signOutView{r.Page("You have signed out")}))
}
