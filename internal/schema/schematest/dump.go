// Package schematest tells the schema of a database as text, for tests that
// compare two.
package schematest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
)

// Dump is everything that a database is made of but its rows.
func Dump(t testing.TB, d *db.DB) string {
	t.Helper()
	if d.Dialect() == db.Postgres {
		return postgresSchema(t, d)
	}
	return sqliteSchema(t, d)
}

// sqliteSchema is what SQLite remembers of every statement that made something.
func sqliteSchema(t testing.TB, d *db.DB) string {
	var out strings.Builder
	for _, row := range Rows(t, d, `
		select tbl_name, sql from sqlite_schema
		where  sql is not null and tbl_name not like 'sqlite_%' and tbl_name not like 'goose_%'
		order  by tbl_name, case type when 'table' then 1 when 'index' then 2 else 3 end, name`, 2) {
		fmt.Fprintf(&out, "%s;\n\n", row[1])
	}
	return out.String()
}

// postgresSchema reads the catalogue table by table: columns, constraints,
// indexes that no constraint made, and triggers.
func postgresSchema(t testing.TB, d *db.DB) string {
	var out strings.Builder
	for _, table := range Rows(t, d, `
		select relname from pg_class
		where  relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'goose_%'
		order  by relname collate "C"`, 1) {
		fmt.Fprintf(&out, "table %s\n", table[0])
		for _, part := range postgresParts {
			for _, row := range Rows(t, d, part, 1, table[0]) {
				fmt.Fprintf(&out, "\t%s\n", row[0])
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

// postgresParts describe one table, named by $1. Constraints that only repeat
// "not null" are left to the columns: older releases do not list them.
var postgresParts = []string{`
	select rpad(a.attname, 24) || format_type(a.atttypid, a.atttypmod)
	       || case when a.attnotnull then ' not null' else '' end
	       || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
	from   pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
	where  a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
	order  by a.attnum`, `
	select conname || ': ' || pg_get_constraintdef(oid) from pg_constraint
	where  conrelid = $1::text::regclass and contype in ('p', 'u', 'f', 'c', 'x')
	order  by contype, conname collate "C"`, `
	select replace(pg_get_indexdef(i.indexrelid), 'public.', '') from pg_index i
	where  i.indrelid = $1::text::regclass
	and    not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
	order  by 1`, `
	select pg_get_triggerdef(oid) from pg_trigger where tgrelid = $1::text::regclass and not tgisinternal
	order  by tgname`}

// Rows reads rows of so many columns, each as text.
func Rows(t testing.TB, d *db.DB, query string, columns int, args ...any) [][]string {
	t.Helper()
	rows, err := d.Query(context.Background(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out [][]string
	for rows.Next() {
		row, into := make([]string, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
