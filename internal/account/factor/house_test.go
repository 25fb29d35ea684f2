package factor_test

import (
	"context"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/passkey/passkeytest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

const (
	origin = "https://asye.example.org"
	client = "192.0.2.1"
	mary   = "mary@example.org"
)

// house is a house of people with something to show.
type house struct {
	accounttest.House
	f *factor.Store
}

// settings are those of a service at an address for which passkeys are made, with
// passwords, and with a second step for administrators.
func settings() account.Settings {
	s := account.DefaultSettings()
	s.BaseURL, s.Passwords, s.SecondFor = origin, true, []asye.Role{asye.Administrator}
	return s
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, on(t, d, settings())) })
}

func on(t testing.TB, d *db.DB, s account.Settings) house {
	t.Helper()
	h := house{House: accounttest.On(t, d, s)}
	h.f = factor.NewStore(d, h.Store, h.Outbox, tries.NewStore(d, h.Store, tries.DefaultBudget()))
	return h
}

// person is somebody signed in.
type person struct {
	id     asye.PersonID
	scope  tenant.Scope
	token  string
	device *passkeytest.Device
	app    onetime.Secret
}

// coordinator puts a coordinator on record who has signed in by a link.
func (h house) coordinator(t testing.TB, name, email string) *person {
	t.Helper()
	return h.signedIn(t, name, email, asye.Coordinator)
}

func (h house) signedIn(t testing.TB, name, email string, role asye.Role) *person {
	t.Helper()
	p := &person{id: h.Person(t, name, email, accounttest.As(accounttest.Kent, role))}
	p.scope = tenant.SignedIn(p.id, accounttest.Kent, role)
	p.token = h.open(t, email).Token
	return p
}

// open uses a link.
func (h house) open(t testing.TB, email string) account.Started {
	t.Helper()
	started, err := h.Open(context.Background(), nil, h.Link(t, email), account.Entry{Device: "Firefox on Linux"})
	must(t, err)
	return started
}

// withPasskey gives a person a passkey.
func (h house) withPasskey(t testing.TB, p *person) *person {
	t.Helper()
	p.device = passkeytest.New(t, origin)
	asked, err := h.f.AskNewPasskey(t.Context(), p.scope)
	must(t, err)
	started, err := h.f.AddPasskey(t.Context(), p.scope, p.token, factor.NewPasskey{Name: "My phone", Device: "Safari on iPhone",
		Shown: factor.Shown{Way: account.ByPasskey, Ceremony: asked.ID, Passkey: p.device.Make(asked.Options)}})
	must(t, err)
	p.token = started.Token
	return p
}

// withApp gives a person an authenticator app.
func (h house) withApp(t testing.TB, p *person) *person {
	t.Helper()
	must(t, h.f.StartApp(t.Context(), p.scope))
	pending, err := h.f.PendingApp(t.Context(), p.scope)
	must(t, err)
	started, err := h.f.ConfirmApp(t.Context(), p.scope, p.token, factor.Shown{Code: h.code(pending.Secret), Client: client})
	must(t, err)
	p.token, p.app = started.Token, pending.Secret
	h.Clock.Move(2 * time.Minute) // that code is used
	return p
}

// withPassword gives a person a password.
func (h house) withPassword(t testing.TB, p *person, text string) *person {
	t.Helper()
	started, err := h.f.SetPassword(t.Context(), p.scope, p.token, text)
	must(t, err)
	p.token = started.Token
	return p
}

// code is what an app shows now.
func (h house) code(s onetime.Secret) string { return s.Code(h.Clock.Now().Time()) }

func (h house) live(t testing.TB, token string) bool {
	t.Helper()
	_, found, err := h.Session(t.Context(), token)
	must(t, err)
	return found
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused expects a refusal beside a field.
func refused(t testing.TB, what, field string, err error) {
	t.Helper()
	if fault.ProblemsOf(err).For(field) == "" {
		t.Errorf("%s: %v, want a problem with %s", what, err, field)
	}
}

func kind(t testing.TB, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s: %v", what, err)
	}
}

// lately is the texts of the letters that were sent since there were n.
func (h house) lately(t testing.TB, n int) []string {
	t.Helper()
	var out []string
	all := h.Letters(t)
	for _, l := range all[:len(all)-n] {
		out = append(out, l.Body)
	}
	return out
}

// national is an administrator of the national body.
func national(t testing.TB, h house) tenant.Scope {
	t.Helper()
	id := h.Person(t, "Nat Admin", "nat@example.org", accounttest.As(accounttest.National, asye.Administrator))
	return tenant.SignedIn(id, accounttest.National, asye.Administrator)
}
