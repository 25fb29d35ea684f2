package own

import (
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

// What one can show is set up before the second step that a role may need, and
// changed only by somebody who has shown lately that it is them.
var (
	signedIn = access.OwnAccount.ForSignedIn()
	early    = signedIn.Early()
	deciding = early.Fresh()
)

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

type pages struct {
	account *account.Store
	factors *factor.Store
}

// Mount puts the pages on the mux.
func Mount(m *web.Mux, s *account.Store, f *factor.Store) {
	p := &pages{s, f}
	m.Act(paths.SignOut(), early, web.Passing, p.signOut)
	m.Page(paths.SignedOut(), access.Door.ForEveryone(), web.Plain, p.signedOut)
	m.Form(paths.Roles(), early, web.Plain, web.Once, p.roles)
	m.Page(paths.Account(), signedIn, web.Plain, p.show)
	m.Act(paths.EndSession(), signedIn, web.Once, p.endSession)
	m.Act(paths.SignOutEvery(), early, web.Once, p.signOutEverywhere)
	m.Form(paths.PasskeyNew(), deciding, web.Plain, web.Once, p.passkeyNew)
	m.Act(paths.PasskeyBegin(), deciding, web.Passing, p.passkeyBegin)
	m.Form(placeholders.Replace(paths.Passkey("{id}")), signedIn, web.Plain, web.Once, p.passkeyEdit)
	m.Act(placeholders.Replace(paths.PasskeyRemove("{id}")), deciding, web.Once, p.passkeyRemove)
	m.Form(paths.AppStart(), deciding, web.Plain, web.Passing, p.appStart)
	m.Form(paths.AppNew(), early, web.Plain, web.Once, p.appNew)
	m.Page(paths.AppPicture(), early, web.Plain, p.appPicture)
	m.Act(paths.AppRemove(), deciding, web.Once, p.appRemove)
	m.Form(paths.PrintedCodes(), deciding, web.Plain, web.Once, p.printedNew)
	m.Form(paths.Password(), deciding, web.Plain, web.Once, p.passwordEdit)
	m.Act(paths.PasswordRemove(), deciding, web.Once, p.passwordRemove)
}
