package own

import (
	"net/http"

	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type passwordView struct {
	ui.Page
	Since asye.Instant // when one was set; zero where there is none
	Email string
}

// passwordEdit sets the password. The one before is not asked for: whoever is at
// the screen has shown a moment ago that it is them.
func (p *pages) passwordEdit(w http.ResponseWriter, r *web.Request) error {
	if !p.factors.HasPasswords() {
		return factor.ErrNoPasswords
	}
	h, err := p.factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	here, _, err := p.account.Session(r.Context(), p.token(r))
	if err != nil {
		return err
	}
	v := passwordView{Page: r.Page("Password"), Since: h.Password, Email: here.Person.Email}
	v.Back = backToAccount()
	if !r.Posted() {
		return r.Render(w, passwordPage(v))
	}
	started, err := p.factors.SetPassword(r.Context(), r.Scope, p.token(r), r.PostForm.Get("new_password"))
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, passwordPage(v))
	}
	if err != nil {
		return err
	}
	return p.changed(w, r, started, "The password has been set", "You can use it on the sign-in page. It never has to be changed; change it if somebody may have seen it.")
}

// passwordRemove forgets the password.
func (p *pages) passwordRemove(w http.ResponseWriter, r *web.Request) error {
	started, err := p.factors.RemovePassword(r.Context(), r.Scope, p.token(r))
	if err != nil {
		return err
	}
	return p.changed(w, r, started, "The password has been removed", "You sign in by a link, or with a passkey.")
}
