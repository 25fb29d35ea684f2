package account

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Started is a session that has just begun. Token is known only now: the
// database keeps its hash.
type Started struct {
	Token string
	Until asye.Instant
}

// Session is one sign-in on one device.
type Session struct {
	ID         string
	Person     Person
	Org        asye.OrganisationID
	OrgName    string
	Role       asye.Role
	Roles      int   // how many roles the person can work in today
	Reach      Reach // how far they reach as an administrator
	FormKey    string
	Device     string
	MadeAt     asye.Instant
	LastSeenAt asye.Instant
}

const (
	seenEvery    = time.Minute            // how often the last use of a session is written
	seenPatience = 200 * time.Millisecond // how long a page waits for that
)

func (s *Store) start(ctx context.Context, tx *db.Tx, person asye.PersonID, m Membership, device string) (Started, error) {
	started := Started{Token: newToken(), Until: tx.Now().Add(s.settings.Absolute)}
	if _, err := tx.Exec(ctx, `
		insert into sessions (id, token_hash, person_id, org_id, role, form_key, made_at, last_seen_at, expires_at, device)
		values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)`,
		tx.NewID(), hashToken(started.Token), string(person), string(m.Org), string(m.Role), newToken(),
		tx.Now(), started.Until, device); err != nil {
		return started, err
	}
	_, err := tx.Exec(ctx, `
		update memberships set last_used_at = $1
		where person_id = $2 and org_id = $3 and role = $4 and ends_on is null`,
		tx.Now(), string(person), string(m.Org), string(m.Role))
	return started, err
}

// Session finds the session of a token: one that is neither too old nor unused
// for too long, of a person who is not disabled and still has its role. found
// is false for any other.
func (s *Store) Session(ctx context.Context, token string) (one Session, found bool, err error) {
	if token == "" {
		return Session{}, false, nil
	}
	now := s.db.Clock().Now()
	p, err := scanPerson(s.db.QueryRow(ctx, `
		select `+personColumns+`, s.id, s.org_id, o.name, s.role, s.form_key, s.device, s.made_at, s.last_seen_at,
			(select count(*) from memberships c
			 where c.person_id = s.person_id and c.starts_on <= $4 and (c.ends_on is null or c.ends_on > $4)),
			(o.type = 'national' or exists (
			 select 1 from setup_codes k where k.org_id = o.id and k.used_at is not null))
		from sessions s join people p on p.id = s.person_id join organisations o on o.id = s.org_id
		where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and p.disabled_at is null
		  and exists (select 1 from memberships m
			where m.person_id = s.person_id and m.org_id = s.org_id and m.role = s.role
			  and m.starts_on <= $4 and (m.ends_on is null or m.ends_on > $4))`,
		hashToken(token), now, now.Add(-s.settings.Idle), s.today()),
		&one.ID, (*string)(&one.Org), &one.OrgName, (*string)(&one.Role), &one.FormKey, &one.Device, &one.MadeAt,
		&one.LastSeenAt, &one.Roles, (*bool)(&one.Reach))
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, false, nil
	}
	if err != nil {
		return Session{}, false, err
	}
	one.Person = p
	if !now.Before(one.LastSeenAt.Add(seenEvery)) {
		s.seen(ctx, one)
	}
	return one, true, nil
}

// seen notes that a session is in use. A page is neither held up nor refused
// because a long import has the database to itself: the next page notes it.
func (s *Store) seen(ctx context.Context, one Session) {
	ctx, cancel := context.WithTimeout(ctx, seenPatience)
	defer cancel()
	_ = s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			update sessions set last_seen_at = $1 where id = $2 and last_seen_at < $1`, tx.Now(), one.ID)
		return err
	})
}

// Switch lets the person signed in work in another of their roles: their
// present session ends and a new one begins. A role that they do not have today
// is NotFound.
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
		var device string
		var expires asye.Instant
		err = tx.QueryRow(ctx, `select device, expires_at from sessions where token_hash = $1 and person_id = $2`,
			hashToken(token), string(scope.Person())).Scan(&device, &expires)
		if err != nil {
			return db.NotFound(err, "session")
		}
		if err := endSession(ctx, tx, hashToken(token)); err != nil {
			return err
		}
		if started, err = s.start(ctx, tx, scope.Person(), Membership{Org: to.Org, Role: to.Role}, device); err != nil {
			return err
		}
		started.Until = expires
		if _, err := tx.Exec(ctx, `update sessions set expires_at = $1 where token_hash = $2`,
			expires, hashToken(started.Token)); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "account.roleChanged", Kind: "person", ID: string(scope.Person()), Org: to.Org,
			Before: map[string]string{"role": string(scope.Role())}, After: map[string]string{"role": string(to.Role)}})
	})
	return started, err
}

func endSession(ctx context.Context, tx *db.Tx, hash string) error {
	_, err := tx.Exec(ctx, `delete from sessions where token_hash = $1`, hash)
	return err
}

// Sessions lists the live sessions of the person signed in, the latest first.
func (s *Store) Sessions(ctx context.Context, scope tenant.Scope) ([]Session, error) {
	now := s.db.Clock().Now()
	rows, err := s.db.Query(ctx, `
		select s.id, s.org_id, o.name, s.role, s.device, s.made_at, s.last_seen_at
		from sessions s join organisations o on o.id = s.org_id
		where s.person_id = $1 and s.expires_at > $2 and s.last_seen_at > $3
		order by s.last_seen_at desc, s.id desc`, string(scope.Person()), now, now.Add(-s.settings.Idle))
	return db.Rows(rows, err, func(rows *sql.Rows) (Session, error) {
		var one Session
		return one, rows.Scan(&one.ID, (*string)(&one.Org), &one.OrgName, (*string)(&one.Role), &one.Device,
			&one.MadeAt, &one.LastSeenAt)
	})
}

// SignOut ends the session of a token; it is no error when it has ended.
func (s *Store) SignOut(ctx context.Context, token string) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error { return endSession(ctx, tx, hashToken(token)) })
}

// EndSession ends one session of the person signed in. Another person's is
// NotFound.
func (s *Store) EndSession(ctx context.Context, scope tenant.Scope, id string) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		err := db.MustAffectOne(tx.Exec(ctx, `
			delete from sessions where id = $1 and person_id = $2`, id, string(scope.Person())))
		if errors.Is(err, db.ErrStale) {
			return fault.New(fault.NotFound, "This session has ended already")
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "account.sessionEnded", Kind: "person", ID: string(scope.Person())})
	})
}

// SignOutEverywhere ends every session of the person signed in, this one too.
func (s *Store) SignOutEverywhere(ctx context.Context, scope tenant.Scope) error {
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := shutOut(ctx, tx, scope.Person()); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "account.signedOutEverywhere", Kind: "person", ID: string(scope.Person())})
	})
}

// Tidy deletes what has had its time: sessions and links that ended, counts of
// requests, and setup codes nobody used.
func (s *Store) Tidy(ctx context.Context, now asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		for _, one := range []struct {
			query  string
			before asye.Instant
		}{
			{`delete from sessions where last_seen_at < $1`, now.Add(-s.settings.Idle)},
			{`delete from sessions where expires_at < $1`, now},
			{`delete from sign_in_links where expires_at < $1`, now},
			{`delete from sign_in_attempts where at < $1`, now.Add(-s.settings.AttemptsKept)},
			{`delete from setup_codes where used_at is null and expires_at < $1`, now},
		} {
			if _, err := tx.Exec(ctx, one.query, one.before); err != nil {
				return err
			}
		}
		return nil
	})
}
