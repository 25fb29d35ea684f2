package account_test

import (
	"context"
	"testing"

	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
)

// registered gives Nia a year at Kent, and a line about it.
func registered(t *testing.T, s *service, c cast) {
	t.Helper()
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `insert into nqsws (person_id) values ($1)`, string(c.nia)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
			values ('year', 'ASYE-AAAA-BBBB', $1, 'kent', 'child-and-family', '2026', 2026, '2026-09-01', '2027-09-01', true, $2)`,
			string(c.nia), tx.Now())
		return err
	})
	err := s.write(c.kentAdmin, func(ctx context.Context, tx *db.Tx) error {
		line := db.Line{What: "registration.transferred", Kind: "enrolment", ID: "year",
			Before: map[string]any{"employer": leeds}, After: map[string]any{"employer": kent, "coordinator": c.mary, "other": c.lee}}
		if err := tx.Audit(ctx, c.kentAdmin, line); err != nil {
			return err
		}
		return tx.Audit(ctx, c.kentAdmin, db.Line{What: "employer.changed", Kind: "organisation", ID: string(kent)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAuditLinesNameTheirRecords(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		registered(t, s, c)
		find := func(f trail.Filter) []trail.Line {
			t.Helper()
			lines, _, err := s.trail().List(t.Context(), c.kentAdmin, f)
			if err != nil || len(lines) == 0 {
				t.Fatalf("%+v: %v, %v", f, lines, err)
			}
			return lines
		}
		moved := find(trail.Filter{What: "transferred"})[0]
		if moved.About != "Nia New" || moved.Reference != "ASYE-AAAA-BBBB" {
			t.Errorf("the registration is called %q, %q", moved.About, moved.Reference)
		}
		if moved.Names[string(leeds)] != "Leeds" || moved.Names[string(kent)] != "Kent" || moved.Names[string(c.mary)] != "Mary Jones" {
			t.Errorf("the names are %v", moved.Names)
		}
		if name, told := moved.Names[string(c.lee)]; told {
			t.Errorf("ACC-12 Kent's administrator is told of %s", name)
		}
		if about := find(trail.Filter{What: "employer.changed"})[0].About; about != "Kent" {
			t.Errorf("the organisation is called %q", about)
		}
		// A person and their registrations are one thing to whoever asks.
		for _, record := range []string{string(c.nia), "year"} {
			seen := map[string]bool{}
			for _, l := range find(trail.Filter{Record: record}) {
				seen[l.What] = true
			}
			if !seen["registration.transferred"] || !seen["account.joined"] {
				t.Errorf("of the record %s there is %v", record, seen)
			}
		}
		if lines := find(trail.Filter{What: "nothing like it", Called: []string{"registration.transferred"}}); len(lines) != 1 {
			t.Errorf("%d lines are called so", len(lines))
		}
	})
}

func TestAuditPageReadsAsFacts(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	registered(t, s.service, c)
	v := s.as(t, "kate@example.org")
	v.Get(paths.AdminAudit()+"?what=moved+to+another").Is(200, "Moved to another employer", "Registration: Nia New ASYE-AAAA-BBBB",
		"Employer: Leeds became Kent", "Coordinator: Mary Jones").Lacks("Núñez", "became nothing")
	v.Get(paths.AdminAudit()+"?record=year").Is(200, "These are the lines about one record: Registration: Nia New", "Role given", "Role: NQSW")
	v.Get(paths.AdminAudit()+"?what=role+given").Is(200, "Role given").Lacks("Moved to another employer")
}
