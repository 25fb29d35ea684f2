package statement

import (
	"context"
	"database/sql"

	"example.org/asye/internal/access"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// mostBudget is more than any scheme has had.
const mostBudget = 1_000_000_000_00

// Budgets gives what there is to spend, by scheme.
func (s *Store) Budgets(ctx context.Context, scope tenant.Scope) (map[string]Budget, error) {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `select scheme, pence, version from grant_budgets`)
	out := map[string]Budget{}
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (b Budget, err error) {
		err = rows.Scan(&b.Scheme, &b.Pence, &b.Version)
		out[b.Scheme] = b
		return b, err
	})
	return out, err
}

// SetBudget says what there is to spend on a scheme, in place of what somebody
// has seen: of a scheme without a budget that is version 0.
func (s *Store) SetBudget(ctx context.Context, scope tenant.Scope, scheme string, seen int, pence grant.Pence) error {
	if err := access.Paying.Ask(scope, policy.OtherEmployer); err != nil {
		return err
	}
	if _, ok := s.book.Get(scheme); !ok {
		return grant.ErrNoScheme(scheme)
	}
	var bad fault.Problems
	bad.If(pence <= 0, "amount", "Enter the budget in pounds, as more than nothing")
	bad.If(pence > mostBudget, "amount", "A budget can be %s at most. Check the amount", grant.Pence(mostBudget))
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := tx.Turn(ctx, turn); err != nil {
			return err
		}
		var err error
		if seen == 0 {
			err = db.MustAffectOne(tx.Exec(ctx, `
				insert into grant_budgets (id, scheme, pence, person_id, set_at) values ($5, $1, $2, $3, $4) on conflict (scheme) do nothing`,
				scheme, int64(pence), string(scope.Person()), tx.Now(), tx.NewID()))
		} else {
			err = db.MustAffectOne(tx.Exec(ctx, `
				update grant_budgets set pence = $2, person_id = $3, set_at = $4, version = version + 1 where scheme = $1 and version = $5`,
				scheme, int64(pence), string(scope.Person()), tx.Now(), seen))
		}
		if err != nil {
			return err
		}
		id := ""
		if err := tx.QueryRow(ctx, `select id from grant_budgets where scheme = $1`, scheme).Scan(&id); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "grant.budget set", Kind: "budget", ID: id, After: map[string]any{"scheme": scheme, "pence": int64(pence)}})
	})
}
