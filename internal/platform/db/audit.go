package db

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
)

// Line is what the audit trail says of one change.
type Line = lines.Line

// Audit writes one line of the audit trail, in the transaction of the change
// that it tells of. What it says of a person is sealed with that person's key
// (AUD-10): write the line while the record that it is about is still there.
func (tx *Tx) Audit(ctx context.Context, scope tenant.Scope, l Line) error {
	if tx.db.guard == nil {
		return errUnguarded
	}
	if l.Reason == "" {
		l.Reason = scope.Reason()
	}
	if l.Org == "" {
		l.Org = scope.Org()
	}
	if l.At.IsZero() {
		l.At = tx.now
	}
	stored, err := l.Stored(tx.NewID(), scope)
	if err == nil {
		err = tx.db.guard.seal.Seal(ctx, tx, tx.ring(), &stored)
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into audit_lines (id, org_id, recorded_at, actor_kind, actor_id, actor_org_id, actor_role, on_behalf_of,
			what, reading, subject_kind, subject_id, before, after, effective_on, reason, mark)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		stored.ID, stored.Org, l.At, stored.Actor, stored.ActorID, stored.ActorOrg, stored.ActorRole, stored.Behalf,
		stored.What, l.Reading, stored.Kind, stored.Subject, stored.Before, stored.After, l.On, stored.Reason, stored.Mark)
	if err == nil {
		err = lines.Wait(ctx, tx, stored.ID)
	}
	tx.audited = err == nil
	return err
}

// ring is the keys that this transaction has opened.
func (tx *Tx) ring() lines.Ring {
	if tx.keys == nil {
		tx.keys = lines.Ring{}
	}
	return tx.keys
}

// ForgetKey destroys the key of a person, within the transaction that erases
// them: what the lines of the audit trail said of them is unreadable from then
// on, and the chain of lines still holds, because it covers the sealed texts
// (AUD-11). What is written of the person afterwards gets a new key: write the
// line that says that they were erased after this. Call [DB.Scour] once the
// transaction has committed.
func (tx *Tx) ForgetKey(ctx context.Context, person asye.PersonID) error {
	return lines.Forget(ctx, tx, tx.ring(), person)
}
