package own

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signOutView struct{ ui.Page }

// signOut ends the session of this browser.
func (p *pages) signOut(w http.ResponseWriter, r *web.Request) error {
	if err := p.account.SignOut(r.Context(), p.token(r)); err != nil {
		return err
	}
	account.LetOut(w, p.account)
	return r.SeeOther(w, paths.SignedOut())
}

// signedOut confirms that a session has ended.
func (p *pages) signedOut(w http.ResponseWriter, r *web.Request) error {
	return r.Render(w, signOutPage(signOutView{r.Page("You have signed out")}))
}
