// Package equalitytest puts registrations with their outcomes and equality
// answers into a database, as other capabilities would.
package equalitytest

import (
	"context"
	"fmt"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// Record is a registration with everything that is counted about it.
type Record struct {
	Cohort           asye.Cohort
	Employer         string // as [World.Employer] made it
	Programme        string // child and family when empty
	Result           string
	Concerns         string // at a withdrawal: no, when empty
	Deferrals        int
	StartsOn, BornOn asye.Date
	Route            string
	Sex              string
	EthnicGroup      string
	EthnicBackground string
	Disability       string
}

// World inserts records in one transaction.
type World struct {
	t  *testing.T
	tx *db.Tx
	n  int
}

// Build lets a function fill a database.
func Build(t *testing.T, d *db.DB, do func(*World)) {
	t.Helper()
	err := d.Keep(context.Background(), func(tx *db.Tx) error {
		w := &World{t: t, tx: tx}
		if err := tx.QueryRow(context.Background(), `select count(*) from people`).Scan(&w.n); err != nil {
			return err
		}
		do(w)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Exec runs a statement.
func (w *World) Exec(statement string, args ...any) {
	w.t.Helper()
	if _, err := w.tx.Exec(context.Background(), statement, args...); err != nil {
		w.t.Fatal(err)
	}
}

// Employer makes an organisation, whose name and code are its identifier.
func (w *World) Employer(id string, kind asye.EmployerType, region string) {
	w.Exec(`insert into organisations (id, code, name, type, region, opened_on, search_text)
		values ($1, $1, $1, $2, $3, '2012-04-01', $1)`, id, string(kind), region)
}

// Add gives the person's identifier, which is also that of the enrolment.
func (w *World) Add(r Record) asye.PersonID {
	w.n++
	id := fmt.Sprintf("p%05d", w.n)
	const at = "2021-01-01T00:00:00.000000Z"
	if r.Programme == "" {
		r.Programme = "child-and-family"
	}
	if r.StartsOn.IsZero() {
		r.StartsOn = asye.NewDate(int(r.Cohort), 9, 1)
	}
	w.Exec(`insert into people (id, given_name, family_name, sort_name, search_text, created_at)
		values ($1, 'Grace', 'Okafor', 'okafor', 'okafor', $2)`, id, at)
	w.Exec(`insert into nqsws (person_id, date_of_birth, entry_route) values ($1, $2, $3)`, id, r.BornOn, r.Route)
	w.Exec(`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
		values ($1, $1, $1, $2, $3, '1', $4, $5, $5, true, $6)`, id, r.Employer, r.Programme, int(r.Cohort), r.StartsOn, at)
	for n := range r.Deferrals {
		from := r.StartsOn.AddMonths(2 * n)
		w.Exec(`insert into pauses (id, enrolment_id, starts_on, ends_on, reason, recorded_at) values ($1, $2, $3, $4, 'sickness', $5)`,
			fmt.Sprintf("%s-%d", id, n), id, from, from.AddMonths(1), at)
	}
	if r.Result != "" {
		concerns := r.Concerns
		if concerns == "" {
			concerns = "no"
		}
		w.Exec(`insert into outcomes (id, enrolment_id, result, decided_on, told_on, reason, concerns, recorded_at)
			values ($1, $1, $2, $3, $3, 'r', $4, $5)`, id, r.Result, r.StartsOn.AddMonths(12), concerns, at)
	}
	if r.Sex != "" || r.EthnicGroup != "" || r.Disability != "" {
		w.Exec(`insert into equality_answers (person_id, sex, ethnic_group, ethnic_background, disability, answered_on)
			values ($1, $2, $3, $4, $5, '2020-09-01')`, id, r.Sex, r.EthnicGroup, r.EthnicBackground, r.Disability)
	}
	return asye.PersonID(id)
}
