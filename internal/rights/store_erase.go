package rights

import (
	"context"
	"slices"
	"sort"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/tenant"
)

// Erase takes away everything that is held of a person, in one transaction
// (DAT-6), and gives how many rows that were. It is refused while a role or a
// year runs or there is a hold (DAT-4), and without a reason (DAT-5). Whoever
// does not look after the whole service is Forbidden.
func (s *Store) Erase(ctx context.Context, scope tenant.Scope, person asye.PersonID, ground Ground, reason string) (int, error) {
	if err := s.mayDecide(ctx, scope); err != nil {
		return 0, err
	}
	gone := 0
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		st, err := s.standing(ctx, tx, person)
		if err != nil {
			return err
		}
		if err := st.MayErase(reason); err != nil {
			return err
		}
		if gone, err = s.erase(ctx, tx, person); err != nil {
			return err
		}
		id := tx.NewID()
		if _, err := tx.Exec(ctx, `
			insert into erasures (id, person_id, reason, ground, rows_gone, erased_at) values ($1, $2, $3, $4, $5, $6)`,
			id, string(person), reason, string(ground), gone, tx.Now()); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "rights.erased", Kind: "erasure", ID: id, Reason: reason,
			After: map[string]any{"ground": ground, "rows": gone}})
	})
	if err != nil {
		return 0, err
	}
	return gone, s.db.Scour(ctx) // so that no file holds what went, or the key of it
}

// erase goes through the tables, children first. What is found by the person's
// address goes before the address does.
func (s *Store) erase(ctx context.Context, tx *db.Tx, person asye.PersonID) (int, error) {
	tables := slices.Clone(s.tables)
	slices.Reverse(tables)
	sort.SliceStable(tables, func(i, j int) bool { return tables[i].Subject.Address && !tables[j].Subject.Address })
	gone := 0
	for _, t := range tables {
		n, err := s.eraseFrom(ctx, tx, t, person)
		if err != nil {
			return gone, err
		}
		gone += n
	}
	return gone, tx.ForgetKey(ctx, person) // what the audit trail says of them (AUD-11)
}

func (s *Store) eraseFrom(ctx context.Context, tx *db.Tx, t inventory.Table, person asye.PersonID) (int, error) {
	for _, m := range t.Also {
		if err := overwrite(ctx, tx, t.Name, m.Texts, m.Column+` = `, person); err != nil {
			return 0, err
		}
	}
	condition := s.About(t)
	if condition == "" || t.Keep == inventory.Trail {
		return 0, nil
	}
	if t.Stub != nil {
		return 1, overwrite(ctx, tx, t.Name, stubOf(t), t.Subject.Column+` = `, person)
	}
	res, err := tx.Exec(ctx, `delete from `+t.Name+` where `+condition, string(person))
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// null marks a column that is emptied.
const null = "\x00"

// stubOf is what stays of a row: what its table says, and nothing in its other
// sensitive columns.
func stubOf(t inventory.Table) map[string]string {
	out := map[string]string{}
	for _, name := range t.Sensitive() {
		out[name] = null
	}
	for name, text := range t.Stub {
		out[name] = text
	}
	return out
}

// overwrite puts other values into the rows that name a person.
func overwrite(ctx context.Context, tx *db.Tx, table string, values map[string]string, condition string, person asye.PersonID) error {
	if len(values) == 0 {
		return nil
	}
	var sets []string
	var args []any
	for name, text := range values {
		if text == null {
			sets = append(sets, name+` = null`)
			continue
		}
		args = append(args, text)
		sets = append(sets, name+` = $`+strconv.Itoa(len(args)))
	}
	args = append(args, string(person))
	_, err := tx.Exec(ctx, `update `+table+` set `+strings.Join(sets, ", ")+` where `+condition+`$`+strconv.Itoa(len(args)), args...)
	return err
}
