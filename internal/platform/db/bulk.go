package db

import (
	"context"
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
