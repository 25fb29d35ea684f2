package db

import (
	"context"
	"database/sql"
	"io"
	"strings"
)

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
			return Explain(err)
		}
	}
}
