package prove

import (
	"net/http"
	"net/url"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type signInPasswordView struct {
	ui.Page
	Email string
	Next  string
}

func (v signInPasswordView) link() string { return withNext(paths.SignIn(), v.Next) }

func withNext(path, next string) string {
	if next == "" || next == paths.Home() {
		return path
	}
	return path + "?" + url.Values{"next": {next}}.Encode()
}

// signInPassword lets somebody in by their address and password.
func (p *pages) signInPassword(w http.ResponseWriter, r *web.Request) error {
	v := signInPasswordView{Page: r.Page("Sign in with a password"), Email: r.Value("email"), Next: account.LocalPath(r.Value("next"))}
	v.Back = &ui.Link{Text: "Other ways to sign in", Href: v.link()}
	if !p.Factors.HasPasswords() {
		return factor.ErrNoPasswords
	}
	if !r.Posted() {
		return r.Render(w, signInPasswordPage(v))
	}
	typed := r.PostForm.Get("password") // spaces count
	v.Problems.If(v.Email == "", "email", "Enter your e-mail address")
	v.Problems.If(typed == "", "password", "Enter your password")
	if len(v.Problems) > 0 {
		return r.Refuse(w, signInPasswordPage(v))
	}
	started, err := p.Factors.SignInWithPassword(r.Context(), r.Scope.Form(),
		factor.Typed{Email: v.Email, Password: typed, Client: p.client(r)},
		account.Entry{Device: web.Device(r.UserAgent()), Next: v.Next})
	if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Forbidden {
		v.Problems = fault.ProblemsOf(err)
		v.Problems.If(v.Problems == nil, "password", "%s", err)
		return r.Refuse(w, signInPasswordPage(v))
	}
	if err != nil {
		return err
	}
	return account.Welcome(w, r, p.Account, started, v.Next)
}
