package db

import (
	"context"
	"database/sql"
)

// Snapshot reads the database as it stands at one instant, for as long as do
// takes: what others write meanwhile is not seen, and nobody waits.
//
// On SQLite it is a transaction of a reading connection, on PostgreSQL one that
// is repeatable and read-only. The price is that neither engine can clear away
// what was replaced since: SQLite's log grows until the reading ends.
func (d *DB) Snapshot(ctx context.Context, do func(*Tx) error) error {
	if d.inside != nil {
		return do(d.inside)
	}
	options := &sql.TxOptions{ReadOnly: true}
	if d.dialect == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	inner, err := d.read.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer inner.Rollback() // nothing was written
	// Both engines take the snapshot with the first thing that is read.
	var n int
	if err := inner.QueryRowContext(ctx, d.texts().first).Scan(&n); err != nil {
		return Explain(err)
	}
	return Explain(do(&Tx{tx: inner, db: d}))
}
