package home_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// Nothing waits for an analyst or a director: their home page does not say that
// it does.
func TestHomeIsTitledByRole(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	for _, role := range asye.Roles() {
		title := "What needs you today"
		if role == asye.Analyst || role == asye.Director {
			title = "What you can look at"
		}
		open(t, d, role).Get("/home").Is(200, title).Titled(title)
	}
}

// A look-up leads to the employer and says whom to ask there.
func TestFindByNameLeadsToTheEmployer(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		for _, statement := range []string{
			`insert into organisations (id, code, name, type, opened_on, search_text, contact_name, contact_email, contact_phone) values
				('a', '301', 'Ashford', 'local_authority', '2000-01-01', 'ashford', 'Con Tact', 'con@example.org', '01632 960000')`,
			`insert into people (id, given_name, family_name, sort_name, search_text, created_at) values
				('p', 'Amara', 'Okafor', 'okafor amara', 'amara okafor', '2026-01-01T00:00:00Z')`,
			`insert into nqsws (person_id, regulator_number) values ('p', 'SW1234')`,
			`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
				values ('e', 'ASYE-AAAA-BBBB', 'p', 'a', 'child-and-family', '2026', 2026, '2026-09-01', '2027-09-01', true, '2026-09-01T00:00:00Z')`,
		} {
			if _, err := tx.Exec(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, d, asye.National)
	b.Get("/find?q=okafor").Is(200, "Amara Okafor", "Showing 1 registration", "Not yet", "Con Tact, 01632 960000", "Whom to ask").
		Has(`href="/employers/a"`, `href="mailto:con@example.org"`).Lacks("Running")
	b.Get("/find?q=ok").Is(200, "Type at least three letters of a name")
	b.Get("/find?q=nobody").Is(200, "no NQSW has a name like it")
	open(t, d, asye.Coordinator).Get("/find?q=okafor").Is(403)
}
