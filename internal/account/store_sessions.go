package account

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Started is a session that has just begun, or a sign-in that waits for its
// second step. Token is known only now: the database keeps its hash.
type Started struct {
	Token string
	Half  bool // the second step is still to be given
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
	ExpiresAt  asye.Instant
	How, Also  Way          // with what they came in, and the second step
	ProvedAt   asye.Instant // when they last showed that it was them
}

// IsStrong reports whether two things were shown in this session.
func (s Session) IsStrong() bool { return s.How.IsTwo() || s.Also != "" }

// until is when the session ends if nothing is done.
func (s Session) until(idle time.Duration) asye.Instant {
	if unused := s.LastSeenAt.Add(idle); unused.Before(s.ExpiresAt) {
		return unused
	}
	return s.ExpiresAt
}

const (
	seenEvery    = time.Minute            // how often the last use of a session is written
	seenPatience = 200 * time.Millisecond // how long a page waits for that
)

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
			s.expires_at, s.how, s.also, coalesce(s.proved_at, s.made_at), (select count(*) from memberships c
			 where c.person_id = s.person_id and c.starts_on <= $4 and (c.ends_on is null or c.ends_on > $4)),
			(o.type = 'national' or exists (
			 select 1 from setup_codes k where k.org_id = o.id and k.used_at is not null))
		from sessions s join people p on p.id = s.person_id join organisations o on o.id = s.org_id
		where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and p.disabled_at is null
		  and exists (select 1 from memberships m
			where m.person_id = s.person_id and m.org_id = s.org_id and m.role = s.role
			  and m.starts_on <= $4 and (m.ends_on is null or m.ends_on > $4))`,
		HashToken(token), now, now.Add(-s.settings.Idle), s.today()),
		&one.ID, (*string)(&one.Org), &one.OrgName, (*string)(&one.Role), &one.FormKey, &one.Device, &one.MadeAt,
		&one.LastSeenAt, &one.ExpiresAt, (*string)(&one.How), (*string)(&one.Also), &one.ProvedAt, &one.Roles, (*bool)(&one.Reach))
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, false, nil
	}
	if err != nil {
		return Session{}, false, err
	}
	one.Person = p
	if !now.Before(one.LastSeenAt.Add(seenEvery)) && s.seen(ctx, one) {
		one.LastSeenAt = now
	}
	return one, true, nil
}

// seen notes that a session is in use. A page is neither held up nor refused
// because a long import has the database to itself: the next page notes it.
func (s *Store) seen(ctx context.Context, one Session) bool {
	ctx, cancel := context.WithTimeout(ctx, seenPatience)
	defer cancel()
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			update sessions set last_seen_at = $1 where id = $2 and last_seen_at < $1`, tx.Now(), one.ID)
		return err
	})
	return err == nil
}

func endSession(ctx context.Context, tx *db.Tx, hash string) error {
	_, err := tx.Exec(ctx, `delete from sessions where token_hash = $1`, hash)
	return err
}

// Sessions lists the live sessions of the person signed in, the latest first.
func (s *Store) Sessions(ctx context.Context, scope tenant.Scope) ([]Session, error) {
	now := s.db.Clock().Now()
	rows, err := s.db.Query(ctx, `
		select s.id, s.org_id, o.name, s.role, s.device, s.made_at, s.last_seen_at, s.how, s.also
		from sessions s join organisations o on o.id = s.org_id
		where s.person_id = $1 and s.expires_at > $2 and s.last_seen_at > $3
		order by s.last_seen_at desc, s.id desc`, string(scope.Person()), now, now.Add(-s.settings.Idle))
	return db.Rows(rows, err, func(rows *sql.Rows) (Session, error) {
		var one Session
		return one, rows.Scan(&one.ID, (*string)(&one.Org), &one.OrgName, (*string)(&one.Role), &one.Device,
			&one.MadeAt, &one.LastSeenAt, (*string)(&one.How), (*string)(&one.Also))
	})
}

// SignOut ends the session of a token; it is no error when it has ended.
func (s *Store) SignOut(ctx context.Context, token string) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error { return endSession(ctx, tx, HashToken(token)) })
}

// supersede ends the session of a token if it is still alive. One that has ended
// by itself stays known for a while: a form that was begun in it may yet be sent.
func (s *Store) supersede(ctx context.Context, token string) error {
	_, found, err := s.Session(ctx, token)
	if err != nil || !found {
		return err
	}
	return s.SignOut(ctx, token)
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

// Tidy deletes what has had its time: sessions that ended a while ago (until then
// it is known whose a form is that was sent too late), links, counts of requests,
// and setup codes nobody used.
func (s *Store) Tidy(ctx context.Context, now asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		for _, one := range []struct {
			query  string
			before asye.Instant
		}{
			{`delete from sessions where last_seen_at < $1`, now.Add(-s.settings.Idle - s.settings.EndedKept)},
			{`delete from sessions where expires_at < $1`, now.Add(-s.settings.EndedKept)},
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
