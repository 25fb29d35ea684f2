package backups

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/schema"
)

// canary begins every text that must not be found.
const canary = "canary-in-the-mine-"

// perColumn is how many different ones go into each column.
const perColumn = 200

// harvest is the columns that have canaries, as table.column.
type harvest map[string]bool

// own are the tables of what the service does while this net is cast: rows that
// are made up would keep it from making backups, or from numbering the trail.
var own = []string{"account_keys", "audit_checkpoints", "audit_leaves", "audit_origin", "backups", "backup_alarms"}

// fill puts rows into the tables that the example leaves empty, such as those of
// sessions and uploads, so that there is something to put canaries into. They
// are of a time to come: the service has no reason to do anything about them.
func fill(t *testing.T, d *db.DB) {
	t.Helper()
	for _, table := range tables(t, d) {
		n := 0
		if err := d.QueryRow(t.Context(), `select count(*) from `+table.Name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 || slices.Contains(own, table.Name) {
			continue
		}
		var names, values []string
		for i, c := range table.Columns {
			names, values = append(names, c.Name), append(values, made(t, d, table.Name, c, i))
		}
		statement := fmt.Sprintf(`with recursive row(n) as (select 1 union all select n + 1 from row where n < %d)
			insert or ignore into %s (%s) select %s from row`,
			perColumn, table.Name, strings.Join(names, ", "), strings.Join(values, ", "))
		_, _ = keep(d, statement) // a table that refers to an empty one stays empty: harvest.without says so
	}
}

// made is what a column holds in the row n of those that are made up.
func made(t *testing.T, d *db.DB, table string, c db.Column, i int) string {
	t.Helper()
	parents, err := column(d, fmt.Sprintf(`select '(select ' || "to" || ' from ' || "table" || ' order by rowid <= n + %d, rowid limit 1)'
		from pragma_foreign_key_list('%s') where "from" = '%s'`, i, table, c.Name))
	if err != nil {
		t.Fatal(err)
	}
	lists, err := column(d, fmt.Sprintf(`select sql from sqlite_schema where name = '%s'`, table))
	if err != nil {
		t.Fatal(err)
	}
	first := regexp.MustCompile(`\b` + c.Name + ` in \(('[^']*')`).FindStringSubmatch(lists[0])
	switch {
	case len(parents) > 0:
		return parents[0]
	case first != nil:
		return first[1]
	case c.Kind == db.Text:
		return fmt.Sprintf("'%s' || n", c.Name)
	case c.Kind == db.JSON:
		return "'{}'"
	case c.Kind == db.Date:
		return "'2099-01-01'"
	case c.Kind == db.Instant:
		return "'2099-01-01T00:00:00.000000Z'"
	case c.Kind == db.Bytes:
		return "x'25504446'"
	case c.Name == "pence":
		return "1"
	}
	return "0"
}

// sow puts canaries into every column of text that takes them, and tells which
// those are.
func sow(t *testing.T, d *db.DB) harvest {
	t.Helper()
	defer withoutTriggers(t, d)()
	sown := harvest{}
	for _, table := range tables(t, d) {
		for _, c := range table.Columns {
			if c.Kind != db.Text && c.Kind != db.JSON || table.Name == "audit_origin" { // which says whose trail it is
				continue
			}
			value := fmt.Sprintf("'%s%s-%s-' || rowid", canary, table.Name, c.Name)
			if c.Kind == db.JSON {
				value = `'{"it": "' || ` + value + ` || '"}'`
			}
			n, err := keep(d, fmt.Sprintf(`update %s set %s = %s where rowid in (select rowid from %[1]s limit %[4]d)`, table.Name, c.Name, value, perColumn))
			if err == nil && n > 0 { // references and closed lists refuse
				sown[table.Name+"."+c.Name] = true
			}
		}
	}
	return sown
}

// unsown are the sensitive columns that have room for no canary: dates, closed
// lists, and the keys of the service itself.
var unsown = map[string]bool{
	"nqsws.date_of_birth": true, "nqsws.added_to_register_on": true, "nqsws.qualified_year": true,
	"register_checks.result": true, "outcomes.result": true, "outcomes.concerns": true, "account_keys.value": true,
}

// without are the other sensitive columns that have no canaries.
func (h harvest) without() []string {
	var out []string
	for _, table := range schema.Tables() {
		for _, name := range table.Sensitive() {
			if all := table.Name + "." + name; !h[all] && !unsown[all] {
				out = append(out, all)
			}
		}
	}
	return out
}

// keep runs one statement, and tells of how many rows it was.
func keep(d *db.DB, statement string) (n int64, err error) {
	err = d.Keep(context.Background(), func(tx *db.Tx) error {
		res, err := tx.Exec(context.Background(), statement)
		if err == nil {
			n, err = res.RowsAffected()
		}
		return err
	})
	return n, err
}

// withoutTriggers takes every trigger away, such as the one that lets nobody
// change a line of the audit trail, and gives what puts them back.
func withoutTriggers(t *testing.T, d *db.DB) func() {
	t.Helper()
	run := func(statements ...string) {
		err := d.Keep(context.Background(), func(tx *db.Tx) error {
			for _, s := range statements {
				if _, err := tx.Exec(context.Background(), s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	names, err := column(d, `select 'drop trigger ' || name from sqlite_schema where type = 'trigger'`)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := column(d, `select sql from sqlite_schema where type = 'trigger'`)
	if err != nil {
		t.Fatal(err)
	}
	run(names...)
	return func() { run(texts...) }
}

func tables(t *testing.T, d *db.DB) []db.Table {
	t.Helper()
	var shape db.Shape
	err := d.Snapshot(t.Context(), func(tx *db.Tx) (err error) {
		shape, err = tx.Shape(t.Context(), schema.All()...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return shape.Tables
}
