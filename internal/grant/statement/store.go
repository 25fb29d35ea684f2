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

// Settled is told, in the transaction in which statements are paid, which lines
// were paid and which recoveries taken. The claim capability keeps that.
type Settled func(ctx context.Context, tx *db.Tx, scope tenant.Scope, paid, taken []string) error

// Store keeps statements, the ledger and what arrived.
type Store struct {
	db      *db.DB
	book    *grant.Book
	settled Settled
	payer   grant.Payer
}

// NewStore keeps statements in a database, for the schemes of a book.
func NewStore(d *db.DB, b *grant.Book) *Store { return &Store{db: d, book: b, payer: grant.PaidHere} }

// PaidBy says who pays; nobody has to say so where the national team does.
func (s *Store) PaidBy(p grant.Payer) { s.payer = p }

// Payer is who pays.
func (s *Store) Payer() grant.Payer { return s.payer }

// Book is the schemes that are paid.
func (s *Store) Book() *grant.Book { return s.book }

// OnSettled says who is told of what was paid.
func (s *Store) OnSettled(f Settled) { s.settled = f }

// Filter chooses statements; its empty parts choose all.
type Filter struct {
	Scheme string
	State  State
	Org    asye.OrganisationID
	Batch  string
}

const statementColumns = `
	select s.id, s.reference, s.org_id, o.name, s.scheme, s.number, s.state,
		case when s.state = 'open' then coalesce((select sum(i.pence) from grant_items i where i.statement_id = s.id), 0) else s.pence end,
		s.content_hash, s.opened_at, s.closed_at, coalesce(s.batch_id, ''), s.paid_on, s.version
	from grant_statements s join organisations o on o.id = s.org_id`

func scan(row interface{ Scan(...any) error }) (st Statement, err error) {
	return st, row.Scan(&st.ID, &st.Reference, &st.Org, &st.OrgName, &st.Scheme, &st.Number, &st.State, &st.Pence, &st.Hash,
		&st.OpenedAt, &st.ClosedAt, &st.Batch, &st.PaidOn, &st.Version)
}

// Mine lists the statements of the employer at work, the latest first, without
// what is on them.
func (s *Store) Mine(ctx context.Context, scope tenant.Scope) ([]Statement, error) {
	if err := access.Statements.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, statementColumns+` where s.org_id = $1 order by s.opened_at desc, s.id desc`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Statement, error) { return scan(rows) })
}

// Get is one statement of the employer at work, with what is on it.
func (s *Store) Get(ctx context.Context, scope tenant.Scope, id string) (Statement, error) {
	if err := access.Statements.Ask(scope, policy.SameEmployer); err != nil {
		return Statement{}, err
	}
	st, err := mine(ctx, s.db, scope, id)
	if err != nil {
		return st, err
	}
	st.Items, err = items(ctx, s.db, id)
	return st, err
}

// mine is one statement of the employer at work, without what is on it.
func mine(ctx context.Context, q db.Queryer, scope tenant.Scope, id string) (Statement, error) {
	st, err := scan(q.QueryRow(ctx, statementColumns+` where s.id = $1 and s.org_id = $2`, id, string(scope.Org())))
	return st, db.NotFound(err, "statement")
}

// all lists the statements that a filter chooses, by employer, without what is
// on them.
func all(ctx context.Context, q db.Queryer, f Filter) ([]Statement, error) {
	rows, err := q.Query(ctx, statementColumns+chosen+` order by o.name, s.scheme, s.number, s.id`, f.args()...)
	return db.Rows(rows, err, func(rows *sql.Rows) (Statement, error) { return scan(rows) })
}

// chosen are the statements of a filter.
const chosen = `
	where ($1 = '' or s.scheme = $1) and ($2 = '' or s.state = $2) and ($3 = '' or s.batch_id = $3) and ($4 = '' or s.org_id = $4)`

func (f Filter) args() []any { return []any{f.Scheme, string(f.State), f.Batch, string(f.Org)} }

// items are what is on a statement, in the order in which it came there.
func items(ctx context.Context, q db.Queryer, statement string) ([]Item, error) {
	rows, err := q.Query(ctx, itemColumns+` where i.statement_id = $1 order by i.recorded_at, i.id`, statement)
	return db.Rows(rows, err, scanItem)
}

const itemColumns = itemNames + `
	from grant_items i` + itemJoins

const itemNames = `
	select i.id, i.kind, coalesce(i.line_id, ''), coalesce(c.reference, ''), coalesce(p.given_name || ' ' || p.family_name, ''), coalesce(l.milestone, ''),
		i.pence, i.reason, i.effective_on, i.recorded_at, coalesce(w.given_name || ' ' || w.family_name, '')`

const itemJoins = `
	left join grant_lines l on l.id = i.line_id
	left join grant_claims c on c.id = l.claim_id
	left join people p on p.id = l.person_id
	left join people w on w.id = i.person_id`

func scanItem(rows *sql.Rows) (i Item, err error) {
	return i, rows.Scan(&i.ID, &i.Kind, &i.Line, &i.Claim, &i.Name, &i.Milestone, &i.Pence, &i.Reason, &i.EffectiveOn, &i.RecordedAt, &i.By)
}

// open finds the open statement of an employer and a scheme, or begins one.
func (s *Store) open(ctx context.Context, tx *db.Tx, org asye.OrganisationID, scheme string) (string, error) {
	id, code, number := "", "", 0
	err := tx.QueryRow(ctx, `select id from grant_statements where org_id = $1 and scheme = $2 and state = 'open'`, string(org), scheme).Scan(&id)
	if err != sql.ErrNoRows {
		return id, err
	}
	if err := tx.QueryRow(ctx, `
		select o.code, coalesce((select max(number) from grant_statements where org_id = $1 and scheme = $2), 0) + 1
		from organisations o where o.id = $1`, string(org), scheme).Scan(&code, &number); err != nil {
		return "", err
	}
	of, ok := s.book.Get(scheme)
	if !ok {
		return "", grant.ErrNoScheme(scheme)
	}
	id = tx.NewID()
	_, err = tx.Exec(ctx, `insert into grant_statements (id, reference, org_id, scheme, number, state, opened_at) values ($1, $2, $3, $4, $5, 'open', $6)`,
		id, referenceOf(of, code, number), string(org), scheme, number, tx.Now())
	return id, err
}
