package account

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signInView struct {
	ui.Page
	Email string
	Next  string
}

// signIn asks for an e-mail address and says the same whoever's it is.
func (p *pages) signIn(w http.ResponseWriter, r *web.Request) error {
	v := signInView{Page: r.Page("Sign in"), Email: r.Value("email"), Next: LocalPath(r.Value("next"))}
	if !r.Posted() {
		if r.Scope.IsSignedIn() {
			return r.SeeOther(w, v.Next)
		}
		return r.Render(w, signInPage(v))
	}
	if !IsAddress(v.Email) {
		v.Problems.If(v.Email == "", "email", "Enter your e-mail address")
		v.Problems.If(v.Email != "", "email", "Enter an e-mail address in the correct format, like name@example.gov.uk")
		return r.Refuse(w, signInPage(v))
	}
	err := p.store.AskForLink(r.Context(), Asked{Email: v.Email, Client: web.Network(r.Request, web.Proxy(p.store.settings.BehindProxy)), Next: v.Next})
	if fault.KindOf(err) == fault.Invalid {
		v.Problems = fault.Problems{{Field: "email", Text: err.Error()}}
		return r.Refuse(w, signInPage(v))
	}
	if err != nil {
		return err
	}
	return r.SeeOther(w, paths.SignInSent())
}
