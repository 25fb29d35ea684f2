package registration

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Ours is the answer to a claim of an NQSW whose year is with the claiming
// employer already: a Conflict that names the record.
type Ours struct {
	ID        asye.EnrolmentID
	Reference string
}

// Error says where the record is.
func (o Ours) Error() string {
	return "An NQSW with this number is with you already, as " + o.Reference
}

// Unwrap makes it a Conflict.
func (o Ours) Unwrap() error { return fault.New(fault.Conflict, "%s", o.Error()) }

// notOurs refuses a claim of the employer's own NQSW. It tells nothing that the
// employer's own list does not show (REG-41).
func (s *Store) notOurs(ctx context.Context, scope tenant.Scope, w Wanted) error {
	var own Ours
	err := s.db.QueryRow(ctx, `
		select e.id, e.reference from enrolments e join nqsws n on n.person_id = e.person_id
		where n.regulator_number = $1 and e.org_id = $2 and e.ends_on is null order by e.id limit 1`,
		w.Number, string(scope.Org())).Scan(&own.ID, &own.Reference)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return own
}

// MyClaim is a claim of the scope's organisation that is under way.
func (s *Store) MyClaim(ctx context.Context, scope tenant.Scope, id string) (Moving, error) {
	if err := moves(scope); err != nil {
		return Moving{}, err
	}
	found, err := s.moving(ctx, `t.id = $1 and t.to_org_id = $2 and t.claimed_at is not null
		and t.status in ('claimed', 'agreed', 'confirmed', 'disputed')`, id, string(scope.Org()))
	if err == nil && len(found) == 0 {
		err = errNoClaim
	}
	if err != nil {
		return Moving{}, err
	}
	return found[0], nil
}

var errNoClaim = fault.New(fault.NotFound, "There is no such claim")

// CorrectClaim gives a claim that nobody has answered another day of joining
// (REG-49). seen is the version of the transfer on the person's screen.
func (s *Store) CorrectClaim(ctx context.Context, scope tenant.Scope, id string, seen int, on asye.Date) error {
	return s.claimed(ctx, scope, id, seen, func(tx *db.Tx, r Record, t Transfer) (change, error) {
		if err := r.Correct(on, s.today()); err != nil {
			return change{}, err
		}
		before := t.JoinsOn
		t.JoinsOn = on
		return change{What: "claimCorrected", On: on, Before: map[string]any{"joins_on": before},
			After: map[string]any{"joins_on": on}}, s.settle(ctx, tx, t)
	})
}

// TakeBackClaim takes back a claim that nobody has answered (REG-49).
func (s *Store) TakeBackClaim(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	return s.claimed(ctx, scope, id, seen, func(tx *db.Tx, _ Record, t Transfer) (change, error) {
		if t.Status != TransferClaimed {
			return change{}, errAnswered
		}
		return change{What: "claimTakenBack"}, s.close(ctx, tx, t, TransferCancelled, "Taken back by the employer who claimed")
	})
}

// claimed runs a step on a claim of the scope's organisation. The record is
// another employer's.
func (s *Store) claimed(ctx context.Context, scope tenant.Scope, id string, seen int,
	step func(*db.Tx, Record, Transfer) (change, error)) error {
	if err := moves(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		t, err := scanTransfer(tx.QueryRow(ctx, transferColumns+`
			where t.id = $1 and t.to_org_id = $2 and t.claimed_at is not null
			  and t.status in ('claimed', 'agreed', 'confirmed', 'disputed')`, id, string(scope.Org())))
		if errors.Is(err, sql.ErrNoRows) {
			return errNoClaim
		}
		if err != nil {
			return err
		}
		if t.Version != seen {
			return db.ErrStale
		}
		r, err := s.load(ctx, tx, byID(t.Enrolment))
		if err != nil {
			return err
		}
		c, err := step(tx, r, t)
		if err != nil {
			return err
		}
		return s.finish(ctx, tx, scope, r, c)
	})
}
