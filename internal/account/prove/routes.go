package prove

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"github.com/a-h/templ"
)

var (
	everyone = access.Door.ForEveryone()
	signedIn = access.OwnAccount.ForSignedIn().Early()
)

// Deps is what the pages work with.
type Deps struct {
	Account *account.Store
	Factors *factor.Store
	Held    *held.Store
}

type pages struct{ Deps }

// Mount puts the pages on the mux, and the gate before every form. Where the
// service has no passkeys or no passwords, their pages answer that there is none.
func Mount(m *web.Mux, d Deps) {
	p := &pages{d}
	m.Guard(&Gate{d})
	m.Act(paths.SignInPasskeyBegin(), everyone, web.Passing, p.signInBegin)
	m.Act(paths.SignInPasskey(), everyone, web.Once, p.signInPasskey)
	m.Act(paths.SecondStepBegin(), everyone, web.Passing, p.secondBegin)
	m.Act(paths.ProveBegin(), signedIn, web.Passing, p.proveBegin)
	m.Form(paths.SignInPassword(), everyone, web.Plain, web.Once, p.signInPassword)
	m.Form(paths.SecondStep(), everyone, web.Plain, web.Once, p.secondStep)
	m.Form(paths.SecondNeeded(), signedIn, web.Plain, web.Passing, p.secondNeeded)
	m.Form(paths.Kept(), signedIn, web.Plain, web.Passing, p.kept)
	m.Act(paths.ExtendSession(), signedIn, web.Passing, p.extend)
}

// Ways are the other ways to sign in, for the sign-in page.
func Ways(f *factor.Store) []account.SignIn {
	var out []account.SignIn
	if f.HasPasskeys() {
		out = append(out, func(token, next string) templ.Component {
			return ui.PasskeyForm(ui.PasskeyOptions{Action: paths.SignInPasskey(), Token: token, Begin: paths.SignInPasskeyBegin(),
				Heading: "If you have a passkey", Button: "Sign in with a passkey", Kind: ui.Secondary,
				Hidden: []ui.HiddenField{{Name: "next", Value: next}}})
		})
	}
	if f.HasPasswords() {
		out = append(out, func(_, next string) templ.Component { return passwordWay(next) })
	}
	return out
}

// session is the session that a request comes with.
func (d Deps) session(ctx context.Context, r *web.Request) (account.Session, error) {
	one, _, err := d.Account.Session(ctx, account.SessionToken(r.Request, d.Account))
	return one, err
}

// client is the network that a request comes from.
func (d Deps) client(r *web.Request) string {
	return web.Network(r.Request, web.Proxy(d.Account.Settings().BehindProxy))
}
