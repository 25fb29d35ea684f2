package account

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

func (s *Store) start(ctx context.Context, tx *db.Tx, e Entry, m Membership) (Started, error) {
	started := Started{Token: NewToken(), Until: tx.Now().Add(s.settings.Absolute)}
	if _, err := tx.Exec(ctx, `
		insert into sessions (id, token_hash, person_id, org_id, role, form_key, made_at, last_seen_at, expires_at, device,
			how, also, proved_at)
		values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11, $7)`,
		tx.NewID(), HashToken(started.Token), string(e.Person), string(m.Org), string(m.Role), NewToken(),
		tx.Now(), started.Until, e.Device, string(e.Way), string(e.Also)); err != nil {
		return started, err
	}
	_, err := tx.Exec(ctx, `
		update memberships set last_used_at = $1
		where person_id = $2 and org_id = $3 and role = $4 and ends_on is null`,
		tx.Now(), string(e.Person), string(m.Org), string(m.Role))
	return started, err
}

// Renew gives the session of a token another one, because what it may do has
// changed: its person has shown again that it is them (with is how), or has
// added something to show (with is empty). The old token opens nothing from now
// on. A session that has ended is Forbidden.
func (s *Store) Renew(ctx context.Context, tx *db.Tx, scope tenant.Scope, token string, with Way) (Started, error) {
	started := Started{Token: NewToken()}
	second := ""
	if with.IsTwo() || with == ByCode || with == ByRecovery {
		second = string(with)
	}
	res, err := tx.Exec(ctx, `
		update sessions set token_hash = $1,
			proved_at = case when $2 = '' then proved_at else $3 end,
			also = case when $4 = '' then also else $4 end
		where token_hash = $5 and person_id = $6`,
		HashToken(started.Token), string(with), tx.Now(), second, HashToken(token), string(scope.Person()))
	if err := db.MustAffectOne(res, err); err != nil {
		return started, errEnded(err)
	}
	err = tx.QueryRow(ctx, `select expires_at from sessions where token_hash = $1`, HashToken(started.Token)).Scan(&started.Until)
	return started, err
}

func errEnded(err error) error {
	if fault.KindOf(err) == fault.Conflict {
		return fault.New(fault.Forbidden, "Your session has ended. Sign in again")
	}
	return err
}

// Switch lets the person signed in work in another of their roles: their
// session gets another token and another key for its forms. A role that they do
// not have today is NotFound.
func (s *Store) Switch(ctx context.Context, scope tenant.Scope, token string, to Grant) (Started, error) {
	var started Started
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		n := 0
		err := tx.QueryRow(ctx, `
			select count(*) from memberships
			where person_id = $1 and org_id = $2 and role = $3
			  and starts_on <= $4 and (ends_on is null or ends_on > $4)`,
			string(scope.Person()), string(to.Org), string(to.Role), clock.DateOf(tx.Now())).Scan(&n)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "You do not have this role today")
		}
		if started, err = s.Renew(ctx, tx, scope, token, ""); err != nil {
			return err
		}
		if err := s.become(ctx, tx, scope.Person(), started, to); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "account.roleChanged", Kind: "person", ID: string(scope.Person()), Org: to.Org,
			Before: map[string]string{"role": string(scope.Role())}, After: map[string]string{"role": string(to.Role)}})
	})
	return started, err
}

func (s *Store) become(ctx context.Context, tx *db.Tx, person asye.PersonID, started Started, to Grant) error {
	if _, err := tx.Exec(ctx, `
		update sessions set org_id = $1, role = $2, form_key = $3, last_seen_at = $4
		where token_hash = $5 and person_id = $6`,
		string(to.Org), string(to.Role), NewToken(), tx.Now(), HashToken(started.Token), string(person)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		update memberships set last_used_at = $1
		where person_id = $2 and org_id = $3 and role = $4 and ends_on is null`,
		tx.Now(), string(person), string(to.Org), string(to.Role))
	return err
}

// Ended are the keys with which the forms of a session that has ended by itself
// were made, and whose it was: of the session of a token, for somebody who is not
// signed in; of all that ended lately of the person at work. It is how a form
// that was sent too late finds its owner.
func (s *Store) Ended(ctx context.Context, scope tenant.Scope, token string) (asye.PersonID, []string, error) {
	now := s.db.Clock().Now()
	rows, err := s.db.Query(ctx, `
		select s.person_id, s.form_key from sessions s
		where (s.token_hash = $1 or s.person_id = $2)
		  and (s.expires_at <= $3 or s.last_seen_at <= $4)
		  and s.last_seen_at > $5`,
		HashToken(token), string(scope.Person()), now, now.Add(-s.settings.Idle), now.Add(-s.settings.Absolute-s.settings.EndedKept))
	var person asye.PersonID
	keys, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		key := ""
		return key, rows.Scan((*string)(&person), &key)
	})
	return person, keys, err
}
