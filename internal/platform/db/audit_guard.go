package db

import (
	"context"
	"errors"

	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
)

// errUnguarded is a line that cannot be written: nothing about a person is ever
// kept in plain.
var errUnguarded = errors.New("the audit trail cannot be written or read: the database was opened without the audit key")

// guard is what the audit trail needs beside the database.
type guard struct {
	seal *lines.Sealer
	read *lines.Queue
}

// Guard hands over what the audit trail needs and the database must not know.
// Without it nothing can be written that leaves a line.
func (d *DB) Guard(g lines.Guard) error {
	seal, err := lines.NewSealer(g)
	if err != nil {
		return err
	}
	d.unguard()
	read := lines.NewQueue(g)
	read.Store, read.Now = d.storeReadings, d.clock.Now
	d.guard = &guard{seal, read}
	return nil
}

// unguard writes the readings that wait.
func (d *DB) unguard() {
	if d.guard != nil && d.inside == nil {
		d.guard.read.Close()
	}
}

// Guarded reports whether the audit key is here: see [DB.Guard].
func (d *DB) Guarded() bool { return d.guard != nil }

// Marked reports whether a line has the mark of this service; none has, where
// the audit key is not here.
func (d *DB) Marked(l lines.Stored) bool { return d.guard != nil && d.guard.seal.Marked(l) }

// Unseal makes plain what lines say, where the keys are there. A text that cannot
// be read is emptied, and its state says why.
func (d *DB) Unseal(ctx context.Context, texts ...*lines.Text) error {
	if d.guard == nil {
		return errUnguarded
	}
	return d.guard.seal.Unseal(ctx, d, texts...)
}

// Saw notes in the audit trail that somebody has read records, and waits for it
// a second at most (AUD-6 to AUD-8).
func (d *DB) Saw(ctx context.Context, scope tenant.Scope, read ...tenant.Reading) error {
	if d.guard == nil {
		return errUnguarded
	}
	if d.inside != nil { // where nobody else can write until it is over
		seen := make([]*lines.Seen, len(read))
		for i, one := range read {
			seen[i] = &lines.Seen{Reading: one, Scope: scope, At: d.clock.Now()}
		}
		return d.storeReadings(ctx, seen, 0)
	}
	d.guard.read.Saw(ctx, scope, read...)
	return nil
}

// Readings tells how the lines of readings stand in this program.
func (d *DB) Readings() lines.ReadingState {
	if d.guard == nil {
		return lines.ReadingState{}
	}
	return d.guard.read.State()
}

// storeReadings writes the lines of readings.
func (d *DB) storeReadings(ctx context.Context, batch []*lines.Seen, lost int) error {
	return d.Keep(ctx, func(tx *Tx) error {
		return d.guard.seal.Note(ctx, tx, batch, lost, func(scope tenant.Scope, l Line) error { return tx.Audit(ctx, scope, l) })
	})
}

// Scour takes what was deleted or written over out of the files of the
// database: destroyed keys above all. On SQLite the log is folded into the file,
// whose freed places are written over; on PostgreSQL the table of keys is
// written anew. The log that PostgreSQL keeps for recovery still has them until
// it is recycled. Inside a transaction it does nothing: there is nothing gone yet,
// and on PostgreSQL it would wait for that transaction for ever.
func (d *DB) Scour(ctx context.Context) error {
	if d.inside != nil {
		return nil
	}
	if d.dialect == SQLite {
		return d.Checkpoint(ctx)
	}
	_, err := d.write.ExecContext(ctx, "vacuum full person_keys")
	return err
}
