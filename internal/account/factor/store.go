package factor

import (
	"context"
	"database/sql"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/passkey"
	"example.org/asye/internal/platform/password"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps what people can show.
type Store struct {
	db       *db.DB
	account  *account.Store
	outbox   *mail.Outbox
	tries    *tries.Store
	settings Settings
	party    *passkey.Party // nil where the address of the service allows no passkeys
	queue    *password.Queue
}

// NewStore keeps what the people of an account store can show, and is asked by
// it for second steps from now on.
func NewStore(d *db.DB, accounts *account.Store, outbox *mail.Outbox, t *tries.Store) *Store {
	out := &Store{db: d, account: accounts, outbox: outbox, tries: t, settings: DefaultSettings(), queue: password.NewQueue(password.Seats)}
	if party, err := passkey.New(accounts.Settings().BaseURL, accounts.Settings().ServiceName); err == nil {
		out.party = party
	}
	accounts.AskSecond(out.halt)
	return out
}

// HasPasskeys reports whether passkeys work at the address of this service.
func (s *Store) HasPasskeys() bool { return s.party != nil }

// HasPasswords reports whether the operator has turned passwords on.
func (s *Store) HasPasswords() bool { return s.account.Settings().Passwords }

// Held tells what the person signed in can show.
func (s *Store) Held(ctx context.Context, scope tenant.Scope) (Held, error) {
	return held(ctx, s.db, scope.Person())
}

func held(ctx context.Context, q db.Queryer, person asye.PersonID) (Held, error) {
	var h Held
	err := q.QueryRow(ctx, `
		select (select confirmed_at from authenticators where person_id = $1),
			(select count(*) from printed_codes where person_id = $1 and used_at is null),
			(select max(made_at) from printed_codes where person_id = $1),
			(select set_at from passwords where person_id = $1)
		from people where id = $1`, string(person)).Scan(&h.App, &h.Printed, &h.PrintedAt, &h.Password)
	if err != nil {
		return h, db.NotFound(err, "person")
	}
	rows, err := q.Query(ctx, `
		select id, name, made_at, last_used_at from passkeys where person_id = $1 order by made_at, id`, string(person))
	h.Passkeys, err = db.Rows(rows, err, func(rows *sql.Rows) (Passkey, error) {
		var p Passkey
		return p, rows.Scan(&p.ID, &p.Name, &p.MadeAt, &p.LastUsedAt)
	})
	return h, err
}

// roleNeeds reports whether the role in which somebody works has to have a second
// step.
func (s *Store) roleNeeds(scope tenant.Scope) bool {
	return s.account.Settings().NeedsSecond(scope.Role())
}

// about is a line of the audit trail about one person, who did it themselves.
func about(scope tenant.Scope, what string, after any) db.Line {
	return db.Line{What: "account." + what, Kind: "person", ID: string(scope.Person()), After: after}
}

// change makes a change to what a person can show: it leaves a line, tells them
// by a letter, and gives their session another token.
func (s *Store) change(ctx context.Context, scope tenant.Scope, token string, c change) (account.Started, error) {
	var started account.Started
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := c.do(tx); err != nil {
			return err
		}
		var err error
		if started, err = s.account.Renew(ctx, tx, scope, token, c.proves); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, scope.Person(), c.letter); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, about(scope, c.what, c.after))
	})
	s.outbox.Wake()
	return started, err
}

// change is one change to what a person can show.
type change struct {
	what   string // for the audit trail
	after  any
	letter string      // what the letter says was done
	proves account.Way // what the person has shown by it; usually nothing
	do     func(tx *db.Tx) error
}

// Tidy deletes what has had its time: requests, half sign-ins, mailed codes, and
// apps that nobody finished setting up.
func (s *Store) Tidy(ctx context.Context, now asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		for _, one := range []struct {
			query  string
			before asye.Instant
		}{
			{`delete from passkey_requests where expires_at <= $1`, now},
			{`delete from half_sign_ins where expires_at <= $1`, now},
			{`delete from mailed_codes where expires_at <= $1`, now},
			{`update authenticators set pending = null, pending_at = null where pending_at < $1`, now.Add(-s.settings.PendingLife)},
			{`delete from authenticators where secret is null and pending is null and (pending_at is null or pending_at < $1)`, now},
		} {
			if _, err := tx.Exec(ctx, one.query, one.before); err != nil {
				return err
			}
		}
		return nil
	})
}

// second counts a try at something that is shown after a first proof. Too many
// are refused beside the field.
func (s *Store) second(ctx context.Context, person asye.PersonID, n Shown) (tries.Allowed, error) {
	try, err := s.tries.May(ctx, tries.Try{Door: tries.Second, Subject: string(person), Client: n.Client})
	if fault.KindOf(err) == fault.Invalid {
		return try, n.wrong(saidOften)
	}
	return try, err
}
