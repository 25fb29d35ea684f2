package own

import (
	"net/http"

	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type appView struct {
	ui.Page
	Since   asye.Instant // when an app was set up; zero where there is none
	Secret  string       // in groups, for typing
	Address string       // what an app on the same device opens
	Code    string
}

func (v appView) on() string { return day(v.Since) }

// appStart tells what an authenticator app is, and makes its secret.
func (p *pages) appStart(w http.ResponseWriter, r *web.Request) error {
	if r.Posted() {
		if err := p.factors.StartApp(r.Context(), r.Scope); err != nil {
			return err
		}
		return r.SeeOther(w, paths.AppNew())
	}
	h, err := p.factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := appView{Page: r.Page("Authenticator app"), Since: h.App}
	v.Back = backToAccount()
	return r.Render(w, appPage(v))
}

// appNew shows what the app has to be told, and takes a code from it.
func (p *pages) appNew(w http.ResponseWriter, r *web.Request) error {
	pending, err := p.factors.PendingApp(r.Context(), r.Scope)
	if fault.KindOf(err) == fault.NotFound {
		return r.LeadBack(w, paths.AppStart())
	}
	if err != nil {
		return err
	}
	v := appView{Page: r.Page("Set up your app"), Secret: pending.Secret.Grouped(), Address: pending.Address, Code: r.Value("code")}
	v.Back = &ui.Link{Text: "Back", Href: paths.AppStart()}
	if !r.Posted() {
		return r.Render(w, appNewPage(v))
	}
	started, err := p.factors.ConfirmApp(r.Context(), r.Scope, p.token(r),
		factor.Shown{Code: v.Code, Client: web.Network(r.Request, web.Proxy(p.account.Settings().BehindProxy))})
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, appNewPage(v))
	}
	if err != nil {
		return err
	}
	return p.next(w, r, started)
}

// appPicture is the picture that the app reads. It is served like any other, since
// pages may not hold pictures within themselves.
func (p *pages) appPicture(w http.ResponseWriter, r *web.Request) error {
	pending, err := p.factors.PendingApp(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	picture, err := onetime.Picture(pending.Address)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, err = w.Write(picture)
	return err
}

// appRemove forgets the app.
func (p *pages) appRemove(w http.ResponseWriter, r *web.Request) error {
	started, err := p.factors.RemoveApp(r.Context(), r.Scope, p.token(r))
	if err != nil {
		return err
	}
	return p.changed(w, r, started, "The app has been removed", "Its codes are no longer asked for. You can delete the entry in the app.")
}
