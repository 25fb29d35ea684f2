package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

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
