// Package registrationtest is a house to test registrations in: a real database
// with two employers, a national body and their people, the store, and entries
// to register. The year of every entry begins on 1 September 2026, and the day
// is that of [dbtest.Start].
package registrationtest

import (
	"context"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

// The people of the house: the coordinators of two employers, and the national
// team.
var (
	Ours = tenant.SignedIn("co-a", "a", asye.Coordinator)
	Them = tenant.SignedIn("co-b", "b", asye.Coordinator)
	Team = tenant.SignedIn("nat", "national", asye.National)
)

var ctx = context.Background()

// House is the database and the store of registrations on it.
type House struct {
	*registration.Store
	DB *db.DB
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
	catalogue, err := programme.Embedded()
	Must(t, err)
	people := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	h := House{registration.NewStore(d, catalogue, people, people), d}
	h.Employer(t, "a", "301", "Ashford")
	h.Employer(t, "b", "302", "Barnwell")
	h.organisation(t, "national", "NAT", "National body", asye.NationalBody)
	h.Member(t, Team)
	return h
}

// Employer adds a local authority and its coordinator, whose scope it gives:
// the employer c has the coordinator co-c.
func (h House) Employer(t testing.TB, id asye.OrganisationID, code, name string) tenant.Scope {
	t.Helper()
	h.organisation(t, id, code, name, asye.LocalAuthority)
	coordinator := tenant.SignedIn(asye.PersonID("co-"+id), id, asye.Coordinator)
	h.Member(t, coordinator)
	return coordinator
}

func (h House) organisation(t testing.TB, id asye.OrganisationID, code, name string, kind asye.EmployerType) {
	t.Helper()
	h.Run(t, `insert into organisations (id, code, name, type, opened_on, search_text)
		values ($1, $2, $3, $4, '2000-01-01', $5)`, string(id), code, name, string(kind), asye.Fold(name))
}

// Member adds somebody with their role.
func (h House) Member(t testing.TB, who tenant.Scope) {
	t.Helper()
	person, org := string(who.Person()), string(who.Org())
	h.Run(t, `insert into people (id, given_name, family_name, sort_name, search_text, created_at)
		values ($1, 'Co', $2, 'co', 'co', '2026-01-01T00:00:00Z')`, person, org)
	h.Run(t, `insert into memberships (id, person_id, org_id, role, starts_on)
		values ($1, $2, $3, $4, '2020-01-01')`, "m-"+person, person, org, string(who.Role()))
}

// Run runs a statement, for what other capabilities would do.
func (h House) Run(t testing.TB, statement string, args ...any) {
	t.Helper()
	Must(t, h.DB.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	}))
}

// Count counts the rows of a table, or of a table and a condition.
func (h House) Count(t testing.TB, from string, args ...any) int {
	t.Helper()
	var n int
	Must(t, h.DB.QueryRow(ctx, `select count(*) from `+from, args...).Scan(&n))
	return n
}

// Must fails the test on an error, for steps that only lead up to the point.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
