package registration

import (
	"context"
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// EnterPast brings in a year from older records, within a transaction for
// files of many. A year that has ended lets nobody in and invites nobody.
func (s *Store) EnterPast(ctx context.Context, tx *db.Tx, scope tenant.Scope, p Past) (Added, error) {
	if err := within(scope); err != nil {
		return Added{}, err
	}
	r, registered, err := Bring(p, s.catalogue, s.today())
	if err != nil {
		return Added{}, err
	}
	person, err := s.addNQSW(ctx, tx, scope, p.Entry)
	if err != nil {
		return Added{}, err
	}
	id := tx.NewID()
	r.ID, r.Reference, r.Person, r.Org = asye.EnrolmentID(id), reference(id), person, scope.Org()
	if err := s.enterYear(ctx, tx, r, registered); err != nil {
		return Added{}, clash(err)
	}
	if err := s.enterEvents(ctx, tx, r); err != nil {
		return Added{}, clash(err)
	}
	if err := enterSteps(ctx, tx, r, p); err != nil {
		return Added{}, clash(err)
	}
	if r.EndsOn.IsZero() {
		if err := s.members.Join(ctx, tx, scope, person, scope.Org(), asye.NQSW, p.StartsOn); err != nil {
			return Added{}, err
		}
	}
	added := Added{ID: r.ID, Reference: r.Reference, Person: person}
	return added, tx.Audit(ctx, scope, db.Line{What: "registration.broughtIn", Kind: "enrolment", ID: id, On: p.StartsOn,
		After: map[string]any{"reference": r.Reference, "starts_on": p.StartsOn, "ends_on": r.EndsOn, "pauses": len(p.Pauses)}})
}

// enterYear writes the enrolment and its periods, ended where the year has.
func (s *Store) enterYear(ctx context.Context, tx *db.Tx, r Record, with Registered) error {
	id := string(r.ID)
	_, err := tx.Exec(ctx, `
		insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on,
			ends_on, due_on, team, funded, recorded_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		id, r.Reference, string(r.Person), string(r.Org), with.Version.Programme, with.Version.Version,
		int(asye.CohortOf(r.StartsOn)), r.StartsOn, r.EndsOn, r.Schedule(s.today()).End, with.Team, with.Verdict.Funded, tx.Now())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into employments (id, person_id, org_id, starts_on, ends_on) values ($1, $2, $3, $4, $5)`,
		tx.NewID(), string(r.Person), string(r.Org), r.StartsOn, r.EndsOn)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into working_patterns (id, enrolment_id, starts_on, ends_on, hours, full_time_hours)
		values ($1, $2, $3, $4, $5, $6)`, tx.NewID(), id, r.StartsOn, r.EndsOn, int(with.Hours), int(with.FullTimeHours))
	if err != nil {
		return err
	}
	if with.AssessorName != "" {
		_, err = tx.Exec(ctx, `
			insert into assessor_allocations (id, enrolment_id, assessor_name, assessor_email, starts_on, ends_on)
			values ($1, $2, $3, $4, $5, $6)`, tx.NewID(), id, with.AssessorName, with.AssessorEmail, r.StartsOn, r.EndsOn)
		if err != nil {
			return err
		}
	}
	evidence, err := json.Marshal(with.Verdict.Evidence)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into eligibility_evidence (enrolment_id, evidence, recorded_at) values ($1, $2, $3)`,
		id, string(evidence), tx.Now())
	return err
}

// enterEvents writes the pauses, extensions and the outcome.
func (s *Store) enterEvents(ctx context.Context, tx *db.Tx, r Record) error {
	id := string(r.ID)
	for _, p := range r.Pauses {
		_, err := tx.Exec(ctx, `
			insert into pauses (id, enrolment_id, starts_on, ends_on, expected_return_on, reason, note, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.NewID(), id, p.Period.Start, p.Period.End, p.ExpectedReturn,
			p.Reason, p.Note, tx.Now())
		if err != nil {
			return err
		}
	}
	for _, e := range r.Extensions {
		_, err := tx.Exec(ctx, `
			insert into extensions (id, enrolment_id, months, days, reason, note, approver, approved_on, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, tx.NewID(), id, e.Months, e.Days, e.Reason, e.Note, e.Approver,
			e.ApprovedOn, tx.Now())
		if err != nil {
			return err
		}
	}
	for _, o := range r.Outcomes {
		_, err := tx.Exec(ctx, `
			insert into outcomes (id, enrolment_id, result, decided_on, told_on, reason, concerns, note, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, tx.NewID(), id, string(o.Result), o.DecidedOn, o.ToldOn, o.Reason,
			o.Concerns, o.Note, tx.Now())
		if err != nil {
			return err
		}
	}
	return nil
}

// enterSteps writes who coordinates, and how far the NQSW's own part has come.
func enterSteps(ctx context.Context, tx *db.Tx, r Record, p Past) error {
	if p.Coordinator != "" {
		_, err := tx.Exec(ctx, `
			insert into coordinator_allocations (id, enrolment_id, person_id, starts_on, ends_on) values ($1, $2, $3, $4, $5)`,
			tx.NewID(), string(r.ID), string(p.Coordinator), r.StartsOn, r.EndsOn)
		if err != nil {
			return err
		}
	}
	if p.InvitedAt.IsZero() && p.ConfirmedAt.IsZero() {
		return nil
	}
	_, err := tx.Exec(ctx, `update nqsws set invited_at = $1, confirmed_at = $2 where person_id = $3`,
		p.InvitedAt, p.ConfirmedAt, string(r.Person))
	return err
}
