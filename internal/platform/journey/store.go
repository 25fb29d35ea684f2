package journey

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps drafts. A draft belongs to one person in one organisation, and
// nobody else can read it.
type Store struct{ db *db.DB }

// NewStore keeps drafts in a database.
func NewStore(d *db.DB) *Store { return &Store{d} }

// Draft is one unfinished journey.
type Draft struct {
	Journey   string
	Subject   string
	Answers   Answers
	UpdatedAt asye.Instant
}

// Get finds a draft, or gives an empty one.
func (s *Store) Get(ctx context.Context, scope tenant.Scope, journey, subject string) (Draft, bool, error) {
	d := Draft{Journey: journey, Subject: subject, Answers: Answers{}}
	var text []byte
	err := s.db.QueryRow(ctx, `
		select answers, updated_at from journey_drafts
		where person_id = $1 and org_id = $2 and journey = $3 and subject = $4`,
		string(scope.Person()), string(scope.Org()), journey, subject).Scan(&text, &d.UpdatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	return d, true, json.Unmarshal(text, &d.Answers)
}

// List gives a person's drafts, the latest first.
func (s *Store) List(ctx context.Context, scope tenant.Scope) ([]Draft, error) {
	rows, err := s.db.Query(ctx, `
		select journey, subject, updated_at from journey_drafts
		where person_id = $1 and org_id = $2 order by updated_at desc`,
		string(scope.Person()), string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Draft, error) {
		var d Draft
		return d, rows.Scan(&d.Journey, &d.Subject, &d.UpdatedAt)
	})
}

// Save keeps the answers so far.
func (s *Store) Save(ctx context.Context, scope tenant.Scope, d Draft) error {
	text, err := json.Marshal(d.Answers)
	if err != nil {
		return err
	}
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into journey_drafts (id, person_id, org_id, journey, subject, answers, updated_at)
			values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (person_id, org_id, journey, subject) do update
			set answers = excluded.answers, updated_at = excluded.updated_at, version = journey_drafts.version + 1`,
			tx.NewID(), string(scope.Person()), string(scope.Org()), d.Journey, d.Subject, string(text), tx.Now())
		return err
	})
}

const discard = `
	delete from journey_drafts where person_id = $1 and org_id = $2 and journey = $3 and subject = $4`

// Discard throws a draft away; it is no error when there is none.
func (s *Store) Discard(ctx context.Context, scope tenant.Scope, journey, subject string) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, discard, string(scope.Person()), string(scope.Org()), journey, subject)
		return err
	})
}

// Ending throws a draft away in the transaction in which it has its effect, so
// that neither outlives the other: it is for tenant.Form.Also.
func (s *Store) Ending(scope tenant.Scope, d Draft) func(context.Context, tenant.Statement) error {
	return func(ctx context.Context, run tenant.Statement) error {
		return run(ctx, discard, string(scope.Person()), string(scope.Org()), d.Journey, d.Subject)
	}
}

// DiscardOlder throws away drafts that nobody has touched since an instant.
func (s *Store) DiscardOlder(ctx context.Context, than asye.Instant) error {
	return s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from journey_drafts where updated_at < $1`, than)
		return err
	})
}
