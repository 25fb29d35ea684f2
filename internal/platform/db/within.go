package db

import "example.org/asye/internal/platform/clock"

// Within is the database as seen from inside a transaction: what a store built
// on it reads and writes belongs to that transaction, and happens when that
// commits. Its own changes are dated by c, which lets the example service tell
// of days gone by. It is of no use once the transaction has ended.
func (d *DB) Within(tx *Tx, c clock.Clock) *DB {
	return &DB{dialect: d.dialect, write: d.write, read: d.read, clock: c, inside: tx}
}

// onceInside runs do in the transaction that d is within. A failure leaves what
// do had written so far to the caller, who gives the whole transaction up.
func (d *DB) onceInside(do func(*Tx) error) error {
	if d.inside.kept == nil {
		d.inside.kept = map[string]*statement{}
	}
	step := &Tx{tx: d.inside.tx, db: d, now: d.clock.Now(), kept: d.inside.kept}
	err := do(step)
	d.inside.audited = d.inside.audited || step.audited
	return explain(err)
}
