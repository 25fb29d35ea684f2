package db

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Bulk fills whole tables with the rows of another database, as they were: no
// trigger runs, no audit line is written. It is for restoring and moving into a
// database that nobody uses yet.
type Bulk interface {
	// Fill puts the rows that next gives into a table, until io.EOF.
	Fill(ctx context.Context, t Table, next func() ([]any, error)) error
}

// Bulk empties tables and lets do fill them, in one transaction. The tables
// stand in an order in which each can be filled after those that it refers to.
// On SQLite references are not looked at meanwhile: see [DB.Sound].
func (d *DB) Bulk(ctx context.Context, tables []Table, do func(Bulk) error) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if d.dialect == Postgres {
		return conn.Raw(func(raw any) error {
			return pgx.BeginFunc(ctx, raw.(*stdlib.Conn).Conn(), func(tx pgx.Tx) error {
				return bulkPostgres(ctx, tx, tables, do)
			})
		})
	}
	if _, err := conn.ExecContext(ctx, "pragma foreign_keys = off"); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit this does nothing
	if err := bulkSQLite(ctx, tx, tables, do); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "pragma foreign_keys = on")
	return err
}

// bulkSQLite takes every trigger away, and puts it back when all is filled.
func bulkSQLite(ctx context.Context, tx *sql.Tx, tables []Table, do func(Bulk) error) error {
	rows, err := tx.QueryContext(ctx, `select name, sql from sqlite_schema where type = 'trigger' order by rowid`)
	triggers, err := Rows(rows, err, func(rows *sql.Rows) ([2]string, error) {
		var t [2]string
		return t, rows.Scan(&t[0], &t[1])
	})
	if err != nil {
		return err
	}
	for _, t := range triggers {
		if _, err := tx.ExecContext(ctx, "drop trigger "+quoted(t[0])); err != nil {
			return err
		}
	}
	for _, t := range tables {
		if _, err := tx.ExecContext(ctx, "delete from "+quoted(t.Name)); err != nil {
			return err
		}
	}
	if err := do(bulkLite{tx}); err != nil {
		return err
	}
	for _, t := range triggers {
		if _, err := tx.ExecContext(ctx, t[1]); err != nil {
			return err
		}
	}
	return nil
}

type bulkLite struct{ tx *sql.Tx }

func (b bulkLite) Fill(ctx context.Context, t Table, next func() ([]any, error)) error {
	marks := strings.Repeat(", ?", len(t.Columns))[2:]
	insert, err := b.tx.PrepareContext(ctx, "insert into "+quoted(t.Name)+" ("+t.quotedNames()+") values ("+marks+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for {
		row, err := next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			_, err = insert.ExecContext(ctx, row...)
		}
		if err != nil {
			return explain(err)
		}
	}
}

// quoted is a name as both engines take it, whatever letters are in it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (t Table) quotedNames() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c.Name)
	}
	return strings.Join(names, ", ")
}

// Scan reads every row of a table in the order of its key, which is the same on
// both engines. each must not keep the slice.
func (tx *Tx) Scan(ctx context.Context, t Table, each func([]any) error) error {
	rows, err := tx.tx.QueryContext(ctx, tx.selectAll(t))
	if err != nil {
		return err
	}
	defer rows.Close()
	row, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// selectAll sorts text by its bytes, as SQLite does. JSON is asked for as text.
func (tx *Tx) selectAll(t Table) string {
	names, order := make([]string, len(t.Columns)), make([]string, len(t.Key))
	kinds := map[string]Kind{}
	for i, c := range t.Columns {
		names[i], kinds[c.Name] = quoted(c.Name), c.Kind
		if c.Kind == JSON {
			names[i] = "cast(" + quoted(c.Name) + " as text)"
		}
	}
	for i, name := range t.Key {
		order[i] = quoted(name)
		if tx.db.dialect == Postgres && kinds[name] == Text {
			order[i] += ` collate "C"`
		}
	}
	return "select " + strings.Join(names, ", ") + " from " + quoted(t.Name) + " order by " + strings.Join(order, ", ")
}

// Sound looks through the whole database: on SQLite at every page and index,
// and on both engines at every reference. It says what it found wrong.
func (d *DB) Sound(ctx context.Context) error {
	if d.dialect == Postgres {
		return d.unproven(ctx)
	}
	rows, err := d.write.QueryContext(ctx, "pragma integrity_check(1)")
	said, err := Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var text string
		return text, rows.Scan(&text)
	})
	if err != nil {
		return err
	}
	if strings.Join(said, "") != "ok" {
		return fmt.Errorf("SQLite's check of the file says: %s", strings.Join(said, "; "))
	}
	rows, err = d.write.QueryContext(ctx, "pragma foreign_key_check")
	broken, err := Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var table, parent string
		var row, which any
		err := rows.Scan(&table, &row, &parent, &which)
		return table + " names one of " + parent + " that is not there", err
	})
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("%d references lead nowhere; the first: a row of %s", len(broken), broken[0])
	}
	return err
}

// unproven finds constraints that PostgreSQL was told to take on trust; all
// others it holds by itself.
func (d *DB) unproven(ctx context.Context) error {
	rows, err := d.write.QueryContext(ctx, `
		select conrelid::regclass::text || '.' || conname from pg_constraint
		where connamespace = current_schema()::regnamespace and not convalidated`)
	names, err := Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var name string
		return name, rows.Scan(&name)
	})
	if err == nil && len(names) > 0 {
		err = fmt.Errorf("PostgreSQL has not checked the constraint %s", strings.Join(names, ", "))
	}
	return err
}
