package held

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

// Settings are the figures of this package.
type Settings struct {
	ForProof   time.Duration // how long a form waits for a proof
	ForSession time.Duration // how long it waits for its writer to sign in again
	Most       int           // forms of one person that wait at a time
}

// DefaultSettings are the figures that stand: a break in the middle of a form, and
// a night.
func DefaultSettings() Settings {
	return Settings{ForProof: time.Hour, ForSession: 24 * time.Hour, Most: 50}
}

// Store keeps forms that wait.
type Store struct {
	db       *db.DB
	settings Settings
}

// NewStore keeps them in a database.
func NewStore(d *db.DB, s Settings) *Store { return &Store{d, s} }

// Settings are the figures that this store works with.
func (s *Store) Settings() Settings { return s.settings }

// ForProof keeps a form of the person at work until they have shown in this
// session that it is them, and gives the ticket that opens it.
func (s *Store) ForProof(ctx context.Context, scope tenant.Scope, session string, f Form) (string, error) {
	f.Person = scope.Person()
	return s.keep(ctx, f, session, s.settings.ForProof)
}

// ForSession keeps a form of somebody whose session has ended, and gives the
// ticket that opens it. Who that is has been told by the key that the form was
// made with: there is no scope.
func (s *Store) ForSession(ctx context.Context, f Form) (string, error) {
	return s.keep(ctx, f, "", s.settings.ForSession)
}

func (s *Store) keep(ctx context.Context, f Form, session string, life time.Duration) (string, error) {
	var t ticket
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		t = newTicket(tx.NewID())
		sealed, err := t.seal(f)
		if err != nil {
			return err
		}
		// The oldest make room: somebody who sends a form over and over fills no disk.
		if _, err := tx.Exec(ctx, `
			delete from held_forms where id in (
				select id from held_forms where person_id = $1 order by id desc limit 1000 offset $2)`,
			string(f.Person), s.settings.Most-1); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into held_forms (id, person_id, session_id, sealed, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
			t.id, string(f.Person), orNull(session), sealed, tx.Now(), tx.Now().Add(life))
		return err
	})
	return t.String(), err
}

// Open shows a form to the person at work who typed it, in the session in which
// it waits for a proof, or in any when its own has ended. found is false for
// everybody else, and once its time is over.
func (s *Store) Open(ctx context.Context, scope tenant.Scope, session, text string) (f Form, found bool, err error) {
	t, err := readTicket(text)
	if err != nil {
		return Form{}, false, nil
	}
	sealed := ""
	err = s.db.QueryRow(ctx, `
		select sealed from held_forms
		where id = $1 and person_id = $2 and coalesce(session_id, $3) = $3 and expires_at > $4`,
		t.id, string(scope.Person()), session, s.db.Clock().Now()).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return Form{}, false, nil
	}
	if err != nil {
		return Form{}, false, err
	}
	f, err = t.open(sealed, scope.Person())
	if errors.Is(err, errTicket) {
		return Form{}, false, nil
	}
	return f, err == nil, err
}

// Reopen shows a form that waited for a proof to the person who typed it, after
// the session in which it waited has ended: the ticket and the key with which
// their page was made tell who that is. One that has had its time is a Conflict.
func (s *Store) Reopen(ctx context.Context, person asye.PersonID, text string) (Form, error) {
	gone := fault.New(fault.Conflict, "This form has waited too long. Open its page again and fill it in once more")
	t, err := readTicket(text)
	if err != nil {
		return Form{}, gone
	}
	sealed := ""
	err = s.db.QueryRow(ctx, `select sealed from held_forms where id = $1 and person_id = $2`, t.id, string(person)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return Form{}, gone
	}
	if err != nil {
		return Form{}, err
	}
	f, err := t.open(sealed, person)
	if errors.Is(err, errTicket) {
		return Form{}, gone
	}
	return f, err
}

// Drop throws a form of the person at work away.
func (s *Store) Drop(ctx context.Context, scope tenant.Scope, text string) error {
	t, err := readTicket(text)
	if err != nil {
		return nil // there is none to throw away
	}
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from held_forms where id = $1 and person_id = $2`, t.id, string(scope.Person()))
		return err
	})
}

// Tidy deletes the forms that have waited long enough.
func (s *Store) Tidy(ctx context.Context, now asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from held_forms where expires_at <= $1`, now)
		return err
	})
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
