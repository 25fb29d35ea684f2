package books

import (
	"context"
	"database/sql"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Store reads the years that began with an employer.
type Store struct{ db *db.DB }

// NewStore reads years in a database.
func NewStore(d *db.DB) *Store { return &Store{d} }

// History is what is known of the years that began with the employer at work and
// are funded, wherever they are now: to estimate from.
func (s *Store) History(ctx context.Context, scope tenant.Scope) (History, error) {
	var h History
	if err := access.Statements.Ask(scope, policy.FormerEmployer); err != nil {
		return h, err
	}
	if err := s.db.QueryRow(ctx, `select type from organisations where id = $1`, string(scope.Org())).Scan(&h.Kind); err != nil {
		return h, err
	}
	rows, err := s.db.Query(ctx, `
		select e.programme, e.starts_on, e.due_on, coalesce(x.result, '')
		from enrolments e left join outcomes x on x.enrolment_id = e.id and x.undone_at is null
		where e.funded and exists (select 1 from employments m where m.person_id = e.person_id and m.org_id = $1
			and m.starts_on <= e.starts_on and (m.ends_on is null or m.ends_on > e.starts_on))
		order by e.starts_on, e.id`, string(scope.Org()))
	h.Began, err = db.Rows(rows, err, func(rows *sql.Rows) (b Began, err error) {
		return b, rows.Scan(&b.Programme, &b.On, &b.Due, &b.Result)
	})
	return h, err
}
