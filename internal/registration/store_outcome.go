package registration

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Decide records how the year ended. The enrolment and every period of it end
// the day after.
func (s *Store) Decide(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, o Outcome) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		return s.decide(ctx, tx, r, o)
	})
}

func (s *Store) decide(ctx context.Context, tx *db.Tx, r Record, o Outcome) (change, error) {
	if err := r.Decide(o, s.today()); err != nil {
		return change{}, err
	}
	_, err := tx.Exec(ctx, `
		insert into outcomes (id, enrolment_id, result, decided_on, told_on, reason, concerns, note, recorded_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, tx.NewID(), string(r.ID), string(o.Result), o.DecidedOn, o.ToldOn,
		o.Reason, o.Concerns, o.Note, tx.Now())
	if err != nil {
		return change{}, err
	}
	after := map[string]any{"result": o.Result, "decided_on": o.DecidedOn, "told_on": o.ToldOn, "reason": o.Reason, "concerns": o.Concerns}
	return change{What: string(o.Result), On: o.DecidedOn, After: after}, s.end(ctx, tx, r, o.EndsOn(r.StartsOn))
}

// end closes the enrolment and its open periods. Who allocated somebody, or
// changed the hours, from a later day has closed the period before on that day:
// it is cut as well, so that [Store.reopen] finds it.
func (s *Store) end(ctx context.Context, tx *db.Tx, r Record, on asye.Date) error {
	for _, closing := range []struct{ statement, key string }{
		{`update enrolments set ends_on = $1 where id = $2`, string(r.ID)},
		{`update employments set ends_on = $1 where person_id = $2 and ends_on is null and starts_on < $1`, string(r.Person)},
		{`update pauses set ends_on = $1 where enrolment_id = $2 and ends_on is null and starts_on < $1`, string(r.ID)},
		{`update coordinator_allocations set ends_on = $1 where enrolment_id = $2 and starts_on < $1 and (ends_on is null or ends_on > $1)`, string(r.ID)},
		{`update assessor_allocations set ends_on = $1 where enrolment_id = $2 and starts_on < $1 and (ends_on is null or ends_on > $1)`, string(r.ID)},
		{`update working_patterns set ends_on = $1 where enrolment_id = $2 and starts_on < $1 and (ends_on is null or ends_on > $1)`, string(r.ID)},
	} {
		if _, err := tx.Exec(ctx, closing.statement, on, closing.key); err != nil {
			return err
		}
	}
	// What was to begin after the year had ended does not begin.
	for _, table := range []string{"coordinator_allocations", "assessor_allocations", "working_patterns"} {
		if _, err := tx.Exec(ctx, `delete from `+table+` where enrolment_id = $1 and starts_on >= $2`, string(r.ID), on); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `delete from pauses where enrolment_id = $1 and ends_on is null`, string(r.ID))
	return err
}

// Undo takes back the outcome that stands. It stays on the record, with the
// reason, and the year runs again from where it was.
func (s *Store) Undo(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, reason string) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.Undo(reason); err != nil {
			return change{}, err
		}
		o := r.Outcome()
		err := db.MustAffectOne(tx.Exec(ctx, `
			update outcomes set undone_at = $1, undone_reason = $2 where id = $3 and undone_at is null`, tx.Now(), reason, o.ID))
		if err != nil {
			return change{}, err
		}
		before := map[string]any{"result": o.Result, "decided_on": o.DecidedOn}
		return change{What: "outcomeUndone", Before: before, Reason: reason}, s.reopen(ctx, tx, r)
	})
}

// reopen lets the enrolment, the employment and the last of each period run on.
func (s *Store) reopen(ctx context.Context, tx *db.Tx, r Record) error {
	for _, opening := range []struct{ statement, key string }{
		{`update enrolments set ends_on = null where id = $1 and ends_on = $2`, string(r.ID)},
		{`update employments set ends_on = null where person_id = $1 and ends_on = $2`, string(r.Person)},
		{`update pauses set ends_on = null where enrolment_id = $1 and ends_on = $2`, string(r.ID)},
		{`update coordinator_allocations set ends_on = null where enrolment_id = $1 and ends_on = $2`, string(r.ID)},
		{`update assessor_allocations set ends_on = null where enrolment_id = $1 and ends_on = $2`, string(r.ID)},
		{`update working_patterns set ends_on = null where enrolment_id = $1 and ends_on = $2`, string(r.ID)},
	} {
		_, err := tx.Exec(ctx, opening.statement, opening.key, r.EndsOn)
		if err := clashUndo(err); err != nil {
			return err
		}
	}
	return nil
}

func clashUndo(err error) error {
	if overlap(err, "reason", "year") != err {
		return fault.New(fault.Conflict, "This year cannot run again, because the NQSW has another one that does. End that one first")
	}
	return err
}
