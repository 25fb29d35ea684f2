package claim

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// recorded begins the note of what an employer writes down for its funder.
const recorded = "Recorded for the funder: "

// recording lets those record who may, where the funder is outside.
func (s *Store) recording(scope tenant.Scope) error {
	if err := access.Recording.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.Payer().Outside()
}

// Record writes down what a funder outside of the service has answered to a
// claim of the employer at work: the lines that are named were returned, each
// with its reason, and all others accepted (GRA-52). It is Forbidden where the
// national team answers.
func (s *Store) Record(ctx context.Context, scope tenant.Scope, id string, seen int, returned map[string]string) error {
	if err := s.recording(scope); err != nil {
		return err
	}
	return s.change(ctx, scope, id, seen, func(tx *db.Tx, c Claim) error {
		return s.answer(ctx, tx, scope, c, returned, recorded)
	})
}

// Own is one payment that the employer at work has claimed: where its funder is
// outside, to record what became of it.
func (s *Store) Own(ctx context.Context, scope tenant.Scope, id string) (Line, error) {
	if err := s.recording(scope); err != nil {
		return Line{}, err
	}
	return own(ctx, s.db, scope, id)
}

func own(ctx context.Context, q db.Queryer, scope tenant.Scope, id string) (Line, error) {
	rows, err := q.Query(ctx, lineColumns+` where l.id = $1 and l.org_id = $2 and l.payment <> 'signed'`, id, string(scope.Org()))
	all, err := db.Rows(rows, err, scanLine)
	if err != nil || len(all) == 0 {
		return Line{}, orNone(err, "payment")
	}
	return all[0], nil
}

// RecordRecovery writes down that a funder outside takes a payment of the
// employer at work back, and why (GRA-52). It lands on the open statement.
func (s *Store) RecordRecovery(ctx context.Context, scope tenant.Scope, id string, seen int, reason string) error {
	if err := s.recording(scope); err != nil {
		return err
	}
	return s.takeBack(ctx, scope, reason, func(tx *db.Tx) (Line, error) {
		l, err := own(ctx, tx, scope, id)
		return l, orStale(err, l, seen)
	})
}
