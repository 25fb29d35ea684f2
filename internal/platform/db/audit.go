package db

import (
	"context"
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

// Line is what the audit trail says of one change.
type Line struct {
	What   string              // capability.pastTense: "registration.paused"
	Kind   string              // the kind of record: "enrolment"
	ID     string              // which one
	Org    asye.OrganisationID // whose record; the scope's organisation when empty
	Before any                 // as it was, for JSON; nil when it was not there
	After  any                 // as it is, for JSON; nil when it is gone
	On     asye.Date           // the day from which it counts; zero when that is today
	Reason string              // why, in the words of the person who did it
}

// Audit writes one line of the audit trail, in the transaction of the change
// that it tells of.
func (tx *Tx) Audit(ctx context.Context, scope tenant.Scope, l Line) error {
	before, err := asJSON(l.Before)
	if err != nil {
		return err
	}
	after, err := asJSON(l.After)
	if err != nil {
		return err
	}
	if l.Reason == "" {
		l.Reason = scope.Reason()
	}
	if l.Org == "" {
		l.Org = scope.Org()
	}
	_, err = tx.Exec(ctx, `
		insert into audit_lines (id, org_id, recorded_at, actor_kind, actor_id, on_behalf_of,
			what, subject_kind, subject_id, before, after, effective_on, reason)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.NewID(), orNull(string(l.Org)), tx.now, string(scope.Actor()), orNull(string(scope.Person())),
		orNull(string(scope.Behalf())), l.What, l.Kind, l.ID, before, after, l.On, l.Reason)
	tx.audited = err == nil
	return err
}

func asJSON(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	text, err := json.Marshal(v)
	return string(text), err
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// Saw notes in the audit trail that somebody has read a record, or a list of a
// kind of record when id is empty.
func (d *DB) Saw(ctx context.Context, scope tenant.Scope, kind, id string) error {
	return d.Keep(ctx, func(tx *Tx) error {
		return tx.Audit(ctx, scope, Line{What: kind + ".read", Kind: kind, ID: id})
	})
}
