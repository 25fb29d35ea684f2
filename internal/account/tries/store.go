package tries

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// Store counts tries.
type Store struct {
	db       *db.DB
	accounts *account.Store
	budget   Budget
}

// NewStore counts tries in a database, under the keyed hashes of accounts.
func NewStore(d *db.DB, accounts *account.Store, b Budget) *Store { return &Store{d, accounts, b} }

// Allowed is a try that may be looked at.
type Allowed struct{ id string }

// May counts a try before it is looked at, and refuses it as Invalid when there
// have been too many wrong ones. It has a transaction of its own: whoever finds
// a wrong code gives their transaction up, and the count has to stay. Of two at
// the same moment each is counted.
func (s *Store) May(ctx context.Context, t Try) (Allowed, error) {
	subject, err := s.accounts.Veil(ctx, "try:"+string(t.Door)+":"+t.Subject)
	if err != nil {
		return Allowed{}, err
	}
	client, err := s.accounts.Veil(ctx, "try:"+t.Client)
	if err != nil {
		return Allowed{}, err
	}
	var a Allowed
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		// There are only so many turns, or made-up accounts would fill the table.
		if err := tx.Turn(ctx, "try:"+subject[:2]); err != nil {
			return err
		}
		c, err := s.count(ctx, tx, subject, client)
		if err == nil {
			err = s.budget.refuse(c)
		}
		if err != nil {
			return err
		}
		a.id = tx.NewID()
		_, err = tx.Exec(ctx, `
			insert into sign_in_tries (id, subject_hash, client_hash, at, own) values ($1, $2, $3, $4, $5)`,
			a.id, subject, client, tx.Now(), c.own)
		return err
	})
	return a, err
}

func (s *Store) count(ctx context.Context, tx *db.Tx, subject, client string) (counted, error) {
	var c counted
	known := 0
	err := tx.QueryRow(ctx, `
		select count(*) filter (where subject_hash = $1 and client_hash = $2 and got_in),
			count(*) filter (where subject_hash = $1 and not own and not got_in and at > $3),
			count(*) filter (where subject_hash = $1 and own and not got_in and at > $3),
			count(*) filter (where client_hash = $2 and not own and not got_in and at > $3)
		from sign_in_tries where (subject_hash = $1 or client_hash = $2) and at > $4`,
		subject, client, tx.Now().Add(-s.budget.Window), tx.Now().Add(-s.budget.Known)).Scan(&known, &c.strangers, &c.mine, &c.client)
	c.own = known > 0
	return c, err
}

// GotIn tells, in the transaction of what it let happen, that a try was right:
// it is not held against anybody, and its network is known from now on.
func (s *Store) GotIn(ctx context.Context, tx *db.Tx, a Allowed) error {
	_, err := tx.Exec(ctx, `update sign_in_tries set got_in = true where id = $1`, a.id)
	return err
}

// Tidy forgets what no longer counts.
func (s *Store) Tidy(ctx context.Context, now asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from sign_in_tries where at < $1 or (at < $2 and not got_in)`,
			now.Add(-s.budget.Known), now.Add(-s.budget.Window))
		return err
	})
}
