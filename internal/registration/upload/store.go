package upload

import (
	"context"
	"database/sql"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns"
)

// Store keeps uploads while somebody decides on them. Every method that takes
// the identifier of an upload answers NotFound for another organisation's.
type Store struct {
	db            *db.DB
	registrations *registration.Store
	columns       columns.List
	settings      Settings
	turn          chan struct{} // who reads a file just now
}

// NewStore keeps uploads in a database, and registers through the store of
// registrations.
func NewStore(d *db.DB, r *registration.Store, s Settings) *Store {
	return &Store{db: d, registrations: r, columns: columns.New(r.Catalogue()), settings: s, turn: make(chan struct{}, 1)}
}

// uploads refuses those who may not see the uploads of their own organisation.
func uploads(scope tenant.Scope) error { return access.Uploads.Ask(scope, policy.SameEmployer) }

// Columns is what a file can have, for the programmes of the registrations.
func (s *Store) Columns() columns.List { return s.columns }

// Settings are the figures that the store works with.
func (s *Store) Settings() Settings { return s.settings }

// Check judges a sheet for the scope's organisation and changes nothing. A
// header that cannot be used is fault.Problems of the field file.
func (s *Store) Check(ctx context.Context, scope tenant.Scope, sheet *files.Sheet) (check.Plan, error) {
	return s.check(ctx, s.db, scope, sheet)
}

func (s *Store) check(ctx context.Context, q db.Queryer, scope tenant.Scope, sheet *files.Sheet) (check.Plan, error) {
	if err := uploads(scope); err != nil {
		return check.Plan{}, err
	}
	if scope.Org() == "" {
		return check.Plan{}, fault.New(fault.Invalid, "Name the employer whose NQSWs are in the file")
	}
	if len(sheet.Rows) == 0 {
		return check.Plan{}, fault.Problems{{Field: "file", Text: "There are no NQSWs below the header row of this file. Fill in one row for each NQSW and upload it again"}}
	}
	l, err := s.columns.Lay(sheet)
	if err != nil {
		return check.Plan{}, err
	}
	k, err := s.known(ctx, q, scope, check.Named(s.columns, l, sheet))
	if err != nil {
		return check.Plan{}, err
	}
	return check.Rules{Columns: s.columns, Catalogue: s.registrations.Catalogue(), FewHours: s.settings.FewHours,
		Today: clock.Today(s.db.Clock())}.Judge(sheet, k)
}

const uploadColumns = `
	select u.id, u.file_name, coalesce(u.person_id, ''), coalesce(p.given_name || ' ' || p.family_name, ''), u.status,
		u.rows_total, u.rows_new, u.rows_changed, u.rows_same, u.rows_wrong, u.made_at, u.expires_at, u.ended_at, u.version,
		u.left_out
	from uploads u left join people p on p.id = u.person_id`

func scanUpload(row interface{ Scan(...any) error }) (u Upload, err error) {
	var left sql.NullString
	err = row.Scan(&u.ID, &u.File, &u.Person, &u.By, &u.Status, &u.Total, &u.New, &u.Changed, &u.Same, &u.Wrong,
		&u.MadeAt, &u.ExpiresAt, &u.EndedAt, &u.Version, &left)
	if err == nil && left.Valid {
		err = decode(left.String, &u.LeftOut)
	}
	return u, err
}

// Get is one upload of the scope's organisation, whatever became of it.
func (s *Store) Get(ctx context.Context, scope tenant.Scope, id string) (Upload, error) {
	if err := uploads(scope); err != nil {
		return Upload{}, err
	}
	u, err := scanUpload(s.db.QueryRow(ctx, uploadColumns+` where u.id = $1 and u.org_id = $2`, id, string(scope.Org())))
	return u, db.NotFound(err, "upload")
}

// Waiting is the upload of the scope's organisation that waits for a decision;
// false when there is none.
func (s *Store) Waiting(ctx context.Context, scope tenant.Scope) (Upload, bool, error) {
	if err := uploads(scope); err != nil {
		return Upload{}, false, err
	}
	rows, err := s.db.Query(ctx, uploadColumns+` where u.org_id = $1 and u.status = 'checked' and u.expires_at > $2`,
		string(scope.Org()), s.db.Clock().Now())
	found, err := db.Rows(rows, err, func(rows *sql.Rows) (Upload, error) { return scanUpload(rows) })
	if err != nil || len(found) == 0 {
		return Upload{}, false, err
	}
	return found[0], true, nil
}

// Past is one page of the uploads that have been decided on, the latest first.
type Past struct {
	Uploads []Upload
	Total   int
	Page    int
	Pages   int
}

// History lists the uploads of the scope's organisation that were decided on.
// No people are in it.
func (s *Store) History(ctx context.Context, scope tenant.Scope, page int) (Past, error) {
	if err := uploads(scope); err != nil {
		return Past{}, err
	}
	past := Past{Page: max(page, 1)}
	err := s.db.QueryRow(ctx, `select count(*) from uploads where org_id = $1 and status <> 'checked'`,
		string(scope.Org())).Scan(&past.Total)
	if err != nil {
		return past, err
	}
	past.Pages = max(1, (past.Total+s.settings.History-1)/s.settings.History)
	past.Page = min(past.Page, past.Pages)
	rows, err := s.db.Query(ctx, uploadColumns+` where u.org_id = $1 and u.status <> 'checked'
		order by u.made_at desc, u.id desc limit $2 offset $3`,
		string(scope.Org()), s.settings.History, (past.Page-1)*s.settings.History)
	past.Uploads, err = db.Rows(rows, err, func(rows *sql.Rows) (Upload, error) { return scanUpload(rows) })
	return past, err
}

// Staged is an upload that waits, with the people in it. One that has been
// decided on is a Conflict.
func (s *Store) Staged(ctx context.Context, scope tenant.Scope, id string) (Staged, error) {
	return staged(ctx, s.db, scope, id)
}

func staged(ctx context.Context, q db.Queryer, scope tenant.Scope, id string) (Staged, error) {
	if err := uploads(scope); err != nil {
		return Staged{}, err
	}
	u, err := scanUpload(q.QueryRow(ctx, uploadColumns+` where u.id = $1 and u.org_id = $2`, id, string(scope.Org())))
	if err != nil {
		return Staged{}, db.NotFound(err, "upload")
	}
	if u.Status != Checked {
		return Staged{Upload: u}, errDecided
	}
	var text string
	err = q.QueryRow(ctx, `select content from uploads where id = $1 and org_id = $2`, id, string(scope.Org())).Scan(&text)
	if err != nil {
		return Staged{}, err
	}
	var c content
	if err := decode(text, &c); err != nil {
		return Staged{}, err
	}
	return Staged{Upload: u, Plan: c.Plan, Sheet: c.Sheet.sheet()}, nil
}

var errDecided = fault.New(fault.Conflict, "This upload has been confirmed, discarded or deleted already")
