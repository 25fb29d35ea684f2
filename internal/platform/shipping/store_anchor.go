package shipping

import (
	"context"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
)

// anchored begins to read a database's log where it cannot begin again.
//
// Whoever reads while the whole log has been folded into the file reads the file
// alone, and SQLite lets the next writer begin the log again from its start.
// litestream reads the log itself, and would read pages that are being written
// over. So there is a reader before it, and a change that this reader does not
// see and that can therefore not be folded in: litestream then reads from within
// the log, and holds it.
func anchored(ctx context.Context, path string, c clock.Clock, begin func() error) error {
	d, err := db.OpenExisting(ctx, path, c)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Snapshot(ctx, func(*db.Tx) error {
		if err := d.Keep(ctx, func(tx *db.Tx) error { return tx.Turn(ctx, "shipping") }); err != nil {
			return err
		}
		return begin()
	})
}
