package audit

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
)

// unchained looks at the lines that have no number: those that wait for one, and
// those that never will get one.
func (w *walk) unchained(ctx context.Context) error {
	var lines, leaves, pending int64
	err := w.db.QueryRow(ctx, `
		select count(*), (select count(*) from audit_leaves), (select count(*) from audit_pending) from audit_lines`).
		Scan(&lines, &leaves, &pending)
	if err != nil {
		return err
	}
	if lines != leaves+pending || !w.report.Sound() {
		if err := w.strangers(ctx); err != nil {
			return err
		}
	}
	if err := w.waiting(ctx); err != nil {
		return err
	}
	if !w.db.Guarded() {
		w.report.remark("The marks of the lines were not checked, because the audit key is not here: a line that was put into the database before it got its number would not be seen")
	}
	return nil
}

// strangers finds lines that neither have a number nor wait for one, and numbers
// that are waited for without a line.
func (w *walk) strangers(ctx context.Context) error {
	rows, err := w.db.Query(ctx, `
		select `+lines.Columns+` from audit_lines l
		where not exists (select 1 from audit_leaves f where f.line_id = l.id)
		  and not exists (select 1 from audit_pending p where p.line_id = l.id)
		order by l.id limit $1`, mostFindings+1)
	added, err := db.Rows(rows, err, func(rows *sql.Rows) (l lines.Stored, err error) { return l, rows.Scan(l.Into()...) })
	if err != nil {
		return err
	}
	for _, l := range added {
		w.report.note(Added, "A line of %s (%s, %s %s) is not in the chain and does not wait for its number: somebody has put it into the database, or has taken it out of the chain",
			dayOf(l.RecordedAt), l.What, l.Kind, l.Subject)
	}
	rows, err = w.db.Query(ctx, `
		select p.line_id from audit_pending p where not exists (select 1 from audit_lines l where l.id = p.line_id) order by 1 limit $1`, mostFindings+1)
	gone, err := db.Rows(rows, err, func(rows *sql.Rows) (id string, err error) { return id, rows.Scan(&id) })
	for _, id := range gone {
		w.report.note(Gone, "A line that waited for its number (%s) has been deleted", id)
	}
	return err
}

// waiting looks at the lines that wait for their numbers.
func (w *walk) waiting(ctx context.Context) error {
	rows, err := w.db.Query(ctx, `select `+lines.Columns+` from audit_pending p join audit_lines l on l.id = p.line_id order by p.line_id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var oldest asye.Instant
	for rows.Next() {
		var l lines.Stored
		if err := rows.Scan(l.Into()...); err != nil {
			return err
		}
		w.report.Waiting++
		if w.db.Guarded() && !w.db.Marked(l) {
			w.report.note(Added, "A line of %s (%s, %s %s), which waits for its number, was not written by this service, or has been changed since",
				dayOf(l.RecordedAt), l.What, l.Kind, l.Subject)
		}
		var at asye.Instant
		if at.UnmarshalText([]byte(l.RecordedAt)) == nil && (oldest.IsZero() || at.Before(oldest)) {
			oldest = at
		}
	}
	if !oldest.IsZero() && oldest.Add(slow).Before(w.db.Clock().Now()) {
		w.report.remark("%s since %s: the service does not run, or cannot carry the chain on",
			waits(w.report.Waiting), clock.Moment(oldest))
	}
	return rows.Err()
}

func waits(n int64) string {
	if n == 1 {
		return "1 line has waited for its number"
	}
	return figure(n) + " lines have waited for their numbers"
}
