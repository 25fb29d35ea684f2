package rights

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Erased is one erasure that was made.
type Erased struct {
	Person asye.PersonID
	Ground Ground
	Reason string
}

// ErasedSince are the erasures that were made since an instant.
func (s *Store) ErasedSince(ctx context.Context, scope tenant.Scope, at asye.Instant) ([]Erased, error) {
	if err := s.mayDecide(ctx, scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `select person_id, ground, reason from erasures where erased_at >= $1 order by erased_at, id`, at)
	return db.Rows(rows, err, func(rows *sql.Rows) (Erased, error) {
		var e Erased
		err := rows.Scan((*string)(&e.Person), (*string)(&e.Ground), &e.Reason)
		return e, err
	})
}

// EraseAgain repeats an erasure after an older copy of the database, which still
// has the person, was put in its place (BAK-13). It was decided before, and so
// is not asked again whether it may be. One that the copy does not have is none
// to erase.
func (s *Store) EraseAgain(ctx context.Context, scope tenant.Scope, e Erased) error {
	if err := s.mayDecide(ctx, scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		gone, err := s.erase(ctx, tx, e.Person)
		if err != nil {
			return err
		}
		id := tx.NewID()
		if _, err := tx.Exec(ctx, `
			insert into erasures (id, person_id, reason, ground, rows_gone, erased_at) values ($1, $2, $3, $4, $5, $6)`,
			id, string(e.Person), e.Reason, string(e.Ground), gone, tx.Now()); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "rights.erasedAgain", Kind: "erasure", ID: id, Reason: e.Reason,
			After: map[string]any{"ground": e.Ground, "rows": gone}})
	})
}
