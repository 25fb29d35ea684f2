package registration

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Pause records a pause, whole or still open.
func (s *Store) Pause(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, p Pause) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.Pause(p, s.today()); err != nil {
			return change{}, err
		}
		_, err := tx.Exec(ctx, `
			insert into pauses (id, enrolment_id, starts_on, ends_on, expected_return_on, reason, note, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.NewID(), string(id), p.Period.Start, p.Period.End,
			p.ExpectedReturn, p.Reason, p.Note, tx.Now())
		return change{What: "paused", On: p.Period.Start,
			After: map[string]any{"from": p.Period.Start, "until": p.Period.End, "reason": p.Reason}}, overlap(err, "starts_on", "pause")
	})
}

// Return ends the open pause on the day of return.
func (s *Store) Return(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, on asye.Date) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.Return(on, s.today()); err != nil {
			return change{}, err
		}
		err := db.MustAffectOne(tx.Exec(ctx, `update pauses set ends_on = $1 where enrolment_id = $2 and ends_on is null`, on, string(id)))
		return change{What: "returned", On: on, After: map[string]any{"returned_on": on}}, overlap(err, "ends_on", "pause")
	})
}

// RemovePause takes back a pause that was recorded by mistake; it needs a reason.
func (s *Store) RemovePause(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, pause, reason string) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.errEnded(); err != nil {
			return change{}, err
		}
		if err := words("undo_reason", reason, "Say why the pause is removed"); err != nil {
			return change{}, err
		}
		for _, p := range r.Pauses {
			if p.ID == pause {
				_, err := tx.Exec(ctx, `delete from pauses where id = $1 and enrolment_id = $2`, pause, string(id))
				return change{What: "pauseRemoved", Reason: reason,
					Before: map[string]any{"from": p.Period.Start, "until": p.Period.End, "reason": p.Reason}}, err
			}
		}
		return change{}, fault.New(fault.NotFound, "There is no such pause")
	})
}

// WorkFrom records the hours worked from a day on.
func (s *Store) WorkFrom(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, p Pattern) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		return s.workFrom(ctx, tx, r, p)
	})
}

func (s *Store) workFrom(ctx context.Context, tx *db.Tx, r Record, p Pattern) (change, error) {
	if err := r.WorkFrom(p); err != nil {
		return change{}, err
	}
	before := r.Pattern()
	if err := s.followPattern(ctx, tx, r.ID, before, p); err != nil {
		return change{}, overlap(err, "starts_on", "working pattern")
	}
	return change{What: "hoursChanged", On: p.Period.Start,
		Before: map[string]any{"hours": before.Hours, "full_time_hours": before.FullTimeHours},
		After:  map[string]any{"hours": p.Hours, "full_time_hours": p.FullTimeHours}}, nil
}

// followPattern ends the pattern before and starts the next; one that starts
// on the same day is put right in place.
func (s *Store) followPattern(ctx context.Context, tx *db.Tx, id asye.EnrolmentID, before, next Pattern) error {
	if before.Period.Start == next.Period.Start {
		_, err := tx.Exec(ctx, `update working_patterns set hours = $1, full_time_hours = $2 where id = $3`,
			int(next.Hours), int(next.FullTimeHours), before.ID)
		return err
	}
	_, err := tx.Exec(ctx, `update working_patterns set ends_on = $1 where id = $2`, next.Period.Start, before.ID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into working_patterns (id, enrolment_id, starts_on, hours, full_time_hours) values ($1, $2, $3, $4, $5)`,
		tx.NewID(), string(id), next.Period.Start, int(next.Hours), int(next.FullTimeHours))
	return err
}

// Extend records an extension.
func (s *Store) Extend(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, e Extension) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.Extend(e, s.today()); err != nil {
			return change{}, err
		}
		_, err := tx.Exec(ctx, `
			insert into extensions (id, enrolment_id, months, days, reason, note, approver, approved_on, recorded_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, tx.NewID(), string(id), e.Months, e.Days, e.Reason, e.Note,
			e.Approver, e.ApprovedOn, tx.Now())
		return change{What: "extended", On: e.ApprovedOn, After: map[string]any{"months": e.Months, "days": e.Days,
			"reason": e.Reason, "approver": e.Approver}}, err
	})
}

// UndoExtension takes back an extension; it needs a reason, and stays on the record.
func (s *Store) UndoExtension(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, extension, reason string) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		if err := r.errEnded(); err != nil {
			return change{}, err
		}
		if err := words("undo_reason", reason, "Say why the extension is undone"); err != nil {
			return change{}, err
		}
		err := db.MustAffectOne(tx.Exec(ctx, `
			update extensions set undone_at = $1, undone_reason = $2
			where id = $3 and enrolment_id = $4 and undone_at is null`, tx.Now(), reason, extension, string(id)))
		return change{What: "extensionUndone", Reason: reason, Before: map[string]any{"extension": extension}}, err
	})
}

// Allocate names who assesses, who coordinates and which team, from a day on.
type Allocate struct {
	Team          string
	AssessorName  string
	AssessorEmail string
	Coordinator   asye.PersonID // empty leaves it as it is
	From          asye.Date
}

// Allocate records a change of team, assessor or coordinator.
func (s *Store) Allocate(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, a Allocate) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		return s.allocate(ctx, tx, scope, r, a)
	})
}

func (s *Store) allocate(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, a Allocate) (change, error) {
	if err := r.Allocate(a); err != nil {
		return change{}, err
	}
	before := map[string]any{"team": r.Team, "assessor": r.AssessedBy().Name, "coordinator": r.CoordinatedBy().Person}
	if _, err := tx.Exec(ctx, `update enrolments set team = $1 where id = $2`, a.Team, string(r.ID)); err != nil {
		return change{}, err
	}
	if err := s.allocateAssessor(ctx, tx, r, a); err != nil {
		return change{}, err
	}
	if err := s.allocateCoordinator(ctx, tx, scope, r, a); err != nil {
		return change{}, err
	}
	return change{What: "allocated", On: a.From, Before: before,
		After: map[string]any{"team": a.Team, "assessor": a.AssessorName, "coordinator": a.Coordinator}}, nil
}

func (s *Store) allocateAssessor(ctx context.Context, tx *db.Tx, r Record, a Allocate) error {
	now := r.AssessedBy()
	if now.Name == a.AssessorName && now.Email == a.AssessorEmail {
		return nil
	}
	if err := endAllocation(ctx, tx, "assessor_allocations", now, a.From); err != nil || a.AssessorName == "" {
		return err
	}
	return allocateAssessor(ctx, tx, r.ID, a.AssessorName, a.AssessorEmail, later(a.From, r.StartsOn))
}

func (s *Store) allocateCoordinator(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, a Allocate) error {
	now := r.CoordinatedBy()
	if a.Coordinator == "" || now.Person == a.Coordinator {
		return nil
	}
	var n int
	err := tx.QueryRow(ctx, `select count(*) from memberships
		where person_id = $1 and org_id = $2 and role = 'coordinator' and ends_on is null`,
		string(a.Coordinator), string(scope.Org())).Scan(&n)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Problems{{Field: "coordinator", Text: "Choose one of your organisation's coordinators"}}
	}
	if err := endAllocation(ctx, tx, "coordinator_allocations", now, a.From); err != nil {
		return err
	}
	return allocateCoordinator(ctx, tx, r.ID, a.Coordinator, later(a.From, r.StartsOn))
}

// endAllocation ends one on a day; one that began that day or later never was.
func endAllocation(ctx context.Context, tx *db.Tx, table string, a Allocation, on asye.Date) error {
	if a.ID == "" {
		return nil
	}
	if !a.Period.Start.Before(on) {
		_, err := tx.Exec(ctx, `delete from `+table+` where id = $1`, a.ID)
		return err
	}
	_, err := tx.Exec(ctx, `update `+table+` set ends_on = $1 where id = $2`, on, a.ID)
	return err
}

func later(a, b asye.Date) asye.Date {
	if a.After(b) {
		return a
	}
	return b
}

// overlap says in words what the database refused.
func overlap(err error, field, what string) error {
	if errors.Is(err, db.ErrOverlap) || errors.Is(err, db.ErrDuplicate) {
		return fault.Problems{{Field: field, Text: "The dates overlap another " + what + " that is recorded already"}}
	}
	return err
}

// Coordinators lists who coordinates for the scope's organisation, by name.
func (s *Store) Coordinators(ctx context.Context, scope tenant.Scope) ([]Allocation, error) {
	if err := access.Helpers.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select p.id, p.id, p.given_name || ' ' || p.family_name, coalesce(p.email, ''), m.starts_on, m.ends_on
		from memberships m join people p on p.id = m.person_id
		where m.org_id = $1 and m.role = 'coordinator' and m.ends_on is null order by p.sort_name`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Allocation, error) { return scanAllocation(rows) })
}
