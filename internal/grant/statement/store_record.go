package statement

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// forFunder is why an employer writes down what its funder did.
const forFunder = "Recorded for the funder"

// record is how an employer writes down what a funder outside did with one of its
// statements: it is read, judged and written in one transaction.
func (s *Store) record(ctx context.Context, scope tenant.Scope, id string, seen int, do func(*db.Tx, Statement) error) error {
	if err := s.recording(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		st, err := mine(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		if st.Version != seen {
			return db.ErrStale
		}
		return do(tx, st)
	})
}

func (s *Store) recording(scope tenant.Scope) error {
	if err := access.Recording.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	return s.payer.Outside()
}

// Announce writes down that a funder outside has announced the payment of an open
// statement: it is closed as it stands, and authorised (GRA-52). It is Forbidden
// where the national team pays.
func (s *Store) Announce(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	return s.record(ctx, scope, id, seen, func(tx *db.Tx, st Statement) error {
		if err := st.Is(Open); err != nil {
			return err
		}
		if s.over(st.Scheme, tx.Now()) {
			if err := s.takeOffInstalment(ctx, tx, Due{Org: st.Org, Scheme: st.Scheme}); err != nil {
				return err
			}
		}
		var err error
		if st.Items, err = items(ctx, tx, st.ID); err != nil {
			return err
		}
		if !moves(st.Items) {
			return fault.New(fault.Conflict, "There is nothing on this statement that the funder could pay. Record its answer to a claim first")
		}
		if err := s.close(ctx, tx, scope, st); err != nil {
			return err
		}
		if st, err = mine(ctx, tx, scope, id); err != nil {
			return err
		}
		return announced(ctx, tx, scope, st)
	})
}

// announced authorises a statement in a batch of its own: what the funder pays in
// one go is known to the funder alone.
func announced(ctx context.Context, tx *db.Tx, scope tenant.Scope, st Statement) error {
	batch := tx.NewID()
	if _, err := tx.Exec(ctx, `
		insert into grant_batches (id, reference, scheme, state, content_hash, pence, statements, prepared_at) values ($1, $2, $3, 'authorised', $4, $5, 1, $6)`,
		batch, "FUNDER-"+st.Reference, st.Scheme, hashOf([]Statement{st}), int64(st.Pence), tx.Now()); err != nil {
		return err
	}
	if err := db.MustAffectOne(tx.Exec(ctx, `
		update grant_statements set state = 'authorised', batch_id = $4, version = version + 1 where id = $1 and org_id = $2 and version = $3 and state = 'payable'`,
		st.ID, string(scope.Org()), st.Version, batch)); err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "statement.announced", Kind: "statement", ID: st.ID, Reason: forFunder, After: map[string]any{"pence": int64(st.Pence)}})
}

// RecordPaid writes down that a funder outside has paid a statement on a day, and
// books it (GRA-52).
func (s *Store) RecordPaid(ctx context.Context, scope tenant.Scope, id string, seen int, on asye.Date) error {
	var bad fault.Problems
	bad.If(on.IsZero(), "paid_on", "Enter the day on which the funder says that it paid, like 27 3 2027")
	bad.If(on.After(clock.Today(s.db.Clock())), "paid_on", "The day of the payment cannot be in the future. Come back when it has been made")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.record(ctx, scope, id, seen, func(tx *db.Tx, st Statement) error {
		if err := st.Is(Authorised); err != nil {
			return err
		}
		if err := s.pay(ctx, tx, scope, []Statement{st}, on); err != nil {
			return err
		}
		if err := db.MustAffectOne(tx.Exec(ctx, `update grant_batches set state = 'paid', paid_on = $2, version = version + 1 where id = $1 and state = 'authorised'`,
			st.Batch, on)); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "statement.paid", Kind: "statement", ID: st.ID, On: on, Reason: forFunder, After: map[string]any{"pence": int64(st.Pence)}})
	})
}

// RecordInstalment writes down that a funder outside has accepted the employer's
// estimate: the first instalment goes on its open statement (GRA-52).
func (s *Store) RecordInstalment(ctx context.Context, scope tenant.Scope, scheme string, seen int) error {
	if err := s.recording(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		e, err := scanEstimate(tx.QueryRow(ctx, estimateColumns+` where e.org_id = $1 and e.scheme = $2`, string(scope.Org()), scheme))
		if err != nil {
			return db.NotFound(err, "estimate")
		}
		if err := s.instal(ctx, tx, e, seen); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "grant.estimate accepted", Kind: "estimate", ID: e.ID, Reason: forFunder, After: map[string]any{"number": e.Number}})
	})
}
