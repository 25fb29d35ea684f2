package service

import (
	"context"

	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/schema"
)

// AuditKey is the audit key of every program that a net starts, so that the net
// can write on the same database. It guards nothing but what tests made up.
const AuditKey = "asye-audit-key-1 asye-6a0fd5c6 BHqFdIhpl9h-5ZL11CagdxbF0GHNDoNgMVpG4SIj3II"

// Open opens the database of a program that runs, or has run.
func Open(ctx context.Context, database string) (*db.DB, error) {
	key, err := audit.ParseKey(AuditKey)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, database, clock.Real())
	if err != nil {
		return nil, err
	}
	if err := d.Guard(lines.Guard{Secret: key.Secret(), Tables: schema.Tables()}); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}
