package statement

import (
	"context"
	"database/sql"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Remittances lists what arrived at the employer at work, the latest first.
func (s *Store) Remittances(ctx context.Context, scope tenant.Scope) ([]Remittance, error) {
	if err := access.Statements.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, remittanceColumns+` where org_id = $1 order by received_on desc, id desc`, string(scope.Org()))
	return db.Rows(rows, err, func(rows *sql.Rows) (Remittance, error) { return scanRemittance(rows) })
}

// Remittance is one amount that arrived at the employer at work.
func (s *Store) Remittance(ctx context.Context, scope tenant.Scope, id string) (Remittance, error) {
	if err := access.Statements.Ask(scope, policy.SameEmployer); err != nil {
		return Remittance{}, err
	}
	r, err := scanRemittance(s.db.QueryRow(ctx, remittanceColumns+` where id = $1 and org_id = $2`, id, string(scope.Org())))
	return r, db.NotFound(err, "amount")
}

const remittanceColumns = `
	select id, received_on, bank_text, pence, coalesce(statement_id, ''), settled_note, version from grant_remittances`

func scanRemittance(row interface{ Scan(...any) error }) (r Remittance, err error) {
	return r, row.Scan(&r.ID, &r.ReceivedOn, &r.Text, &r.Pence, &r.Statement, &r.Note, &r.Version)
}

// Receive keeps what a bank tells has arrived. A line that was brought in before,
// by its day, text and amount, is passed over; one whose text names a statement
// is held against that. It gives how many were new.
func (s *Store) Receive(ctx context.Context, scope tenant.Scope, received []Remittance) (int, error) {
	if err := access.Reconciling.Ask(scope, policy.SameEmployer); err != nil {
		return 0, err
	}
	mine, err := s.Mine(ctx, scope)
	if err != nil {
		return 0, err
	}
	awaited := Awaited(mine)
	added := 0
	err = s.db.Write(ctx, scope, func(tx *db.Tx) error {
		added = 0
		for _, r := range received {
			id := tx.NewID()
			res, err := tx.Exec(ctx, `
				insert into grant_remittances (id, org_id, received_on, bank_text, pence, statement_id, person_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
				on conflict (org_id, received_on, bank_text, pence) do nothing`,
				id, string(scope.Org()), r.ReceivedOn, r.Text, int64(r.Pence), orNull(Match(r.Text, awaited)), string(scope.Person()), tx.Now())
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			added++
			if err := tx.Audit(ctx, scope, db.Line{What: "remittance.received", Kind: "remittance", ID: id, On: r.ReceivedOn, After: map[string]any{"pence": int64(r.Pence)}}); err != nil {
				return err
			}
		}
		if added == 0 {
			return fault.New(fault.Conflict, "Everything in it was brought in before. Nothing was added")
		}
		return nil
	})
	return added, err
}

// Hold says which statement money is for, or, where it is for none, what was
// found out about it.
func (s *Store) Hold(ctx context.Context, scope tenant.Scope, id string, seen int, statement, note string) error {
	if err := access.Reconciling.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	var bad fault.Problems
	bad.If(statement == "" && note == "", "statement", "Choose the statement that the money is for, or write what you have found out about it")
	bad.If(len([]rune(note)) > 500, "note", "The note must be 500 characters or fewer")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		n := 0
		if err := tx.QueryRow(ctx, `select count(*) from grant_remittances where id = $1 and org_id = $2`, id, string(scope.Org())).Scan(&n); err != nil || n == 0 {
			return orNoMoney(err)
		}
		if statement != "" {
			if err := tx.QueryRow(ctx, `select count(*) from grant_statements where id = $1 and org_id = $2 and state in ('authorised', 'paid')`,
				statement, string(scope.Org())).Scan(&n); err != nil {
				return err
			}
			if n == 0 {
				return fault.New(fault.NotFound, "There is no such statement of yours that money could be for")
			}
		}
		if err := db.MustAffectOne(tx.Exec(ctx, `
			update grant_remittances set statement_id = $4, settled_note = $5, version = version + 1 where id = $1 and org_id = $2 and version = $3`,
			id, string(scope.Org()), seen, orNull(statement), note)); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "remittance.held", Kind: "remittance", ID: id, Reason: note, After: map[string]any{"statement": statement}})
	})
}

func orNoMoney(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "There is no such amount that you received")
}
