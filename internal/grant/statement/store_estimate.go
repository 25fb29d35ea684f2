package statement

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Estimate is how many NQSWs an employer expects of a scheme with a formula.
type Estimate struct {
	ID       string
	Org      asye.OrganisationID
	OrgName  string
	Scheme   string
	Number   int
	GivenAt  asye.Instant
	Accepted asye.Instant // when the first instalment was put on a statement
	Version  int
}

const estimateColumns = `
	select e.id, e.org_id, o.name, e.scheme, e.number, e.given_at, e.accepted_at, e.version from grant_estimates e join organisations o on o.id = e.org_id`

func scanEstimate(row interface{ Scan(...any) error }) (e Estimate, err error) {
	return e, row.Scan(&e.ID, &e.Org, &e.OrgName, &e.Scheme, &e.Number, &e.GivenAt, &e.Accepted, &e.Version)
}

// Expected is what the employer at work has estimated for a scheme; the zero
// estimate when it has not.
func (s *Store) Expected(ctx context.Context, scope tenant.Scope, scheme string) (Estimate, error) {
	if err := access.Statements.Ask(scope, policy.SameEmployer); err != nil {
		return Estimate{}, err
	}
	e, err := scanEstimate(s.db.QueryRow(ctx, estimateColumns+` where e.org_id = $1 and e.scheme = $2`, string(scope.Org()), scheme))
	if errors.Is(err, sql.ErrNoRows) {
		return Estimate{}, nil
	}
	return e, err
}

// Expect gives how many NQSWs the employer at work expects, until the scheme's
// deadline, and as often as it likes until the funder has accepted it (GRA-48).
func (s *Store) Expect(ctx context.Context, scope tenant.Scope, scheme string, number int) error {
	if err := access.Reconciling.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	of, ok := s.book.Get(scheme)
	if !ok || of.Formula == nil {
		return fault.New(fault.NotFound, "The scheme asks for no estimate")
	}
	var bad fault.Problems
	bad.If(number < 1 || number > 10_000, "number", "Enter how many NQSWs you expect, as a whole number of 1 or more")
	if err := bad.Err(); err != nil {
		return err
	}
	now := s.db.Clock().Now()
	for _, d := range of.Formula.Estimates {
		if d.Passed(now) {
			return fault.New(fault.Conflict, "Estimates closed at %s, and now it is %s", d, d.Clock(now))
		}
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		id := ""
		err := tx.QueryRow(ctx, `
			insert into grant_estimates (id, org_id, scheme, number, person_id, given_at) values ($1, $2, $3, $4, $5, $6)
			on conflict (org_id, scheme) do update set number = excluded.number, person_id = excluded.person_id, given_at = excluded.given_at, version = grant_estimates.version + 1
			where grant_estimates.accepted_at is null returning id`,
			tx.NewID(), string(scope.Org()), scheme, number, string(scope.Person()), tx.Now()).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.Conflict, "The estimate has been accepted, and can no longer be changed")
		}
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "grant.estimated", Kind: "estimate", ID: id, After: map[string]any{"number": number}})
	})
}

// Estimates lists those that have not been accepted, by employer.
func (s *Store) Estimates(ctx context.Context, scope tenant.Scope) ([]Estimate, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, estimateColumns+` where e.accepted_at is null order by o.name, e.scheme`)
	return db.Rows(rows, err, func(rows *sql.Rows) (Estimate, error) { return scanEstimate(rows) })
}

// Estimate is one estimate of any employer, accepted or not: for whoever pays.
func (s *Store) Estimate(ctx context.Context, scope tenant.Scope, id string) (Estimate, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return Estimate{}, err
	}
	e, err := scanEstimate(s.db.QueryRow(ctx, estimateColumns+` where e.id = $1`, id))
	return e, db.NotFound(err, "estimate")
}

// First is what the first instalment of an estimate comes to; nothing where the
// scheme pays none.
func First(of grant.Scheme, e Estimate) grant.Pence {
	if of.Formula == nil {
		return 0
	}
	return of.Formula.First * grant.Pence(e.Number)
}

// errCame refuses an instalment for those who have been paid for.
var errCame = fault.New(fault.Conflict, "Payments of this scheme have been accepted for this employer: it is paid for those who came, and an instalment on an estimate would be paid beside that")

// Instal accepts an estimate: the first instalment goes on the employer's open
// statement (GRA-48). Once payments for those who came have been accepted, it is
// too late for that.
func (s *Store) Instal(ctx context.Context, scope tenant.Scope, id string, seen int) error {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		e, err := scanEstimate(tx.QueryRow(ctx, estimateColumns+` where e.id = $1`, id))
		if err != nil {
			return db.NotFound(err, "estimate")
		}
		if err := s.instal(ctx, tx, e, seen); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "grant.estimate accepted", Kind: "estimate", ID: id, Org: e.Org, After: map[string]any{"number": e.Number}})
	})
}

// instal puts the first instalment of an estimate on a statement.
func (s *Store) instal(ctx context.Context, tx *db.Tx, e Estimate, seen int) error {
	of, ok := s.book.Get(e.Scheme)
	if !ok || of.Formula == nil {
		return grant.ErrNoScheme(e.Scheme)
	}
	came := 0
	if err := tx.QueryRow(ctx, `
		select count(*) from grant_items i join grant_statements s on s.id = i.statement_id
		where s.org_id = $1 and s.scheme = $2 and i.kind = 'line'`, string(e.Org), e.Scheme).Scan(&came); err != nil {
		return err
	}
	if came > 0 {
		return errCame
	}
	if err := db.MustAffectOne(tx.Exec(ctx, `update grant_estimates set accepted_at = $3, version = version + 1 where id = $1 and version = $2 and accepted_at is null`,
		e.ID, seen, tx.Now())); err != nil {
		return err
	}
	_, err := s.add(ctx, tx, e.Org, e.Scheme, Item{Kind: KindInstalment, Pence: First(of, e), EffectiveOn: clock.DateOf(tx.Now())})
	return err
}

// takeOffInstalment puts what was paid first on the statement as taken off, once,
// when the first of those who came is accepted.
func (s *Store) takeOffInstalment(ctx context.Context, tx *db.Tx, d Due) error {
	var paid, off int64
	if err := tx.QueryRow(ctx, `
		select coalesce(sum(case when i.kind = 'instalment' then i.pence else 0 end), 0), coalesce(sum(case when i.kind = 'instalment_back' then i.pence else 0 end), 0)
		from grant_items i join grant_statements s on s.id = i.statement_id
		where s.org_id = $1 and s.scheme = $2 and i.kind in ('instalment', 'instalment_back')`, string(d.Org), d.Scheme).Scan(&paid, &off); err != nil {
		return err
	}
	if paid+off <= 0 {
		return nil
	}
	_, err := s.add(ctx, tx, d.Org, d.Scheme, Item{Kind: KindInstalmentBack, Pence: -grant.Pence(paid + off), EffectiveOn: clock.DateOf(tx.Now())})
	return err
}

// over reports whether nobody can come any more of whom a first instalment was
// paid: the last deadline of the scheme has passed.
func (s *Store) over(scheme string, now asye.Instant) bool {
	of, _ := s.book.Get(scheme)
	return of.Formula != nil && !slices.ContainsFunc(of.Deadlines, func(d grant.Deadline) bool { return !d.Passed(now) })
}

// takeOffLate takes off what was paid first to employers of whom nobody came,
// once the last deadline of the scheme has passed (GRA-48).
func (s *Store) takeOffLate(ctx context.Context, tx *db.Tx, scheme string) error {
	if !s.over(scheme, tx.Now()) {
		return nil
	}
	rows, err := tx.Query(ctx, `
		select i.org_id from grant_items i join grant_statements s on s.id = i.statement_id
		where s.scheme = $1 and i.kind in ('instalment', 'instalment_back') group by i.org_id having sum(i.pence) > 0 order by i.org_id`, scheme)
	owing, err := db.Rows(rows, err, func(rows *sql.Rows) (org asye.OrganisationID, err error) { return org, rows.Scan(&org) })
	for _, org := range owing {
		if err == nil {
			err = s.takeOffInstalment(ctx, tx, Due{Org: org, Scheme: scheme})
		}
	}
	return err
}
