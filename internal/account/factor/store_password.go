package factor

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/password"
	"example.org/asye/internal/platform/tenant"
)

// ErrNoPasswords is the answer where the operator has not turned them on.
var ErrNoPasswords = fault.New(fault.NotFound, "This service has no passwords")

// SetPassword sets the password of the person signed in. One that is too short or
// too common is a problem with the field new_password.
func (s *Store) SetPassword(ctx context.Context, scope tenant.Scope, token, text string) (account.Started, error) {
	if !s.HasPasswords() {
		return account.Started{}, ErrNoPasswords
	}
	o, err := owner(ctx, s.db, scope.Person())
	if err != nil {
		return account.Started{}, err
	}
	if why := password.Refusal(text, o.Name, o.Email, s.account.Settings().ServiceName); why != "" {
		return account.Started{}, fault.Problems{{Field: "new_password", Text: why}}
	}
	hash, err := s.queue.Hash(ctx, text)
	if err != nil {
		return account.Started{}, err
	}
	return s.change(ctx, scope, token, change{what: "passwordSet", letter: "Your password was set. Whoever knows it can sign in as you, as far as no second step is asked for.",
		do: func(tx *db.Tx) error { return keepPassword(ctx, tx, scope.Person(), hash) }})
}

func keepPassword(ctx context.Context, tx *db.Tx, person asye.PersonID, hash string) error {
	_, err := tx.Exec(ctx, `
		insert into passwords (person_id, hash, set_at) values ($1, $2, $3)
		on conflict (person_id) do update set hash = excluded.hash, set_at = excluded.set_at`,
		string(person), hash, tx.Now())
	return err
}

// RemovePassword forgets the password of the person signed in; none is NotFound.
func (s *Store) RemovePassword(ctx context.Context, scope tenant.Scope, token string) (account.Started, error) {
	return s.change(ctx, scope, token, change{what: "passwordRemoved", letter: "Your password was removed. You sign in by a link in an e-mail, or with a passkey.",
		do: func(tx *db.Tx) error {
			err := db.MustAffectOne(tx.Exec(ctx, `delete from passwords where person_id = $1`, string(scope.Person())))
			if errors.Is(err, db.ErrStale) {
				return fault.New(fault.NotFound, "You have no password here")
			}
			return err
		}})
}

// kept is the password that somebody has, as it is kept.
type kept struct {
	person asye.PersonID
	hash   string
	anew   string // the same password as it is kept now, where it was kept more cheaply; else empty
}

// Typed is an attempt to sign in with a password.
type Typed struct {
	Email    string
	Password string
	Client   string // the network address it came from
}

const saidBoth = "The address or the password is not right. You can have a link sent to you instead"

// SignInWithPassword lets somebody in by their address and password. Whether an
// address is known, has a password, or is disabled, the answer is the same and
// takes as long: a password is compared in each case, in turn with all others.
func (s *Store) SignInWithPassword(ctx context.Context, form *tenant.Form, t Typed, e account.Entry) (account.Started, error) {
	if !s.HasPasswords() {
		return account.Started{}, ErrNoPasswords
	}
	email := asye.Identity{Email: t.Email}.Trimmed().Email
	had, try, err := s.compare(ctx, email, t)
	if err != nil {
		return account.Started{}, err
	}
	if had.person == "" {
		return account.Started{}, Shown{Way: account.ByPassword}.wrong(saidBoth)
	}
	return s.admit(ctx, form, e, admission{person: had.person, way: account.ByPassword,
		then: func(tx *db.Tx) error {
			if err := s.tries.GotIn(ctx, tx, try); err != nil || had.anew == "" {
				return err
			}
			_, err := tx.Exec(ctx, `update passwords set hash = $1 where person_id = $2`, had.anew, string(had.person))
			return err
		}})
}

// compare compares a password with that of whoever has an address, and gives who
// it is when they are the same. The try is counted when its turn has come: of a
// whole council that comes at nine, only those two count as not yet right.
func (s *Store) compare(ctx context.Context, email string, t Typed) (kept, tries.Allowed, error) {
	leave, err := s.queue.Turn(ctx)
	if err != nil {
		return kept{}, tries.Allowed{}, err
	}
	defer leave()
	try, err := s.tries.May(ctx, tries.Try{Door: tries.Front, Subject: email, Client: t.Client})
	if err != nil {
		return kept{}, try, err
	}
	had := kept{hash: password.Dummy}
	err = s.db.QueryRow(ctx, `
		select p.id, w.hash from passwords w join people p on p.id = w.person_id
		where p.email = $1 and p.disabled_at is null`, email).Scan((*string)(&had.person), &had.hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return kept{}, try, err
	}
	same, err := password.Matches(had.hash, t.Password)
	switch {
	case !same:
		had.person = ""
	case password.IsWeaker(had.hash):
		had.anew = password.Make(t.Password)
	}
	return had, try, err
}

// admission is somebody who has shown that they may come in.
type admission struct {
	person asye.PersonID
	way    account.Way
	then   func(tx *db.Tx) error // what else is kept
}

// admit lets somebody in, in one transaction with what they used up.
func (s *Store) admit(ctx context.Context, form *tenant.Form, e account.Entry, a admission) (account.Started, error) {
	var started account.Started
	err := s.db.Write(ctx, tenant.Nobody().WithForm(form), func(tx *db.Tx) error {
		if err := a.then(tx); err != nil {
			return err
		}
		e.Person, e.Way = a.person, a.way
		var err error
		started, err = s.account.Enter(ctx, tx, e)
		return err
	})
	return started, err
}

// samePassword tells whether a password is the person's. It is asked before a
// transaction begins, because it may have to wait for its turn.
func (s *Store) samePassword(ctx context.Context, person asye.PersonID, text string) (bool, error) {
	if !s.HasPasswords() {
		return false, nil
	}
	hash := password.Dummy
	err := s.db.QueryRow(ctx, `select hash from passwords where person_id = $1`, string(person)).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	leave, err := s.queue.Turn(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	return password.Matches(hash, text)
}
