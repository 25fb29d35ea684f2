package factor

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/passkey"
	"example.org/asye/internal/platform/tenant"
)

// Asked is a request for a passkey, for the browser.
type Asked struct {
	ID      string // comes back with the answer
	Options string // JSON
}

// ErrNoPasskeys is the answer where the address of the service allows none.
var ErrNoPasskeys = fault.New(fault.NotFound, "Passkeys do not work at the address of this service")

// asker is who is asked for a passkey: a person who is known, or whoever is at a
// network.
type asker struct {
	person asye.PersonID
	client string
}

// ask keeps a request until it is answered. Of one person, and of one network
// where nobody is known yet, only so many wait at a time.
func (s *Store) ask(ctx context.Context, purpose string, by asker, a passkey.Asked) (Asked, error) {
	out := Asked{ID: account.NewToken(), Options: a.Options}
	from, err := s.account.Veil(ctx, "passkey:"+string(by.person)+":"+by.client)
	if err != nil {
		return out, err
	}
	return out, s.db.Keep(ctx, func(tx *db.Tx) error {
		waiting := 0
		if err := tx.QueryRow(ctx, `select count(*) from passkey_requests where by_hash = $1 and expires_at > $2`, from, tx.Now()).Scan(&waiting); err != nil {
			return err
		}
		if waiting >= s.settings.PerClient {
			return fault.New(fault.Invalid, "Many people on your network are signing in just now, so we have to slow down. Try again in a few minutes, or have a link sent to you")
		}
		_, err := tx.Exec(ctx, `
			insert into passkey_requests (id, purpose, person_id, by_hash, ceremony, expires_at) values ($1, $2, $3, $4, $5, $6)`,
			account.HashToken(out.ID), purpose, orNull(string(by.person)), from, a.Ceremony, tx.Now().Add(s.settings.RequestLife))
		return err
	})
}

// take uses a request up, whatever comes of its answer: there is one answer to a
// request, and soon.
func (s *Store) take(ctx context.Context, purpose string, person asye.PersonID, id string) (string, error) {
	ceremony := ""
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		var until asye.Instant
		err := tx.QueryRow(ctx, `
			delete from passkey_requests where id = $1 and purpose = $2 and coalesce(person_id, '') = $3
			returning ceremony, expires_at`, account.HashToken(id), purpose, string(person)).Scan(&ceremony, &until)
		if err == nil && !tx.Now().Before(until) {
			ceremony = ""
		}
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return err
	})
	if err == nil && ceremony == "" {
		err = Shown{Way: account.ByPasskey}.wrong(saidLate)
	}
	return ceremony, err
}

// owner is a person with their passkeys, as a check needs them. Somebody who is
// disabled is nobody.
func owner(ctx context.Context, q db.Queryer, person asye.PersonID) (passkey.Owner, error) {
	o := passkey.Owner{ID: string(person)}
	var given, family string
	err := q.QueryRow(ctx, `
		select given_name, family_name, coalesce(email, '') from people where id = $1 and disabled_at is null`,
		string(person)).Scan(&given, &family, &o.Email)
	if err != nil {
		return o, db.NotFound(err, "person")
	}
	o.Name = given + " " + family
	rows, err := q.Query(ctx, `select credential_id, record from passkeys where person_id = $1 order by made_at, id`, string(person))
	o.Keys, err = db.Rows(rows, err, func(rows *sql.Rows) (passkey.Key, error) {
		var k passkey.Key
		return k, rows.Scan(&k.ID, &k.Record)
	})
	return o, err
}

// used keeps a passkey as it is after it was shown, with its counter.
func used(ctx context.Context, tx *db.Tx, person asye.PersonID, k passkey.Key) error {
	return db.MustAffectOne(tx.Exec(ctx, `
		update passkeys set record = $1, last_used_at = $2 where credential_id = $3 and person_id = $4`,
		k.Record, tx.Now(), k.ID, string(person)))
}

// said turns what a check found into what the person is told. What lies behind a
// refusal stays in the error, for the log.
func said(err error) error {
	switch {
	case errors.Is(err, passkey.ErrCopied):
		return Shown{Way: account.ByPasskey}.wrong(saidCopied)
	case errors.Is(err, passkey.ErrRefused), fault.KindOf(err) == fault.NotFound:
		return Shown{Way: account.ByPasskey}.wrong(saidPasskey)
	}
	return err
}

// AskNewPasskey asks the browser of the person signed in to make a passkey.
func (s *Store) AskNewPasskey(ctx context.Context, scope tenant.Scope) (Asked, error) {
	if s.party == nil {
		return Asked{}, ErrNoPasskeys
	}
	o, err := owner(ctx, s.db, scope.Person())
	if err != nil {
		return Asked{}, err
	}
	if len(o.Keys) >= s.settings.MostPasskeys {
		return Asked{}, fault.New(fault.Invalid, "You have %d passkeys. Remove one before you add another", len(o.Keys))
	}
	a, err := s.party.AskNew(o)
	if err != nil {
		return Asked{}, err
	}
	return s.ask(ctx, "add", asker{person: scope.Person()}, a)
}

// NewPasskey is what comes back when a browser has made a passkey.
type NewPasskey struct {
	Shown
	Name   string // as typed; the device in words when empty
	Device string
}

// AddPasskey keeps a passkey that the browser of the person signed in has made.
// Their session gets another token. What cannot be kept is a problem with the
// field name or passkey.
func (s *Store) AddPasskey(ctx context.Context, scope tenant.Scope, token string, n NewPasskey) (account.Started, error) {
	name := nameOf(n.Name, n.Device)
	if err := checkName(name); err != nil {
		return account.Started{}, err
	}
	if s.party == nil {
		return account.Started{}, ErrNoPasskeys
	}
	ceremony, err := s.take(ctx, "add", scope.Person(), n.Ceremony)
	if err != nil {
		return account.Started{}, err
	}
	o, err := owner(ctx, s.db, scope.Person())
	if err != nil {
		return account.Started{}, err
	}
	made, err := s.party.Made(o, ceremony, n.Passkey)
	if err != nil {
		return account.Started{}, said(err)
	}
	return s.change(ctx, scope, token, change{what: "passkeyAdded", after: map[string]string{"name": name},
		letter: "A passkey called “" + name + "” was added. It can be used to sign in as you.", proves: account.ByPasskey,
		do: func(tx *db.Tx) error {
			res, err := tx.Exec(ctx, `
				insert into passkeys (id, person_id, credential_id, record, name, made_at) values ($1, $2, $3, $4, $5, $6)
				on conflict (credential_id) do nothing`,
				tx.NewID(), string(scope.Person()), made.ID, made.Record, name, tx.Now())
			if err := db.MustAffectOne(res, err); errors.Is(err, db.ErrStale) {
				return n.wrong("This passkey is known here already")
			} else if err != nil {
				return err
			}
			return nil
		}})
}

// Passkey finds a passkey of the person signed in; another's is NotFound.
func (s *Store) Passkey(ctx context.Context, scope tenant.Scope, id string) (Passkey, error) {
	h, err := s.Held(ctx, scope)
	if err != nil {
		return Passkey{}, err
	}
	for _, p := range h.Passkeys {
		if p.ID == id {
			return p, nil
		}
	}
	return Passkey{}, fault.New(fault.NotFound, "You have no such passkey")
}

// RenamePasskey calls a passkey of the person signed in something else.
func (s *Store) RenamePasskey(ctx context.Context, scope tenant.Scope, id, name string) error {
	if name = nameOf(name, ""); name == "" {
		return fault.Problems{{Field: "name", Text: "Enter a name, so that you can tell your passkeys apart"}}
	}
	if err := checkName(name); err != nil {
		return err
	}
	was, err := s.Passkey(ctx, scope, id)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := db.MustAffectOne(tx.Exec(ctx, `update passkeys set name = $1 where id = $2 and person_id = $3`,
			name, id, string(scope.Person()))); err != nil {
			return err
		}
		l := about(scope, "passkeyRenamed", map[string]string{"name": name})
		l.Before = map[string]string{"name": was.Name}
		return tx.Audit(ctx, scope, l)
	})
}

// RemovePasskey removes a passkey of the person signed in; another's is
// NotFound.
func (s *Store) RemovePasskey(ctx context.Context, scope tenant.Scope, token, id string) (account.Started, error) {
	was, err := s.Passkey(ctx, scope, id)
	if err != nil {
		return account.Started{}, err
	}
	return s.change(ctx, scope, token, change{what: "passkeyRemoved", after: map[string]string{"name": was.Name},
		letter: "The passkey called “" + was.Name + "” was removed.",
		do: func(tx *db.Tx) error {
			return db.MustAffectOne(tx.Exec(ctx, `delete from passkeys where id = $1 and person_id = $2`, id, string(scope.Person())))
		}})
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
