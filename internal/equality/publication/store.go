package publication

import (
	"context"
	"database/sql"
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Store keeps releases, what they were counted from, and questions.
type Store struct {
	db     *db.DB
	counts *equality.Store
}

// NewStore keeps releases in a database; counts counts the records.
func NewStore(d *db.DB, counts *equality.Store) *Store { return &Store{d, counts} }

// works lets in those who prepare and approve releases, and ask questions.
func works(scope tenant.Scope) error {
	if scope.Role() == asye.Analyst || scope.Role() == asye.National || scope.Actor() == tenant.BySystem {
		return nil
	}
	return fault.New(fault.Forbidden, "Only analysts and the national team work on releases and ask questions of the figures")
}

// Cohorts lists the cohorts that can be released, earliest first.
func (s *Store) Cohorts(ctx context.Context, scope tenant.Scope, programme string) ([]asye.Cohort, error) {
	if err := works(scope); err != nil {
		return nil, err
	}
	return s.counts.Cohorts(ctx, scope, programme)
}

const releaseColumns = `select id, state, content, content_hash, prepared_at, published_at, withdrawn_at, withdrawn_reason, version from releases`

func scanRelease(row interface{ Scan(...any) error }) (Release, error) {
	var r Release
	var content string
	if err := row.Scan(&r.ID, &r.State, &content, &r.Hash, &r.PreparedAt, &r.PublishedAt, &r.WithdrawnAt, &r.Reason, &r.Version); err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(content), &r.Content)
}

// Published lists what was ever published, the latest first. It is for
// everybody.
func (s *Store) Published(ctx context.Context, _ tenant.Scope) ([]Release, error) {
	rows, err := s.db.Query(ctx, releaseColumns+` where published_at is not null order by published_at desc, id desc`)
	return db.Rows(rows, err, func(rows *sql.Rows) (Release, error) { return scanRelease(rows) })
}

// Public is one release that was published. It is for everybody.
func (s *Store) Public(ctx context.Context, _ tenant.Scope, id string) (Release, error) {
	r, err := scanRelease(s.db.QueryRow(ctx, releaseColumns+` where published_at is not null and id = $1`, id))
	return r, db.NotFound(err, "published release")
}

// List lists every release that was not discarded, the latest first, with who
// worked on it.
func (s *Store) List(ctx context.Context, scope tenant.Scope) ([]Release, error) {
	if err := works(scope); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, releaseColumns+` where state <> 'discarded' order by prepared_at desc, id desc`)
	out, err := db.Rows(rows, err, func(rows *sql.Rows) (Release, error) { return scanRelease(rows) })
	for i := range out {
		if err == nil {
			out[i].Acts, err = s.acts(ctx, out[i].ID)
		}
	}
	return out, err
}

// get is one release with who worked on it.
func (s *Store) get(ctx context.Context, scope tenant.Scope, id string) (Release, error) {
	if err := works(scope); err != nil {
		return Release{}, err
	}
	r, err := scanRelease(s.db.QueryRow(ctx, releaseColumns+` where id = $1 and state <> 'discarded'`, id))
	if err != nil {
		return r, db.NotFound(err, "release")
	}
	r.Acts, err = s.acts(ctx, id)
	return r, err
}

func (s *Store) acts(ctx context.Context, id string) ([]Act, error) {
	rows, err := s.db.Query(ctx, `
		select a.act, a.person_id, p.given_name || ' ' || p.family_name, a.acted_at, a.content_hash
		from   release_acts a join people p on p.id = a.person_id
		where  a.release_id = $1 order by a.acted_at, a.id`, id)
	return db.Rows(rows, err, func(rows *sql.Rows) (a Act, err error) {
		return a, rows.Scan(&a.What, (*string)(&a.Person), &a.Name, &a.At, &a.Hash)
	})
}

// nationals tells who of those who have approved is of the national team.
func (s *Store) nationals(ctx context.Context, r Release) (map[asye.PersonID]bool, error) {
	out := map[asye.PersonID]bool{}
	for _, a := range r.Approvals() {
		n := 0
		if err := s.db.QueryRow(ctx, `select count(*) from memberships where person_id = $1 and role = $2`,
			string(a.Person), string(asye.National)).Scan(&n); err != nil {
			return nil, err
		}
		out[a.Person] = n > 0
	}
	return out, nil
}
