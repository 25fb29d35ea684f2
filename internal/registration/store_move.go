package registration

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Confirm is the NQSW's own word that both employers are right: the year moves
// on the day of joining, and at once when that has come (REG-48).
func (s *Store) Confirm(ctx context.Context, scope tenant.Scope, transfer string) error {
	return s.own(ctx, scope, transfer, func(tx *db.Tx, r Record, t Transfer) (change, error) {
		if t.Status != TransferAgreed {
			return change{}, fault.New(fault.Conflict, "Both employers have to agree before you can confirm the move")
		}
		return s.move(ctx, tx, scope, r, t)
	})
}

// Deny is the NQSW's own word that something about the move is wrong.
func (s *Store) Deny(ctx context.Context, scope tenant.Scope, transfer, why string) error {
	return s.own(ctx, scope, transfer, func(tx *db.Tx, _ Record, t Transfer) (change, error) {
		if err := words("dispute", why, "Say what is wrong about the move"); err != nil {
			return change{}, err
		}
		t.Dispute = t.said("The NQSW says", why)
		return change{What: "transferDisputed", Reason: why}, s.settle(ctx, tx, t)
	})
}

// own runs a step on a transfer of the person at work.
func (s *Store) own(ctx context.Context, scope tenant.Scope, transfer string, step func(*db.Tx, Record, Transfer) (change, error)) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, byPerson(scope))
		if err != nil {
			return err
		}
		open := r.OpenTransfer()
		if open == nil || open.ID != transfer {
			return fault.New(fault.NotFound, "There is no such move")
		}
		c, err := step(tx, r, *open)
		if err != nil {
			return err
		}
		return s.finish(ctx, tx, scope, r, c)
	})
}

// Object is the losing employer's word that a claim is wrong.
func (s *Store) Object(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int, why string) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		open := r.OpenTransfer()
		if open == nil || open.ClaimedAt.IsZero() {
			return change{}, fault.New(fault.Conflict, "There is no claim to object to")
		}
		if open.Status == TransferDisputed {
			return change{}, fault.New(fault.Conflict, "The national team is deciding on this move already")
		}
		if err := words("dispute", why, "Say why the claim is wrong"); err != nil {
			return change{}, err
		}
		open.Dispute = open.said("The losing employer says", why)
		return change{What: "transferDisputed", Reason: why}, s.settle(ctx, tx, *open)
	})
}

// Cancel takes back a report of leaving that nobody has claimed yet.
func (s *Store) Cancel(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, seen int) error {
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, r Record) (change, error) {
		open := r.OpenTransfer()
		if open == nil || open.Status != TransferReported {
			return change{}, fault.New(fault.Conflict, "There is no report of leaving that you can still take back")
		}
		return change{What: "transferCancelled"}, s.close(ctx, tx, *open, TransferCancelled, "Taken back by the losing employer")
	})
}

// move lets a transfer that has been settled take effect: at once when the day
// of joining has come, and otherwise when CompleteDue finds that it has.
func (s *Store) move(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, t Transfer) (change, error) {
	if !t.JoinsOn.After(s.today()) {
		return s.complete(ctx, tx, scope, r, t)
	}
	held := change{What: "moveConfirmed", On: t.JoinsOn,
		After: map[string]any{"employer": t.To, "leaves_on": t.LeavesOn, "joins_on": t.JoinsOn}}
	err := db.MustAffectOne(tx.Exec(ctx, `
		update transfers set status = $1, leaves_on = $2, joins_on = $3, confirmed_at = $4, resolution = $5, version = version + 1
		where id = $6 and version = $7`,
		string(TransferConfirmed), t.LeavesOn, t.JoinsOn, tx.Now(), t.Resolution, t.ID, t.Version))
	return held, err
}

// CompleteDue moves every year whose confirmed day of joining has come, for a
// job that runs each night (REG-48). It gives how many it moved. One that cannot
// be moved stands in no other's way.
func (s *Store) CompleteDue(ctx context.Context) (int, error) {
	rows, err := s.db.Query(ctx, `
		select enrolment_id from transfers where status = 'confirmed' and joins_on <= $1 order by joins_on, id`, s.today())
	due, err := db.Rows(rows, err, func(rows *sql.Rows) (id asye.EnrolmentID, err error) { return id, rows.Scan(&id) })
	moved := 0
	for _, id := range due {
		if one := s.completeOne(ctx, id); one != nil {
			err = errors.Join(err, fmt.Errorf("move of %s: %w", id, one))
			continue
		}
		moved++
	}
	return moved, err
}

func (s *Store) completeOne(ctx context.Context, id asye.EnrolmentID) error {
	scope := tenant.System("the first day with the next employer has come")
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		r, err := s.load(ctx, tx, byID(id))
		if err != nil {
			return err
		}
		open := r.OpenTransfer()
		if open == nil || open.Status != TransferConfirmed || open.JoinsOn.After(s.today()) {
			return db.ErrStale
		}
		c, err := s.complete(ctx, tx, scope, r, *open)
		if err != nil {
			return err
		}
		return s.finish(ctx, tx, scope, r, c)
	})
}

// complete moves the year: one employment ends, the next begins, and who
// coordinated and assessed there no longer does.
func (s *Store) complete(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, t Transfer) (change, error) {
	moved := change{What: "transferred", On: t.JoinsOn, Before: map[string]any{"employer": t.From},
		After: map[string]any{"employer": t.To, "leaves_on": t.LeavesOn, "joins_on": t.JoinsOn}}
	if _, err := tx.Exec(ctx, `update employments set ends_on = $1 where person_id = $2 and ends_on is null`, t.LeavesOn, string(r.Person)); err != nil {
		return moved, err
	}
	if err := s.arrive(ctx, tx, scope, r, t); err != nil {
		return moved, err
	}
	if err := s.close(ctx, tx, t, TransferCompleted, t.Resolution); err != nil {
		return moved, err
	}
	_, err := tx.Exec(ctx, `
		update transfers set leaves_on = $1, joins_on = $2, confirmed_at = coalesce(confirmed_at, $3) where id = $4`,
		t.LeavesOn, t.JoinsOn, tx.Now(), t.ID)
	if err != nil {
		return moved, err
	}
	return moved, s.tellMoved(ctx, tx, r, t)
}

// followMoves puts the successor in an employer's place in every move that is
// under way. A move between the two has nowhere to go (REG-46).
func followMoves(ctx context.Context, tx *db.Tx, from, to asye.OrganisationID) error {
	for _, statement := range []string{
		`update transfers set status = 'cancelled', resolution = 'The two employers have become one', version = version + 1
			where status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed')
			  and (from_org_id = $1 and to_org_id = $2 or from_org_id = $2 and to_org_id = $1)`,
		`update transfers set from_org_id = $2, version = version + 1
			where status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed') and from_org_id = $1`,
		`update transfers set to_org_id = $2, version = version + 1
			where status in ('reported', 'claimed', 'agreed', 'confirmed', 'disputed') and to_org_id = $1`,
	} {
		if _, err := tx.Exec(ctx, statement, string(from), string(to)); err != nil {
			return err
		}
	}
	return nil
}

// arrive starts the employment with the gaining employer.
func (s *Store) arrive(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, t Transfer) error {
	_, err := tx.Exec(ctx, `insert into employments (id, person_id, org_id, starts_on) values ($1, $2, $3, $4)`,
		tx.NewID(), string(r.Person), string(t.To), t.JoinsOn)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update enrolments set org_id = $1, team = '' where id = $2`, string(t.To), string(r.ID)); err != nil {
		return err
	}
	if err := endAllocation(ctx, tx, "assessor_allocations", r.AssessedBy(), t.LeavesOn); err != nil {
		return err
	}
	if err := endAllocation(ctx, tx, "coordinator_allocations", r.CoordinatedBy(), t.LeavesOn); err != nil {
		return err
	}
	if err := s.members.Leave(ctx, tx, scope, r.Person, r.Org, asye.NQSW, t.LeavesOn); err != nil {
		return err
	}
	return s.members.Join(ctx, tx, scope, r.Person, t.To, asye.NQSW, t.JoinsOn)
}

func (s *Store) close(ctx context.Context, tx *db.Tx, t Transfer, status TransferStatus, resolution string) error {
	return db.MustAffectOne(tx.Exec(ctx, `
		update transfers set status = $1, resolution = $2, version = version + 1 where id = $3 and version = $4`,
		string(status), resolution, t.ID, t.Version))
}
