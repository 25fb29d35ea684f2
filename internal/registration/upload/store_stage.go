package upload

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/check"
)

// ErrWaiting refuses a second upload while another of the same employer waits.
var ErrWaiting = fault.New(fault.Conflict, "Another upload of your organisation is waiting for a decision. Confirm or discard it first")

// Stage checks a sheet and keeps it for a decision. While another upload of the
// scope's organisation waits it is [ErrWaiting]; a header that cannot be used is
// fault.Problems of the field file.
func (s *Store) Stage(ctx context.Context, scope tenant.Scope, sheet *files.Sheet) (Staged, error) {
	sheet = withoutEquality(s.columns, sheet)
	plan, err := s.Check(ctx, scope, sheet)
	if err != nil {
		return Staged{}, err
	}
	text, err := encode(content{keep(sheet), plan})
	if err != nil {
		return Staged{}, err
	}
	id := ""
	err = s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := s.expire(ctx, tx, scope.Org()); err != nil {
			return err
		}
		id = tx.NewID()
		res, err := tx.Exec(ctx, `
			insert into uploads (id, org_id, person_id, file_name, status, content, rows_total, rows_new, rows_changed,
				rows_same, rows_wrong, made_at, expires_at)
			values ($1, $2, $3, $4, 'checked', $5, $6, $7, $8, $9, $10, $11, $12)
			on conflict (org_id) where status = 'checked' do nothing`,
			id, string(scope.Org()), orNull(string(scope.Person())), sheet.File, text, len(plan.Lines), plan.Count(check.New),
			plan.Count(check.Changed), plan.Count(check.Same), plan.Count(check.Wrong), tx.Now(), tx.Now().Add(s.settings.Kept))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return orElse(err, ErrWaiting)
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.uploadChecked", Kind: "upload", ID: id,
			After: figures(sheet.File, plan)})
	})
	if err != nil {
		return Staged{}, err
	}
	return s.Staged(ctx, scope, id)
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// figures are what the audit trail says of a plan: no people.
func figures(file string, p check.Plan) map[string]any {
	return map[string]any{"file": file, "rows": len(p.Lines), "new": p.Count(check.New), "changed": p.Count(check.Changed),
		"same": p.Count(check.Same), "wrong": p.Count(check.Wrong)}
}

// Discard gives up an upload and deletes its data.
func (s *Store) Discard(ctx context.Context, scope tenant.Scope, id string) error {
	if err := uploads(scope); err != nil {
		return err
	}
	return s.db.Write(ctx, scope, func(tx *db.Tx) error {
		u, err := scanUpload(tx.QueryRow(ctx, uploadColumns+` where u.id = $1 and u.org_id = $2`, id, string(scope.Org())))
		if err != nil {
			return db.NotFound(err, "upload")
		}
		if u.Status != Checked {
			return errDecided
		}
		err = db.MustAffectOne(tx.Exec(ctx, `
			update uploads set status = 'discarded', content = null, ended_at = $1, version = version + 1
			where id = $2 and org_id = $3 and status = 'checked'`, tx.Now(), id, string(scope.Org())))
		if err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.uploadDiscarded", Kind: "upload", ID: id})
	})
}

// Expire deletes the data of uploads that nobody decided on in time, and the
// remarks about rows that were left out, as old. It gives the number of uploads
// that ended so.
func (s *Store) Expire(ctx context.Context) (int, error) {
	ended := 0
	scope := tenant.System("uploaded data was kept as long as it may be")
	var due int
	err := s.db.QueryRow(ctx, `select count(*) from uploads where expires_at <= $1 and (status = 'checked' or left_out is not null)`,
		s.db.Clock().Now()).Scan(&due)
	if err != nil || due == 0 {
		return 0, err
	}
	err = s.db.Write(ctx, scope, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `
			update uploads set status = 'expired', content = null, ended_at = $1, version = version + 1
			where status = 'checked' and expires_at <= $1`, tx.Now())
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		ended = int(n)
		if _, err := tx.Exec(ctx, `update uploads set left_out = null where expires_at <= $1`, tx.Now()); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, db.Line{What: "registration.uploadsExpired", Kind: "upload", After: map[string]any{"uploads": ended}})
	})
	return ended, err
}

// expire ends an upload of one organisation that has waited too long, so that
// it does not stand in the way of the next.
func (s *Store) expire(ctx context.Context, tx *db.Tx, org asye.OrganisationID) error {
	_, err := tx.Exec(ctx, `
		update uploads set status = 'expired', content = null, ended_at = $1, version = version + 1
		where org_id = $2 and status = 'checked' and expires_at <= $1`, tx.Now(), string(org))
	return err
}
