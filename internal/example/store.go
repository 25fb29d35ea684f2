package example

import (
	"context"

	"example.org/asye/internal/platform/db"
)

// The audit line that says that the example was built.
const (
	builtLine = "example.built"
	builtKind = "example"
)

// Built reports whether this database holds the example service.
func Built(ctx context.Context, d *db.DB) (bool, error) {
	n := 0
	err := d.QueryRow(ctx, `select count(*) from audit_lines where subject_kind = $1 and subject_id = $1 and what = $2`,
		builtKind, builtLine).Scan(&n)
	return n > 0, err
}

// inUse reports whether anybody is on record.
func inUse(ctx context.Context, d *db.DB) (bool, error) {
	n := 0
	err := d.QueryRow(ctx, `select count(*) from people`).Scan(&n)
	return n > 0, err
}
