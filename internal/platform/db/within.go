package db

import (
	"context"
	"errors"
	"maps"

	"example.org/asye/internal/platform/clock"
)

// Within is the database as seen from inside a transaction: what a store built
// on it reads and writes belongs to that transaction, and happens when that
// commits. Its own changes are dated by c, which lets the example service tell
// of days gone by. It is of no use once the transaction has ended.
func (d *DB) Within(tx *Tx, c clock.Clock) *DB {
	return &DB{dialect: d.dialect, write: d.write, read: d.read, clock: c, inside: tx, guard: d.guard}
}

// onceInside runs do in the transaction that d is within. A failure takes back
// what do had written, and nothing else.
func (d *DB) onceInside(ctx context.Context, do func(*Tx) error) error {
	if d.inside.kept == nil {
		d.inside.kept = map[string]*statement{}
	}
	step := &Tx{tx: d.inside.tx, db: d, now: d.clock.Now(), kept: d.inside.kept, keys: maps.Clone(d.inside.ring())}
	if _, err := step.Exec(ctx, `savepoint within`); err != nil {
		return err
	}
	err := do(step)
	if err == nil {
		d.inside.keys, d.inside.audited = step.keys, d.inside.audited || step.audited
	} else {
		if _, undo := step.Exec(ctx, `rollback to savepoint within`); undo != nil {
			return errors.Join(Explain(err), undo)
		}
	}
	if _, release := step.Exec(ctx, `release savepoint within`); release != nil {
		return errors.Join(Explain(err), release)
	}
	return Explain(err)
}
