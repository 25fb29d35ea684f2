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

// Journal lists the entries of the ledger that concern the employer at work, the
// earliest first, as a finance system takes them.
func (s *Store) Journal(ctx context.Context, scope tenant.Scope, scheme string) ([]Entry, error) {
	if err := access.Statements.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	return s.entries(ctx, scope.Org(), scheme)
}

// Ledger lists the entries of every employer, the earliest first: for whoever
// pays.
func (s *Store) Ledger(ctx context.Context, scope tenant.Scope, scheme string) ([]Entry, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	return s.entries(ctx, "", scheme)
}

func (s *Store) entries(ctx context.Context, org asye.OrganisationID, scheme string) ([]Entry, error) {
	rows, err := s.db.Query(ctx, `
		select n.id, n.org_id, o.name, n.scheme, n.debit, n.credit, n.pence, s.reference, coalesce(i.kind, 'paid'), n.effective_on, n.recorded_at
		from grant_entries n
		join organisations o on o.id = n.org_id
		left join grant_items i on i.id = n.item_id
		join grant_statements s on s.id = coalesce(n.statement_id, i.statement_id)
		where ($1 = '' or n.org_id = $1) and ($2 = '' or n.scheme = $2)
		order by n.recorded_at, n.id`, string(org), scheme)
	return db.Rows(rows, err, func(rows *sql.Rows) (e Entry, err error) {
		return e, rows.Scan(&e.ID, &e.Org, &e.OrgName, &e.Scheme, &e.Debit, &e.Credit, &e.Pence, &e.Origin, &e.Kind, &e.EffectiveOn, &e.RecordedAt)
	})
}

// Used is what a scheme has cost: what its account of grants comes to. It is for
// whoever pays.
func (s *Store) Used(ctx context.Context, scope tenant.Scope, scheme string) (used grant.Pence, err error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return 0, err
	}
	err = s.db.QueryRow(ctx, `
		select coalesce(sum(case when debit = 'grant' then pence else -pence end), 0) from grant_entries
		where scheme = $1 and (debit = 'grant' or credit = 'grant')`, scheme).Scan(&used)
	return used, err
}
