package app

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/provider/providertest"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
)

// directorySite serves an empty service with its first administrator, Femi, a
// real directory beside it, and another that is down.
func directorySite(t *testing.T) *site {
	t.Helper()
	unlessShort(t)
	server := httptest.NewUnstartedServer(nil)
	addr := server.Listener.Addr().String()
	d := providertest.Start(t, "http://"+addr+paths.DirectoryBack(ownDirectory), map[string]providertest.Claims{
		"femi":  {"email": "femi@northshire.gov.uk", "email_verified": true},
		"femi2": {"preferred_username": "femi-on-call"},
		"new":   {"email": "nia@northshire.gov.uk", "email_verified": true},
	}, true)
	folder := t.TempDir()
	down := "issuer = http://127.0.0.1:1\nclient_id = asye\nname = Southshire Council\n"
	if err := os.WriteFile(filepath.Join(folder, "southshire.conf"), []byte(down), 0o600); err != nil {
		t.Fatal(err)
	}
	v := must(t, given{flags: map[string]string{"database": filepath.Join(t.TempDir(), "asye.db"), "addr": addr,
		"oidc_issuer": d.Issuer, "oidc_client_id": providertest.ClientID, "oidc_client_secret": providertest.ClientSecret,
		"oidc_name": "Northshire Council", "oidc_domains": "northshire.gov.uk", "oidc_folder": folder}}.read)
	cfg, err := understand(v)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), cfg, clock.Real(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	code := must(t, func() (string, error) { return s.account.SetupCode(t.Context()) })
	if _, err := s.account.SetUp(t.Context(), nil, account.SetUp{Code: code,
		Org: account.FirstOrganisation{Name: "Programme Office", Type: asye.NationalBody, Code: "OFFICE"},
		Who: asye.Identity{GivenName: "Femi", FamilyName: "Adeola", Email: "femi@northshire.gov.uk"}}, s.addFirst); err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = s.handler()
	server.Start()
	t.Cleanup(func() { server.CloseClientConnections(); server.Close(); s.close() })
	return &site{s, "http://" + addr}
}

func TestJourneyDirectory(t *testing.T) {
	t.Parallel()
	s := directorySite(t)
	there := func(b *tab, login string) {
		t.Helper()
		b.fill("login", login)
		b.fill("password", "anything")
		b.press("Sign-in")
		for !strings.HasPrefix(js[string](b, `location.href`), s.at) {
			b.press("Continue")
		}
	}
	b := newTab(t, s)
	b.open("/admin/people")
	b.see("Sign in with Northshire Council", "Or by e-mail", "Send me a link")
	b.picture("sign-in-directory")
	b.accessible()
	b.press("Sign in with Northshire Council")
	there(b, "femi")
	b.see("People and roles", "Femi Adeola")
	if b.path() != "/admin/people" {
		t.Errorf("signing in led to %s, not to the page that was asked for", b.path())
	}
	b.open("/account")
	b.press("Your organisation’s sign-in")
	b.see("Northshire Council", "femi@northshire.gov.uk")
	b.picture("directory-accounts")
	b.accessible()
	b.press("Disconnect")
	b.see("The account is disconnected")
	b.open(paths.AccountDirectories())
	b.press("Connect your account at Northshire Council")
	b.see("Connect this account?", "femi@northshire.gov.uk", "Femi Adeola")
	b.picture("directory-offer")
	b.accessible()
	b.press("Connect femi@northshire.gov.uk")
	b.see("The account is connected")
	id := s.ask(t, `select id from people where email = 'femi@northshire.gov.uk'`)
	b.open(paths.AdminPerson(asye.PersonID(id)))
	b.press("Organisation’s sign-in")
	b.see("Northshire Council", "On the page of the account’s owner here")
	b.picture("directory-admin")
	b.accessible()

	unknown := newTab(t, s)
	unknown.open("/sign-in")
	unknown.press("Sign in with Northshire Council")
	there(unknown, "new")
	unknown.see("You cannot sign in with this account", "nia@northshire.gov.uk", "What you can do")
	unknown.picture("directory-unknown")
	unknown.accessible()
	unknown.press("Use another account")
	there(unknown, "femi")
	unknown.see("Femi Adeola")

	// The other organisation's directory is down.
	b = newTab(t, s)
	b.open("/sign-in")
	b.press("Sign in with Southshire Council")
	b.see("This sign-in does not answer", "The sign-in of Southshire Council does not answer at the moment")
	b.picture("directory-away")
	b.accessible()
	b.press("Have a link sent to you")
	b.see("Send me a link")
}
