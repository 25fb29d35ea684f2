// Package granttest is a house to test grants in: a real database with two
// employers, their coordinators and directors, and two of the national team, and
// the stores of registrations, entitlements, claims and statements as the
// service joins them.
package granttest

import (
	"context"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/schema"
)

// The people of the house beside those of registrationtest: the directors of
// both employers, and a second of the national team.
var (
	Ours     = registrationtest.Ours
	Them     = registrationtest.Them
	Team     = registrationtest.Team
	Director = tenant.SignedIn("di-a", "a", asye.Director)
	Another  = tenant.SignedIn("di-b", "b", asye.Director)
	Second   = tenant.SignedIn("nat-2", "national", asye.National)
)

// Scheme is the scheme that the years of the house are paid by.
const Scheme = "child-and-family-2026-27"

var ctx = context.Background()

// House is the database and the stores on it.
type House struct {
	registrationtest.House
	Grants     *grant.Store
	Claims     *claim.Store
	Statements *statement.Store
}

// Each runs a test in a house of its own on each engine.
func Each(t *testing.T, run func(t *testing.T, h House)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) { run(t, New(t, d)) })
}

// OnSQLite is one house, for a test to which the engine makes no difference.
func OnSQLite(t testing.TB) House {
	t.Helper()
	return New(t, dbtest.OpenSQLite(t, schema.All()))
}

// New moves into a database that has a schema and nothing else.
func New(t testing.TB, d *db.DB) House {
	t.Helper()
	h := House{House: registrationtest.New(t, d)}
	b, err := grant.Load(grant.Files())
	registrationtest.Must(t, err)
	h.Grants, h.Statements = grant.NewStore(d, b), statement.NewStore(d, b)
	h.Claims = claim.NewStore(d, h.Grants, h.Statements)
	for _, who := range []tenant.Scope{Director, Another, Second} {
		h.Member(t, who)
	}
	return h
}

// At puts the clock of the house at an instant, written like 2026-11-25T09:00:00Z.
func (h House) At(t testing.TB, text string) {
	t.Helper()
	to, err := time.Parse(time.RFC3339, text)
	registrationtest.Must(t, err)
	c := h.DB.Clock().(*clock.Stopped)
	c.Move(to.Sub(c.Now().Time()))
}

// Checked is a registration of an employer whose NQSW was found in the
// regulator's register.
func (h House) Checked(t testing.TB, scope tenant.Scope, n int, edit ...func(*registration.Entry)) registration.Record {
	t.Helper()
	r := h.Register(t, scope, registrationtest.Entry(n, edit...))
	h.Check(t, r.Person, r.StartsOn)
	return r
}

// Check notes that the register was looked at on a day and raised no question.
func (h House) Check(t testing.TB, person asye.PersonID, on asye.Date) {
	t.Helper()
	h.Run(t, `insert into register_checks (id, person_id, number, checked_on, result, source, recorded_at) values ($1, $2, 'SW1', $3, 'registered', 'test', $4)`,
		h.DB.Clock().NewID(), string(person), on, h.DB.Clock().Now())
}

// Conditions shows every condition of the scheme to be met by an employer.
func (h House) Conditions(t testing.TB, scope tenant.Scope) {
	t.Helper()
	s, _ := h.Grants.Book().Get(Scheme)
	for _, c := range s.Conditions {
		registrationtest.Must(t, h.Claims.Meet(ctx, scope, Scheme, c.Key, c.Key+".pdf", []byte("%PDF")))
	}
}

// Sent is a claim of all that is due to an employer, signed by its director and
// submitted.
func (h House) Sent(t testing.TB, coordinator, director tenant.Scope) claim.Claim {
	t.Helper()
	id, err := h.Claims.Start(ctx, coordinator, Scheme)
	registrationtest.Must(t, err)
	h.Sign(t, director, id)
	c := h.Claim(t, coordinator, id)
	registrationtest.Must(t, h.Claims.Submit(ctx, coordinator, id, c.Version))
	return h.Claim(t, coordinator, id)
}

// Sign signs a draft as it is.
func (h House) Sign(t testing.TB, director tenant.Scope, id string) {
	t.Helper()
	c, _, err := h.Claims.Open(ctx, director, id)
	registrationtest.Must(t, err)
	registrationtest.Must(t, h.Claims.Sign(ctx, director, id, c.Hash, c.Version))
}

// Claim is a claim that somebody may see.
func (h House) Claim(t testing.TB, scope tenant.Scope, id string) claim.Claim {
	t.Helper()
	c, err := h.Claims.Get(ctx, scope, id)
	registrationtest.Must(t, err)
	return c
}

// Accepted is a claim of all that is due to an employer, every line of it
// accepted.
func (h House) Accepted(t testing.TB, coordinator, director tenant.Scope) claim.Claim {
	t.Helper()
	c := h.Sent(t, coordinator, director)
	registrationtest.Must(t, h.Claims.Answer(ctx, Team, c.ID, c.Version, nil))
	return h.Claim(t, coordinator, c.ID)
}

// PaidOn closes what is open, has two people approve it, and pays it on a day.
func (h House) PaidOn(t testing.TB, on asye.Date) statement.Batch {
	t.Helper()
	back := h.DB.Clock().Now()
	h.At(t, on.ISO()+"T09:00:00Z") // nothing is paid before it was authorised
	defer h.At(t, back.Time().Format(time.RFC3339))
	_, err := h.Statements.Close(ctx, Team, Scheme)
	registrationtest.Must(t, err)
	id, err := h.Statements.Prepare(ctx, Team, Scheme)
	registrationtest.Must(t, err)
	for _, who := range []tenant.Scope{Team, Second} {
		b := h.Batch(t, id)
		registrationtest.Must(t, h.Statements.Approve(ctx, who, id, b.Hash, b.Version))
	}
	registrationtest.Must(t, h.Statements.Pay(ctx, Team, id, h.Batch(t, id).Version, on))
	return h.Batch(t, id)
}

// Batch is a batch of payments.
func (h House) Batch(t testing.TB, id string) statement.Batch {
	t.Helper()
	b, err := h.Statements.Batch(ctx, Team, id)
	registrationtest.Must(t, err)
	return b
}
