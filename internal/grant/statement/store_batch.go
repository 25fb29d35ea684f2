package statement

import (
	"context"
	"crypto/rand"
	"database/sql"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

const batchColumns = `select b.id, b.reference, b.scheme, b.state, b.content_hash, b.pence, b.statements, b.prepared_at, b.paid_on, b.version from grant_batches b`

func scanBatch(row interface{ Scan(...any) error }) (b Batch, err error) {
	return b, row.Scan(&b.ID, &b.Reference, &b.Scheme, &b.State, &b.Hash, &b.Pence, &b.Count, &b.PreparedAt, &b.PaidOn, &b.Version)
}

// Batches lists the batches that were not discarded, the latest first, with who
// did what and without their statements.
func (s *Store) Batches(ctx context.Context, scope tenant.Scope) ([]Batch, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, batchColumns+` where b.state <> 'discarded' order by b.prepared_at desc, b.id desc`)
	all, err := db.Rows(rows, err, func(rows *sql.Rows) (Batch, error) { return scanBatch(rows) })
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, b := range all {
		at[b.ID] = i
	}
	rows, err = s.db.Query(ctx, actColumns+` where a.batch_id in (select id from grant_batches where state <> 'discarded') order by a.acted_at, a.id`)
	acts, err := db.Rows(rows, err, scanAct)
	for _, a := range acts {
		if i, ok := at[a.batch]; ok {
			all[i].Acts = append(all[i].Acts, a)
		}
	}
	return all, err
}

const actColumns = `
	select a.batch_id, a.act, a.person_id, p.given_name || ' ' || p.family_name, a.acted_at
	from   grant_batch_acts a join people p on p.id = a.person_id`

func scanAct(rows *sql.Rows) (a Act, err error) {
	return a, rows.Scan(&a.batch, &a.What, &a.Person, &a.By, &a.At)
}

// Batch is one batch, with its statements and who did what.
func (s *Store) Batch(ctx context.Context, scope tenant.Scope, id string) (Batch, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return Batch{}, err
	}
	return s.batch(ctx, s.db, id)
}

func (s *Store) batch(ctx context.Context, q db.Queryer, id string) (Batch, error) {
	b, err := scanBatch(q.QueryRow(ctx, batchColumns+` where b.id = $1`, id))
	if err != nil {
		return b, db.NotFound(err, "batch")
	}
	rows, err := q.Query(ctx, actColumns+` where a.batch_id = $1 order by a.acted_at, a.id`, id)
	if b.Acts, err = db.Rows(rows, err, scanAct); err != nil {
		return b, err
	}
	b.Statements, err = all(ctx, q, Filter{Batch: id})
	return b, err
}

// Prepare makes a batch of every payable statement of a scheme that is in none,
// and gives its identifier.
func (s *Store) Prepare(ctx context.Context, scope tenant.Scope, scheme string) (string, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return "", err
	}
	of, ok := s.book.Get(scheme)
	if !ok {
		return "", grant.ErrNoScheme(scheme)
	}
	id := ""
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		found, err := all(ctx, tx, Filter{Scheme: scheme, State: Payable})
		if err != nil {
			return err
		}
		var in []Statement
		var sum grant.Pence
		for _, st := range found {
			if st.Batch == "" {
				in, sum = append(in, st), sum+st.Pence
			}
		}
		if len(in) == 0 {
			return fault.New(fault.Conflict, "No statement of this scheme waits for a batch. Close the open statements first")
		}
		id = tx.NewID()
		b := Batch{ID: id, Reference: "BATCH-" + of.Year + "-" + rand.Text()[:5], Hash: hashOf(in), Pence: sum}
		if _, err := tx.Exec(ctx, `
			insert into grant_batches (id, reference, scheme, state, content_hash, pence, statements, prepared_at) values ($1, $2, $3, 'prepared', $4, $5, $6, $7)`,
			id, b.Reference, scheme, b.Hash, int64(sum), len(in), tx.Now()); err != nil {
			return err
		}
		for _, st := range in {
			if err := db.MustAffectOne(tx.Exec(ctx, `update grant_statements set batch_id = $3, version = version + 1 where id = $1 and version = $2`, st.ID, st.Version, id)); err != nil {
				return err
			}
		}
		return actOn(ctx, tx, scope, b, actPrepared)
	})
	return id, err
}

// actOn notes who did what with a batch, with its audit line.
func actOn(ctx context.Context, tx *db.Tx, scope tenant.Scope, b Batch, what string) error {
	if scope.IsSignedIn() {
		if _, err := tx.Exec(ctx, `insert into grant_batch_acts (id, batch_id, act, person_id, acted_at, content_hash) values ($1, $2, $3, $4, $5, $6)`,
			tx.NewID(), b.ID, what, string(scope.Person()), tx.Now(), b.Hash); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, scope, db.Line{What: "batch." + what, Kind: "batch", ID: b.ID, After: map[string]any{"content": b.Hash, "pence": int64(b.Pence)}})
}

// on is how a batch goes on: it is read, judged and written in one transaction.
func (s *Store) on(ctx context.Context, scope tenant.Scope, id string, seen int, do func(*db.Tx, Batch) error) error {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		b, err := s.batch(ctx, tx, id)
		if err != nil {
			return err
		}
		if b.Version != seen {
			return db.ErrStale
		}
		return do(tx, b)
	})
}

func stepBatch(ctx context.Context, tx *db.Tx, b Batch, set string, args ...any) error {
	return db.MustAffectOne(tx.Exec(ctx, `update grant_batches set version = version + 1, `+set+` where id = $1 and version = $2`,
		append([]any{b.ID, b.Version}, args...)...))
}

// Approve says that somebody has seen exactly the batch with a hash and wants it
// paid; the second of two different people authorises it (GRA-45).
func (s *Store) Approve(ctx context.Context, scope tenant.Scope, id, hash string, seen int) error {
	return s.on(ctx, scope, id, seen, func(tx *db.Tx, b Batch) error {
		if err := b.MayApprove(scope.Person()); err != nil {
			return err
		}
		if b.Hash != hash || hashOf(b.Statements) != hash {
			return fault.New(fault.Conflict, "This is not the batch that you were shown. Look at it again, and approve what you see")
		}
		if err := actOn(ctx, tx, scope, b, actApproved); err != nil {
			return err
		}
		if b.Approved()+1 < Approvals {
			return stepBatch(ctx, tx, b, `state = state`)
		}
		if _, err := tx.Exec(ctx, `update grant_statements set state = 'authorised', version = version + 1 where batch_id = $1`, id); err != nil {
			return err
		}
		return stepBatch(ctx, tx, b, `state = 'authorised'`)
	})
}

// Discard takes apart a batch that has not been authorised: its statements can
// go into another.
func (s *Store) Discard(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	return s.on(ctx, scope, id, seen, func(tx *db.Tx, b Batch) error {
		if err := b.Is(BatchPrepared); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update grant_statements set batch_id = null, version = version + 1 where batch_id = $1`, id); err != nil {
			return err
		}
		if err := stepBatch(ctx, tx, b, `state = 'discarded'`); err != nil {
			return err
		}
		return actOn(ctx, tx, scope, b, actDiscarded)
	})
}

// Pay says that an authorised batch has been paid on a day, not before it was
// authorised, and books it (GRA-46).
func (s *Store) Pay(ctx context.Context, scope tenant.Scope, id string, seen int, on asye.Date) error {
	today := clock.Today(s.db.Clock())
	var bad fault.Problems
	bad.If(on.IsZero(), "paid_on", "Enter the day of the payment, like 27 3 2027")
	bad.If(on.After(today), "paid_on", "The day of the payment cannot be in the future")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.on(ctx, scope, id, seen, func(tx *db.Tx, b Batch) error {
		if err := b.Is(BatchAuthorised); err != nil {
			return err
		}
		if authorised := clock.DateOf(b.AuthorisedAt()); on.Before(authorised) {
			return fault.Problems{{Field: "paid_on", Text: "The batch was authorised on " + authorised.String() + ": it cannot have been paid before that"}}.Err()
		}
		if err := s.pay(ctx, tx, scope, b.Statements, on); err != nil {
			return err
		}
		if err := stepBatch(ctx, tx, b, `state = 'paid', paid_on = $3`, on); err != nil {
			return err
		}
		return actOn(ctx, tx, scope, b, actPaid)
	})
}

// pay books the payment of statements, and tells of it.
func (s *Store) pay(ctx context.Context, tx *db.Tx, scope tenant.Scope, all []Statement, on asye.Date) error {
	var paid, taken []string
	for _, st := range all {
		items, err := s.payOne(ctx, tx, st, on)
		if err != nil {
			return err
		}
		for _, i := range items {
			switch i.Kind {
			case KindLine:
				paid = append(paid, i.Line)
			case KindRecovery:
				taken = append(taken, i.Line)
			}
		}
	}
	return s.settled(ctx, tx, scope, paid, taken)
}

// payOne books the payment of a statement, and gives what was on it.
func (s *Store) payOne(ctx context.Context, tx *db.Tx, st Statement, on asye.Date) ([]Item, error) {
	if st.Pence > 0 {
		if _, err := tx.Exec(ctx, `
			insert into grant_entries (id, org_id, scheme, debit, credit, pence, statement_id, effective_on, recorded_at) values ($1, $2, $3, 'owed', 'bank', $4, $5, $6, $7)`,
			tx.NewID(), string(st.Org), st.Scheme, int64(st.Pence), st.ID, on, tx.Now()); err != nil {
			return nil, err
		}
	}
	if err := db.MustAffectOne(tx.Exec(ctx, `update grant_statements set state = 'paid', paid_on = $3, version = version + 1 where id = $1 and version = $2 and state = 'authorised'`,
		st.ID, st.Version, on)); err != nil {
		return nil, err
	}
	return items(ctx, tx, st.ID)
}
