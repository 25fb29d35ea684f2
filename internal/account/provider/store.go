package provider

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps which directory account is whose.
type Store struct {
	db          *db.DB
	accounts    *account.Store
	directories []Directory
}

// NewStore keeps directory accounts in a database, for people whom the store of
// accounts knows.
func NewStore(d *db.DB, accounts *account.Store, directories []Directory) *Store {
	return &Store{d, accounts, directories}
}

// find gives a directory by its key.
func (s *Store) find(key string) (Directory, bool) {
	for _, d := range s.directories {
		if d.Key == key {
			return d, true
		}
	}
	return Directory{}, false
}

// SignIn lets in the person whose directory account this is, within one
// transaction: the visit has ended, the account is connected if its address says
// whose it is, and a session has begun; or nothing has happened. Whoever is not
// known, is disabled or has no role today is Forbidden.
func (s *Store) SignIn(ctx context.Context, state string, p Proof, device string) (account.Started, error) {
	var started account.Started
	visit, err := s.accounts.Veil(ctx, "visit:"+state)
	if err != nil {
		return started, err
	}
	err = s.db.Write(ctx, tenant.Nobody(), func(tx *db.Tx) error {
		if err := endVisit(ctx, tx, visit); err != nil {
			return err
		}
		person, err := s.holder(ctx, tx, p)
		if err != nil {
			return err
		}
		isNew := person == ""
		if isNew {
			if person, err = s.byAddress(ctx, tx, p); err != nil {
				return err
			}
		}
		started, err = s.accounts.Enter(ctx, tx, account.Entry{Person: person, Way: account.ByProvider, Device: device})
		if err != nil {
			return err
		}
		if isNew {
			scope, err := s.atWork(ctx, tx, person)
			if err != nil {
				return err
			}
			if err := s.connect(ctx, tx, scope, byAddress, p); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `update directory_accounts set last_used_at = $1, shown_as = $2 where issuer = $3 and subject = $4`,
			tx.Now(), p.Shown, p.Issuer, p.Subject)
		return err
	})
	return started, err
}

// endVisit uses a visit up; one that has ended already is Forbidden.
func endVisit(ctx context.Context, tx *db.Tx, hash string) error {
	err := db.MustAffectOne(tx.Exec(ctx, `
		insert into directory_visits (state_hash, ended_at) values ($1, $2) on conflict (state_hash) do nothing`, hash, tx.Now()))
	if errors.Is(err, db.ErrStale) {
		return errUsed
	}
	return err
}

// holder is whose a directory account is; empty when it is nobody's yet.
func (s *Store) holder(ctx context.Context, q db.Queryer, p Proof) (asye.PersonID, error) {
	var id asye.PersonID
	err := q.QueryRow(ctx, `select person_id from directory_accounts where issuer = $1 and subject = $2`,
		p.Issuer, p.Subject).Scan((*string)(&id))
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, err
}

// byAddress is the person whose address the directory answers for. One who comes
// in with another account of it already is not meant: addresses are given to
// somebody else when people leave. This account itself may have been connected
// since it was asked for, by another window.
func (s *Store) byAddress(ctx context.Context, tx *db.Tx, p Proof) (asye.PersonID, error) {
	d, known := s.find(p.Directory)
	if !known || d.Issuer != p.Issuer || !d.vouches(p) {
		return "", errUnknown
	}
	var id asye.PersonID
	others := 0
	err := tx.QueryRow(ctx, `
		select p.id, (select count(*) from directory_accounts d where d.person_id = p.id and d.issuer = $2 and d.subject <> $3)
		from people p where p.email = $1`,
		asye.Identity{Email: p.Address}.Trimmed().Email, p.Issuer, p.Subject).Scan((*string)(&id), &others)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", errUnknown
	case err == nil && others > 0:
		return "", errAnother
	}
	return id, err
}

// By what an account was connected.
const (
	byAddress = "address"
	byPerson  = "person"
)

// connect puts on record whose an account is: that of whoever is at work.
func (s *Store) connect(ctx context.Context, tx *db.Tx, scope tenant.Scope, by string, p Proof) error {
	err := db.MustAffectOne(tx.Exec(ctx, `
		insert into directory_accounts (id, person_id, issuer, subject, shown_as, connected_by, connected_at)
		values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
		tx.NewID(), string(scope.Person()), p.Issuer, p.Subject, p.Shown, by, tx.Now()))
	if errors.Is(err, db.ErrStale) {
		return s.outrun(ctx, tx, scope, p)
	}
	if err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "account.providerLinked", Kind: "person", ID: string(scope.Person()),
		After: map[string]string{"directory": s.name(p.Issuer), "account": p.Shown, "connected_by": by}})
}

// outrun says what it means that somebody was quicker: nothing, where that was
// the same person in another window.
func (s *Store) outrun(ctx context.Context, tx *db.Tx, scope tenant.Scope, p Proof) error {
	holder, err := s.holder(ctx, tx, p)
	switch {
	case err != nil:
		return err
	case holder == scope.Person():
		return nil
	case holder == "":
		return errAnother
	}
	return errTheirs
}

// atWork is the scope of a person in the session that has just begun.
func (s *Store) atWork(ctx context.Context, tx *db.Tx, person asye.PersonID) (tenant.Scope, error) {
	var org asye.OrganisationID
	var role asye.Role
	err := tx.QueryRow(ctx, `
		select org_id, role from sessions where person_id = $1 order by made_at desc, id desc limit 1`,
		string(person)).Scan((*string)(&org), (*string)(&role))
	return tenant.SignedIn(person, org, role), db.NotFound(err, "session")
}

// name is how an issuer is called here.
func (s *Store) name(issuer string) string {
	for _, d := range s.directories {
		if d.Issuer == issuer {
			return d.Name
		}
	}
	return issuer
}

// Tidy forgets visits that could no longer come back.
func (s *Store) Tidy(ctx context.Context, now asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from directory_visits where ended_at < $1`, now.Add(-time.Hour))
		return err
	})
}
