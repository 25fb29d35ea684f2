package factor

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/tenant"
)

// StartApp makes the secret for an authenticator app that the person signed in
// is about to set up. One that they have already goes on working until the new
// one has shown a code.
func (s *Store) StartApp(ctx context.Context, scope tenant.Scope) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into authenticators (person_id, pending, pending_at) values ($1, $2, $3)
			on conflict (person_id) do update set pending = excluded.pending, pending_at = excluded.pending_at`,
			string(scope.Person()), string(onetime.NewSecret()), tx.Now())
		return err
	})
}

// Pending is what an app is set up with.
type Pending struct {
	Secret  onetime.Secret
	Address string // what the picture says
}

// PendingApp is the secret that is being set up; none is NotFound.
func (s *Store) PendingApp(ctx context.Context, scope tenant.Scope) (Pending, error) {
	var p Pending
	var email string
	err := s.db.QueryRow(ctx, `
		select a.pending, coalesce(p.email, '') from authenticators a join people p on p.id = a.person_id
		where a.person_id = $1 and a.pending_at > $2`,
		string(scope.Person()), s.db.Clock().Now().Add(-s.settings.PendingLife)).Scan((*string)(&p.Secret), &email)
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.New(fault.NotFound, "There is no app to be set up. Start again from your account")
	}
	p.Address = p.Secret.Address(s.account.Settings().ServiceName, email)
	return p, err
}

// ConfirmApp takes an app into use that has shown a code. The session of the
// person gets another token. A wrong code is a problem with the field code.
func (s *Store) ConfirmApp(ctx context.Context, scope tenant.Scope, token string, n Shown) (account.Started, error) {
	p, err := s.PendingApp(ctx, scope)
	if err != nil {
		return account.Started{}, err
	}
	n.Way = account.ByCode
	try, err := s.second(ctx, scope.Person(), n)
	if err != nil {
		return account.Started{}, err
	}
	return s.change(ctx, scope, token, change{what: "appAdded", proves: account.ByCode,
		letter: "An authenticator app was set up. From now on you are asked for a code from it after a link or a password.",
		do: func(tx *db.Tx) error {
			step, ok := p.Secret.Accept(onetime.Plain(n.Code), tx.Now().Time(), 0)
			if !ok {
				return n.wrong(saidCode)
			}
			if err := s.tries.GotIn(ctx, tx, try); err != nil {
				return err
			}
			return db.MustAffectOne(tx.Exec(ctx, `
				update authenticators set secret = pending, confirmed_at = $1, last_step = $2, pending = null, pending_at = null
				where person_id = $3 and pending = $4`, tx.Now(), step, string(scope.Person()), string(p.Secret)))
		}})
}

// RemoveApp forgets the authenticator app of the person signed in; none is
// NotFound.
func (s *Store) RemoveApp(ctx context.Context, scope tenant.Scope, token string) (account.Started, error) {
	return s.change(ctx, scope, token, change{what: "appRemoved", letter: "Your authenticator app was removed. Its codes are no longer asked for.",
		do: func(tx *db.Tx) error {
			err := db.MustAffectOne(tx.Exec(ctx, `delete from authenticators where person_id = $1 and secret is not null`, string(scope.Person())))
			if errors.Is(err, db.ErrStale) {
				return fault.New(fault.NotFound, "You have no authenticator app here")
			}
			return err
		}})
}

// useCode accepts a code from the person's app, and never again one of its step
// or before it.
func useCode(ctx context.Context, tx *db.Tx, person asye.PersonID, n Shown) error {
	var secret sql.NullString
	var last int64
	err := tx.QueryRow(ctx, `select secret, last_step from authenticators where person_id = $1`, string(person)).Scan(&secret, &last)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !secret.Valid {
		return n.wrong(saidCode)
	}
	if err != nil {
		return err
	}
	step, ok := onetime.Secret(secret.String).Accept(onetime.Plain(n.Code), tx.Now().Time(), last)
	if !ok {
		return n.wrong(saidCode)
	}
	err = db.MustAffectOne(tx.Exec(ctx, `
		update authenticators set last_step = $1 where person_id = $2 and last_step < $1`, step, string(person)))
	if errors.Is(err, db.ErrStale) {
		return n.wrong(saidCode)
	}
	return err
}
