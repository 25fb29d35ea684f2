package statement

import (
	"context"
	"database/sql"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// PageSize is how many statements, and how many of what is on one, a page shows.
const PageSize = 50

// Listed is one page of statements, and what all of them come to.
type Listed struct {
	Statements []Statement
	Count      int
	Pence      grant.Pence
}

// All is one page, counted from 1, of the statements that a filter chooses, by
// employer, without what is on them: for whoever pays.
func (s *Store) All(ctx context.Context, scope tenant.Scope, f Filter, page int) (Listed, error) {
	var out Listed
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return out, err
	}
	if err := s.db.QueryRow(ctx, `
		select count(*), coalesce(sum(case when s.state = 'open' then coalesce((select sum(i.pence) from grant_items i where i.statement_id = s.id), 0) else s.pence end), 0)
		from grant_statements s`+chosen, f.args()...).Scan(&out.Count, &out.Pence); err != nil {
		return out, err
	}
	rows, err := s.db.Query(ctx, statementColumns+chosen+` order by o.name, s.scheme, s.number desc, s.id limit $5 offset $6`,
		append(f.args(), PageSize, skipped(page))...)
	out.Statements, err = db.Rows(rows, err, func(rows *sql.Rows) (Statement, error) { return scan(rows) })
	return out, err
}

func skipped(page int) int { return (max(page, 1) - 1) * PageSize }

// Sheet is a statement with one page of what is on it.
type Sheet struct {
	Statement
	Count       int       // of all that is on it
	Sums        []KindSum // by kind
	Adjustments []Item
}

// KindSum is what one kind of item comes to.
type KindSum struct {
	Kind  Kind
	Count int
	Pence grant.Pence
}

// Any is one statement of any employer, with one page, counted from 1, of what
// is on it: for whoever pays.
func (s *Store) Any(ctx context.Context, scope tenant.Scope, id string, page int) (Sheet, error) {
	var out Sheet
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return out, err
	}
	var err error
	if out.Statement, err = scan(s.db.QueryRow(ctx, statementColumns+` where s.id = $1`, id)); err != nil {
		return out, db.NotFound(err, "statement")
	}
	rows, err := s.db.Query(ctx, `select i.kind, count(*), sum(i.pence) from grant_items i where i.statement_id = $1 group by i.kind order by i.kind`, id)
	if out.Sums, err = db.Rows(rows, err, func(rows *sql.Rows) (one KindSum, err error) {
		return one, rows.Scan(&one.Kind, &one.Count, &one.Pence)
	}); err != nil {
		return out, err
	}
	for _, one := range out.Sums {
		out.Count += one.Count
	}
	rows, err = s.db.Query(ctx, itemColumns+` where i.statement_id = $1 and i.kind = 'adjustment' order by i.recorded_at, i.id`, id)
	if out.Adjustments, err = db.Rows(rows, err, scanItem); err != nil {
		return out, err
	}
	rows, err = s.db.Query(ctx, itemNames+` from (select * from grant_items where statement_id = $1 order by recorded_at, id limit $2 offset $3) i`+
		itemJoins+` order by i.recorded_at, i.id`, id, PageSize, skipped(page))
	out.Items, err = db.Rows(rows, err, scanItem)
	return out, err
}

// Landed is where a payment, or its recovery, came on a statement.
type Landed struct {
	Item
	Statement Statement
}

// Of lists the statements on which a payment, and its recovery, are: for whoever
// pays.
func (s *Store) Of(ctx context.Context, scope tenant.Scope, line string) ([]Landed, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select i.kind, i.pence, i.reason, i.effective_on, i.recorded_at, s.id, s.reference, s.state, s.paid_on
		from grant_items i join grant_statements s on s.id = i.statement_id
		where i.line_id = $1 order by i.recorded_at, i.id`, line)
	return db.Rows(rows, err, func(rows *sql.Rows) (l Landed, err error) {
		return l, rows.Scan(&l.Kind, &l.Pence, &l.Reason, &l.EffectiveOn, &l.RecordedAt, &l.Statement.ID, &l.Statement.Reference, &l.Statement.State, &l.Statement.PaidOn)
	})
}

// Employer is one of those who can be paid.
type Employer struct {
	ID   asye.OrganisationID
	Code string
	Name string
}

// Employers lists whoever can be paid, by name, and those that have closed: for
// whoever pays.
func (s *Store) Employers(ctx context.Context, scope tenant.Scope) ([]Employer, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `select id, code, name from organisations where type <> 'national' order by name, id`)
	return db.Rows(rows, err, func(rows *sql.Rows) (e Employer, err error) { return e, rows.Scan(&e.ID, &e.Code, &e.Name) })
}
