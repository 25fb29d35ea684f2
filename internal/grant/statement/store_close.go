package statement

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Close closes the open statements of a scheme that have something on them, and
// gives how many those were. What is on them stays as it is (GRA-43). Where an
// employer owes more than it is due, nothing is paid and the rest is carried over
// to its next statement (GRA-44).
func (s *Store) Close(ctx context.Context, scope tenant.Scope, scheme string) (int, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return 0, err
	}
	if _, ok := s.book.Get(scheme); !ok {
		return 0, grant.ErrNoScheme(scheme)
	}
	closed := 0
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		closed = 0
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		if err := s.takeOffLate(ctx, tx, scheme); err != nil {
			return err
		}
		open, err := all(ctx, tx, Filter{Scheme: scheme, State: Open})
		if err != nil {
			return err
		}
		for _, st := range open {
			if st.Items, err = items(ctx, tx, st.ID); err != nil {
				return err
			}
			if !moves(st.Items) {
				continue
			}
			if err := s.close(ctx, tx, scope, st); err != nil {
				return err
			}
			closed++
		}
		if closed == 0 {
			return fault.New(fault.Conflict, "No open statement of this scheme has anything on it. Accept a claim, or adjust a statement, first")
		}
		return nil
	})
	return closed, err
}

// moves reports whether there is anything on a statement but what was carried
// over.
func moves(items []Item) bool {
	for _, i := range items {
		if i.Kind != KindCarried {
			return true
		}
	}
	return false
}

func (s *Store) close(ctx context.Context, tx *db.Tx, scope tenant.Scope, st Statement) error {
	owes := -Total(st.Items)
	today := clock.DateOf(tx.Now())
	if owes > 0 {
		if _, err := s.add(ctx, tx, st.Org, st.Scheme, Item{Kind: KindCarried, Pence: owes, Reason: "Carried to the next statement", EffectiveOn: today}); err != nil {
			return err
		}
	}
	on, err := items(ctx, tx, st.ID)
	if err != nil {
		return err
	}
	hash := HashOf(on)
	if err := db.MustAffectOne(tx.Exec(ctx, `
		update grant_statements set state = 'payable', pence = $3, content_hash = $4, closed_at = $5, version = version + 1 where id = $1 and version = $2 and state = 'open'`,
		st.ID, st.Version, int64(Total(on)), hash, tx.Now())); err != nil {
		return err
	}
	if owes > 0 {
		if _, err := s.add(ctx, tx, st.Org, st.Scheme, Item{Kind: KindCarried, Pence: -owes, Reason: "Carried from statement " + st.Reference, EffectiveOn: today}); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, scope, db.Line{What: "statement.closed", Kind: "statement", ID: st.ID, Org: st.Org,
		After: map[string]any{"pence": int64(Total(on)), "content": hash}})
}
