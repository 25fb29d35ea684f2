package factor

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/onetime"
	"example.org/asye/internal/platform/tenant"
)

// prepare does what has to be done before a transaction: it counts a guess, uses
// a request for a passkey up, and waits for a password's turn. What it gives
// judges the rest within the transaction, and uses up what works once.
func (s *Store) prepare(ctx context.Context, purpose string, person asye.PersonID, n Shown) (func(*db.Tx) error, error) {
	switch n.Way {
	case account.ByPasskey:
		return s.preparePasskey(ctx, purpose, person, n)
	case account.ByRecovery:
		return func(tx *db.Tx) error { return s.usePrinted(ctx, tx, person, n) }, nil
	case account.ByCode, account.ByPassword:
	default:
		return nil, n.wrong(saidNothing)
	}
	try, err := s.second(ctx, person, n)
	if err != nil {
		return nil, err
	}
	if n.Way == account.ByPassword {
		same, err := s.samePassword(ctx, person, n.Code)
		if err != nil {
			return nil, err
		}
		if !same {
			return nil, n.wrong(saidPassword)
		}
		return func(tx *db.Tx) error { return s.tries.GotIn(ctx, tx, try) }, nil
	}
	return func(tx *db.Tx) error {
		if err := useCode(ctx, tx, person, n); err != nil {
			return err
		}
		return s.tries.GotIn(ctx, tx, try)
	}, nil
}

func (s *Store) preparePasskey(ctx context.Context, purpose string, person asye.PersonID, n Shown) (func(*db.Tx) error, error) {
	if s.party == nil {
		return nil, ErrNoPasskeys
	}
	ceremony, err := s.take(ctx, purpose, person, n.Ceremony)
	if err != nil {
		return nil, err
	}
	o, err := owner(ctx, s.db, person)
	if err != nil {
		return nil, said(err)
	}
	key, err := s.party.ShownBy(o, ceremony, n.Passkey)
	if err != nil {
		return nil, said(err)
	}
	return func(tx *db.Tx) error { return used(ctx, tx, person, key) }, nil
}

// AskProof asks the browser of the person signed in for a passkey, to prove that
// they are there.
func (s *Store) AskProof(ctx context.Context, scope tenant.Scope) (Asked, error) {
	return s.askOwner(ctx, "prove", scope.Person())
}

// Prove takes a proof that the person signed in is there, and gives their session
// another token. What proves nothing is a problem with its field.
func (s *Store) Prove(ctx context.Context, scope tenant.Scope, token string, n Shown) (account.Started, error) {
	judge, err := s.prepareProof(ctx, scope, token, n)
	if err != nil {
		return account.Started{}, err
	}
	var started account.Started
	err = s.db.Write(ctx, scope.WithForm(nil), func(tx *db.Tx) error {
		if err := judge(tx); err != nil {
			return err
		}
		var err error
		if started, err = s.account.Renew(ctx, tx, scope, token, n.Way); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, about(scope, "proved", map[string]string{"with": n.Way.String()}))
	})
	s.outbox.Wake()
	return started, err
}

func (s *Store) prepareProof(ctx context.Context, scope tenant.Scope, token string, n Shown) (func(*db.Tx) error, error) {
	if n.Way != account.ByMail {
		return s.prepare(ctx, "prove", scope.Person(), n)
	}
	h, err := s.Held(ctx, scope)
	if err != nil {
		return nil, err
	}
	if !h.MayMail(s.roleNeeds(scope)) {
		return nil, n.wrong(saidNothing)
	}
	return s.prepareMailed(ctx, scope, token, n)
}

// here is the session of a token that belongs to the person at work.
func (s *Store) here(ctx context.Context, scope tenant.Scope, token string) (account.Session, error) {
	one, found, err := s.account.Session(ctx, token)
	if err == nil && (!found || one.Person.ID != scope.Person()) {
		err = fault.New(fault.Forbidden, "Your session has ended. Sign in again")
	}
	return one, err
}

// MailCode sends the person signed in a code by which they prove that they are
// there. The one sent before stops working. Where a link would not let them in, a
// code does not either: that is Forbidden.
func (s *Store) MailCode(ctx context.Context, scope tenant.Scope, token string) error {
	h, err := s.Held(ctx, scope)
	if err != nil {
		return err
	}
	if !h.MayMail(s.roleNeeds(scope)) {
		return fault.New(fault.Forbidden, "You have set up another way to show that it is you. Use that")
	}
	one, err := s.here(ctx, scope, token)
	if err != nil {
		return err
	}
	code, err := sixFigures()
	if err != nil {
		return err
	}
	hash, err := s.account.Veil(ctx, one.ID+":"+code)
	if err != nil {
		return err
	}
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		sent := 0
		if err := tx.QueryRow(ctx, `
			insert into mailed_codes (session_id, person_id, code_hash, made_at, expires_at) values ($1, $2, $3, $4, $5)
			on conflict (session_id) do update set code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at,
				sent = case when mailed_codes.made_at < $6 then 1 else mailed_codes.sent + 1 end,
				made_at = case when mailed_codes.made_at < $6 then excluded.made_at else mailed_codes.made_at end
			returning sent`,
			one.ID, string(scope.Person()), hash, tx.Now(), tx.Now().Add(s.settings.MailLife), tx.Now().Add(-s.settings.MailLife)).Scan(&sent); err != nil {
			return err
		}
		if sent > s.settings.Mails {
			return fault.New(fault.Invalid, "Several codes are on their way to you. Look for the last one, also in the folder for junk mail, or try again in a few minutes")
		}
		m, err := s.codeMail(one.Person, code)
		if err != nil {
			return err
		}
		return s.outbox.Queue(ctx, tx, m)
	})
	s.outbox.Wake()
	return err
}

// prepareMailed counts a try of a mailed code; after five, or once it has been
// right, the code is worth nothing.
func (s *Store) prepareMailed(ctx context.Context, scope tenant.Scope, token string, n Shown) (func(*db.Tx) error, error) {
	one, err := s.here(ctx, scope, token)
	if err != nil {
		return nil, err
	}
	hash, err := s.account.Veil(ctx, one.ID+":"+onetime.Plain(n.Code))
	if err != nil {
		return nil, err
	}
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		return db.MustAffectOne(tx.Exec(ctx, `
			update mailed_codes set tries = tries + 1
			where session_id = $1 and person_id = $2 and tries < $3 and expires_at > $4`,
			one.ID, string(scope.Person()), s.settings.MailTries, tx.Now()))
	})
	if errors.Is(err, db.ErrStale) {
		return nil, n.wrong("That code has had its time. Have a new one sent")
	}
	if err != nil {
		return nil, err
	}
	return func(tx *db.Tx) error {
		err := db.MustAffectOne(tx.Exec(ctx, `
			delete from mailed_codes where session_id = $1 and person_id = $2 and code_hash = $3`, one.ID, string(scope.Person()), hash))
		if errors.Is(err, db.ErrStale) {
			return n.wrong(saidMailed)
		}
		return err
	}, nil
}

func sixFigures() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	return fmt.Sprintf("%06d", n), err
}
