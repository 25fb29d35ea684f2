package factor

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/passkey"
	"example.org/asye/internal/platform/tenant"
)

// AskSignIn asks a browser for a passkey of whoever is there. A network that asks
// very often is told to wait.
func (s *Store) AskSignIn(ctx context.Context, client string) (Asked, error) {
	if s.party == nil {
		return Asked{}, ErrNoPasskeys
	}
	a, err := s.party.AskAnyone()
	if err != nil {
		return Asked{}, err
	}
	return s.ask(ctx, "sign_in", asker{client: client}, a)
}

// SignInWithPasskey lets somebody in by what their browser has shown. What does
// not let them in is a problem with the field passkey.
func (s *Store) SignInWithPasskey(ctx context.Context, form *tenant.Form, n Shown, e account.Entry) (account.Started, error) {
	if s.party == nil {
		return account.Started{}, ErrNoPasskeys
	}
	ceremony, err := s.take(ctx, "sign_in", "", n.Ceremony)
	if err != nil {
		return account.Started{}, err
	}
	who, key, err := s.party.Shown(ceremony, n.Passkey, func(id string) (passkey.Owner, error) {
		return owner(ctx, s.db, asye.PersonID(id))
	})
	if err != nil {
		return account.Started{}, said(err)
	}
	return s.admit(ctx, form, e, admission{person: asye.PersonID(who.ID), way: account.ByPasskey,
		then: func(tx *db.Tx) error { return used(ctx, tx, asye.PersonID(who.ID), key) }})
}

// halt keeps the sign-in of somebody who has to give a second step. It is what
// the account store asks before it starts a session.
func (s *Store) halt(ctx context.Context, tx *db.Tx, e account.Entry, as account.Membership) (account.Started, error) {
	h, err := held(ctx, tx, e.Person)
	if err != nil || !h.AsksAfter(e.Way, s.account.Settings().NeedsSecond(as.Role)) {
		return account.Started{}, err
	}
	half := account.Started{Token: account.NewToken(), Until: tx.Now().Add(s.settings.HalfLife)}
	_, err = tx.Exec(ctx, `
		insert into half_sign_ins (token_hash, person_id, org_id, way, device, next, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		account.HashToken(half.Token), string(e.Person), string(as.Org), string(e.Way), e.Device, e.Next, half.Until)
	return half, err
}

// Half is a sign-in that waits for its second step.
type Half struct {
	account.Entry
	Held Held
}

var errHalf = fault.New(fault.Forbidden, "This sign-in has had its time. Sign in again")

// HalfWay finds the sign-in that waits behind a secret. One that has had its time,
// or that nobody began, is Forbidden.
func (s *Store) HalfWay(ctx context.Context, token string) (Half, error) {
	half, err := halfWay(ctx, s.db, token, s.db.Clock().Now())
	if err != nil {
		return half, err
	}
	half.Held, err = held(ctx, s.db, half.Person)
	return half, err
}

func halfWay(ctx context.Context, q db.Queryer, token string, now asye.Instant) (Half, error) {
	var h Half
	err := q.QueryRow(ctx, `
		select person_id, coalesce(org_id, ''), way, device, next from half_sign_ins
		where token_hash = $1 and expires_at > $2`, account.HashToken(token), now).
		Scan((*string)(&h.Person), (*string)(&h.Org), (*string)(&h.Way), &h.Device, &h.Next)
	if fault.KindOf(db.NotFound(err, "sign-in")) == fault.NotFound {
		return h, errHalf
	}
	return h, err
}

// AskSecondPasskey asks the browser for a passkey as the second step.
func (s *Store) AskSecondPasskey(ctx context.Context, token string) (Asked, error) {
	half, err := s.HalfWay(ctx, token)
	if err != nil {
		return Asked{}, err
	}
	return s.askOwner(ctx, "second", half.Person)
}

func (s *Store) askOwner(ctx context.Context, purpose string, person asye.PersonID) (Asked, error) {
	if s.party == nil {
		return Asked{}, ErrNoPasskeys
	}
	o, err := owner(ctx, s.db, person)
	if err != nil {
		return Asked{}, err
	}
	a, err := s.party.AskOwner(o)
	if err != nil {
		return Asked{}, said(err)
	}
	return s.ask(ctx, purpose, asker{person: person}, a)
}

// Finish takes the second step of a sign-in and lets its person in. What does not
// prove anything is a problem with its field.
func (s *Store) Finish(ctx context.Context, form *tenant.Form, token string, n Shown) (account.Started, error) {
	half, err := s.HalfWay(ctx, token)
	if err != nil {
		return account.Started{}, err
	}
	if n.Way != account.ByPasskey && n.Way != account.ByCode && n.Way != account.ByRecovery {
		return account.Started{}, n.wrong(saidNothing)
	}
	judge, err := s.prepare(ctx, "second", half.Person, n)
	if err != nil {
		return account.Started{}, err
	}
	e := half.Entry
	e.Also = n.Way
	var started account.Started
	err = s.db.Write(ctx, tenant.Nobody().WithForm(form), func(tx *db.Tx) error {
		if err := judge(tx); err != nil {
			return err
		}
		if err := db.MustAffectOne(tx.Exec(ctx, `delete from half_sign_ins where token_hash = $1`, account.HashToken(token))); err != nil {
			return errHalf
		}
		var err error
		started, err = s.account.Enter(ctx, tx, e)
		return err
	})
	s.outbox.Wake()
	return started, err
}
