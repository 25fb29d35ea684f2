package provider

import (
	"context"
	"database/sql"
	"errors"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Links lists the directory accounts that the person signed in has connected.
func (s *Store) Links(ctx context.Context, scope tenant.Scope) ([]Link, error) {
	return s.links(ctx, s.db, scope.Person())
}

// LinksOf gives a person whom an administrator can see, and the directory
// accounts that they have connected; otherwise NotFound.
func (s *Store) LinksOf(ctx context.Context, scope tenant.Scope, id asye.PersonID) (account.Person, []Link, error) {
	person, _, err := s.accounts.Person(ctx, scope, id)
	if err != nil {
		return person, nil, err
	}
	list, err := s.links(ctx, s.db, id)
	return person, list, err
}

func (s *Store) links(ctx context.Context, q db.Queryer, person asye.PersonID) ([]Link, error) {
	rows, err := q.Query(ctx, `
		select id, issuer, shown_as, case when connected_by = 'person' then 1 else 0 end, connected_at, last_used_at
		from directory_accounts where person_id = $1 order by connected_at, id`, string(person))
	return db.Rows(rows, err, func(rows *sql.Rows) (Link, error) {
		var l Link
		var byPerson int
		err := rows.Scan(&l.ID, &l.Issuer, &l.Shown, &byPerson, &l.At, &l.LastUsed)
		l.Name, l.ByPerson = s.name(l.Issuer), byPerson == 1
		return l, err
	})
}

// Connect connects an account, whose holder has just shown it, to the person
// signed in. One that is another person's, or the second of one directory, is
// Forbidden.
func (s *Store) Connect(ctx context.Context, scope tenant.Scope, p Proof) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		holder, err := s.holder(ctx, tx, p)
		if err != nil {
			return err
		}
		if holder != "" && holder != scope.Person() {
			return errTheirs
		}
		mine, err := s.links(ctx, tx, scope.Person())
		if err != nil {
			return err
		}
		for _, l := range mine {
			if l.Issuer == p.Issuer && holder == "" {
				return errSecond
			}
		}
		if holder != "" {
			return fault.New(fault.Conflict, "This account is connected already")
		}
		return s.connect(ctx, tx, scope, byPerson, p)
	})
}

// Disconnect takes an account away from the person signed in. Another person's
// is NotFound.
func (s *Store) Disconnect(ctx context.Context, scope tenant.Scope, id string) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error { return s.disconnect(ctx, tx, scope, scope.Person(), id) })
}

// DisconnectOf takes an account away from a person, for an administrator who can
// see them: a person beyond their sight is NotFound, one beyond their reach
// Forbidden.
func (s *Store) DisconnectOf(ctx context.Context, scope tenant.Scope, person asye.PersonID, id string) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := s.accounts.MayTouch(ctx, tx, scope, person); err != nil {
			return err
		}
		return s.disconnect(ctx, tx, scope, person, id)
	})
}

func (s *Store) disconnect(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, id string) error {
	var issuer, shown string
	err := tx.QueryRow(ctx, `delete from directory_accounts where id = $1 and person_id = $2 returning issuer, shown_as`,
		id, string(person)).Scan(&issuer, &shown)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "This account is not connected any more")
	}
	if err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "account.providerUnlinked", Kind: "person", ID: string(person),
		Before: map[string]string{"directory": s.name(issuer), "account": shown}})
}

// Moved disconnects what a person had connected when they get a new e-mail
// address, within the transaction of that: whoever moves to another employer is
// not to be impersonated by the directory of the one before. An account of a
// directory that owns the new address as well stays.
func (s *Store) Moved(ctx context.Context, tx *db.Tx, scope tenant.Scope, person asye.PersonID, email string) error {
	list, err := s.links(ctx, tx, person)
	if err != nil {
		return err
	}
	for _, l := range list {
		if s.owned(l.Issuer, email) {
			continue
		}
		if err := s.disconnect(ctx, tx, scope, person, l.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) owned(issuer, email string) bool {
	for _, d := range s.directories {
		if d.Issuer == issuer && d.Owns(email) {
			return true
		}
	}
	return false
}
