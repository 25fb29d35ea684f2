package grant

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// Confirmation is a rule that somebody has confirmed with the funder.
type Confirmation struct {
	Rule string
	Said string // the rule in words, as it was then
	Note string // how it was confirmed
	By   string
	At   asye.Instant
}

// Confirmations lists what was confirmed of a scheme, the latest last.
func (s *Store) Confirmations(ctx context.Context, scope tenant.Scope, scheme string) ([]Confirmation, error) {
	if err := access.Schemes.Ask(scope, policy.SameEmployer); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, `
		select c.rule, c.said, c.note, p.given_name || ' ' || p.family_name, c.confirmed_at
		from   grant_confirmations c join people p on p.id = c.person_id
		where  c.scheme = $1 order by c.confirmed_at, c.id`, scheme)
	return db.Rows(rows, err, func(rows *sql.Rows) (c Confirmation, err error) {
		return c, rows.Scan(&c.Rule, &c.Said, &c.Note, &c.By, &c.At)
	})
}

// Confirm keeps that an assumed rule was confirmed with the funder, in the words
// that it has now (GRA-15): when the file changes, it has to be confirmed again.
func (s *Store) Confirm(ctx context.Context, scope tenant.Scope, scheme, rule, note string) error {
	if err := access.Confirming.Ask(scope, policy.SameEmployer); err != nil {
		return err
	}
	of, ok := s.book.Get(scheme)
	if !ok {
		return ErrNoScheme(scheme)
	}
	assumed := of.Assumed()
	at := slices.IndexFunc(assumed, func(r Rule) bool { return r.Key == rule })
	if at < 0 {
		return fault.New(fault.NotFound, "The scheme assumes no rule %q. It may have been given a source since", rule)
	}
	var bad fault.Problems
	bad.If(strings.TrimSpace(note) == "", "note", "Write how it was confirmed: who at the funder said so, and when")
	if err := bad.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		id := tx.NewID()
		res, err := tx.Exec(ctx, `
			insert into grant_confirmations (id, scheme, rule, said, note, person_id, confirmed_at) values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (scheme, rule, said) do nothing`,
			id, scheme, rule, assumed[at].Text, strings.TrimSpace(note), string(scope.Person()), tx.Now())
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return fault.New(fault.Conflict, "Somebody has confirmed this rule already")
		}
		return tx.Audit(ctx, scope, db.Line{What: "grant.rule confirmed", Kind: "confirmed_rule", ID: id, Reason: strings.TrimSpace(note),
			After: map[string]any{"scheme": scheme, "rule": rule, "said": assumed[at].Text}})
	})
}
