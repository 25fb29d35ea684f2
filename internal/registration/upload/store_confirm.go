package upload

import (
	"context"
	"errors"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/check"
)

// batch is how many rows are stored before a look whether any was refused.
const batch = 100

// Decision is how a staged upload is confirmed.
type Decision struct {
	Seen     int                   // the version on the person's screen
	Invite   bool                  // invite each new NQSW who has an e-mail address
	Progress func(done, total int) // told as rows are stored; nil for nobody
}

// Confirm judges every row again and stores what holds, in one transaction, and
// deletes the uploaded data. Rows that no longer hold are left out and are in
// LeftOut of the upload. An upload that has changed since it was seen is
// db.ErrStale, one that has been decided on a Conflict.
func (s *Store) Confirm(ctx context.Context, scope tenant.Scope, id string, d Decision) (Upload, error) {
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		u, err := staged(ctx, tx, scope, id)
		if err != nil {
			return err
		}
		if u.Version != d.Seen {
			return db.ErrStale
		}
		if err := s.close(ctx, tx, scope, u.Upload); err != nil {
			return err
		}
		now, err := s.check(ctx, tx, scope, u.Sheet)
		if err != nil {
			return err
		}
		c := commit{store: s, tx: tx, scope: scope, decision: d}
		c.hold, c.left = check.Recheck(u.Plan, now)
		if err := c.all(ctx); err != nil {
			return err
		}
		return s.record(ctx, tx, scope, u, c)
	})
	if err != nil {
		return Upload{}, err
	}
	return s.Get(ctx, scope, id)
}

// close takes the upload out of anybody else's hands before a row is stored.
func (s *Store) close(ctx context.Context, tx *db.Tx, scope tenant.Scope, u Upload) error {
	return db.MustAffectOne(tx.Exec(ctx, `
		update uploads set status = 'confirmed', content = null, ended_at = $1, version = version + 1
		where id = $2 and org_id = $3 and status = 'checked' and version = $4`,
		tx.Now(), u.ID, string(scope.Org()), u.Version))
}

// record keeps what came of the rows, without the people in them.
func (s *Store) record(ctx context.Context, tx *db.Tx, scope tenant.Scope, u Staged, c commit) error {
	var left any
	if len(c.left) > 0 {
		text, err := encode(c.left)
		if err != nil {
			return err
		}
		left = text
	}
	rows := map[int]bool{}
	for _, f := range c.left {
		rows[f.Row] = true
	}
	wrong := u.Plan.Count(check.Wrong) + len(rows)
	same := len(u.Plan.Lines) - c.done[check.New] - c.done[check.Changed] - wrong
	_, err := tx.Exec(ctx, `
		update uploads set rows_new = $1, rows_changed = $2, rows_same = $3, rows_wrong = $4, left_out = $5
		where id = $6 and org_id = $7`, c.done[check.New], c.done[check.Changed], same, wrong, left, u.ID, string(scope.Org()))
	if err != nil {
		return err
	}
	return tx.Audit(ctx, scope, db.Line{What: "registration.uploadConfirmed", Kind: "upload", ID: u.ID,
		After: map[string]any{"file": u.File, "rows": len(u.Plan.Lines), "new": c.done[check.New], "changed": c.done[check.Changed],
			"same": same, "wrong": wrong, "invited": c.decision.Invite}})
}

// commit is the storing of the rows of one upload.
type commit struct {
	store    *Store
	tx       *db.Tx
	scope    tenant.Scope
	decision Decision
	hold     []check.Line
	left     []check.Finding
	done     map[check.Kind]int
}

func (c *commit) all(ctx context.Context) error {
	c.done = map[check.Kind]int{}
	for rest := c.hold; len(rest) > 0; {
		n := min(batch, len(rest))
		if err := c.part(ctx, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
		if c.decision.Progress != nil {
			c.decision.Progress(len(c.hold)-len(rest), len(c.hold))
		}
	}
	return nil
}

// part stores some rows, all or none; when one is refused it tries each half by
// itself, until the refused row stands alone and is left out.
func (c *commit) part(ctx context.Context, lines []check.Line) error {
	if _, err := c.tx.Exec(ctx, `savepoint upload_part`); err != nil {
		return err
	}
	err := c.lines(ctx, lines)
	if err == nil {
		_, err = c.tx.Exec(ctx, `release savepoint upload_part`)
		for _, line := range lines {
			c.done[line.Kind]++
		}
		return err
	}
	if !isRefusal(err) {
		return err
	}
	for _, statement := range []string{`rollback to savepoint upload_part`, `release savepoint upload_part`} {
		if _, err := c.tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	if len(lines) == 1 {
		c.left = append(c.left, check.Refused(c.store.columns, lines[0], err)...)
		return nil
	}
	if err := c.part(ctx, lines[:len(lines)/2]); err != nil {
		return err
	}
	return c.part(ctx, lines[len(lines)/2:])
}

func (c *commit) lines(ctx context.Context, lines []check.Line) error {
	inviting := registration.DoNotInvite
	if c.decision.Invite {
		inviting = registration.Invite
	}
	for _, line := range lines {
		var err error
		if line.Kind == check.New {
			_, err = c.store.registrations.Enter(ctx, c.tx, c.scope, line.Entry, inviting)
		} else {
			err = c.store.registrations.Amend(ctx, c.tx, c.scope, line.Enrolment, line.Amendment)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isRefusal tells a row that does not hold from trouble of our own.
func isRefusal(err error) bool {
	return fault.KindOf(err) != fault.Internal || errors.Is(err, db.ErrOverlap) || errors.Is(err, db.ErrDuplicate)
}
