package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

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
