package claim

import (
	"context"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Payments lists every payment that the employer at work has claimed, the
// latest claim first.
func (s *Store) Payments(ctx context.Context, scope tenant.Scope) ([]Line, error) {
	if err := access.Claims.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, lineColumns+` where l.org_id = $1 and l.payment <> 'signed' order by c.submitted_at desc, l.id`, string(scope.Org()))
	return db.Rows(rows, err, scanLine)
}

// Payment is one line, of any employer: for the funder.
func (s *Store) Payment(ctx context.Context, scope tenant.Scope, id string) (Line, error) {
	return s.payment(ctx, s.db, scope, id)
}

func (s *Store) payment(ctx context.Context, q db.Queryer, scope tenant.Scope, id string) (Line, error) {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return Line{}, err
	}
	rows, err := q.Query(ctx, lineColumns+` where l.id = $1 and l.payment <> 'signed'`, id)
	all, err := db.Rows(rows, err, scanLine)
	if err != nil || len(all) == 0 {
		return Line{}, orNone(err, "payment")
	}
	return all[0], nil
}

// Recover says that what was accepted or paid is to be taken back, and why
// (GRA-26). It lands on the employer's open statement, and the payment can be
// claimed again by whoever it is due to.
func (s *Store) Recover(ctx context.Context, scope tenant.Scope, id string, seen int, reason string) error {
	if err := access.Granting.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	return s.takeBack(ctx, scope, reason, func(tx *db.Tx) (Line, error) {
		l, err := s.payment(ctx, tx, scope, id)
		return l, orStale(err, l, seen)
	})
}

func orStale(err error, l Line, seen int) error {
	if err == nil && l.Version != seen {
		return db.ErrStale
	}
	return err
}

// takeBack takes back the payment that is found within the transaction.
func (s *Store) takeBack(ctx context.Context, scope tenant.Scope, reason string, find func(*db.Tx) (Line, error)) error {
	reason = strings.TrimSpace(reason)
	var bad fault.Problems
	bad.If(reason == "", "reason", "Write why the payment is taken back: the employer will read it")
	bad.If(len([]rune(reason)) > 500, "reason", "The reason must be 500 characters or fewer")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		l, err := find(tx)
		if err != nil {
			return err
		}
		return s.recover(ctx, tx, scope, l, reason)
	})
}

func (s *Store) recover(ctx context.Context, tx *db.Tx, scope tenant.Scope, l Line, reason string) error {
	if l.Payment != PaymentAccepted && l.Payment != PaymentPaid || l.Recovery != RecoveryNone {
		return fault.New(fault.Conflict, "This payment cannot be taken back: only one that was accepted or paid, and is not being taken back already")
	}
	l.RecoveryReason = reason
	if err := db.MustAffectOne(tx.Exec(ctx, `
		update grant_lines set recovery = 'due', recovery_reason = $2, standing = $3, version = version + 1 where id = $1 and version = $4`,
		l.ID, reason, false, l.Version)); err != nil {
		return err
	}
	if err := s.statements.TakeBack(ctx, tx, scope, dueOf(l)); err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "claim.payment recovered", Kind: "payment", ID: l.ID, Org: l.Org, Reason: reason,
		After: map[string]any{"pence": int64(l.Pence), "milestone": l.Milestone}})
}

// Settle notes, in the transaction in which statements are paid, that their
// lines have been paid and their recoveries taken. It is for the capability that
// pays.
func (s *Store) Settle(ctx context.Context, tx *db.Tx, _ tenant.Scope, paid, taken []string) error {
	for part := range chunks(paid) {
		in, args := db.In(1, part)
		if _, err := tx.Exec(ctx, `update grant_lines set payment = 'paid', version = version + 1 where payment = 'accepted' and id in (`+in+`)`, args...); err != nil {
			return err
		}
	}
	for part := range chunks(taken) {
		in, args := db.In(1, part)
		if _, err := tx.Exec(ctx, `update grant_lines set recovery = 'taken', version = version + 1 where recovery = 'due' and id in (`+in+`)`, args...); err != nil {
			return err
		}
	}
	return nil
}
