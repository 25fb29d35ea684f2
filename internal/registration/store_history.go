package registration

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
)

// History is what has happened to a record of the scope's organisation, the
// latest first, and how much there is in all; limit 0 is everything. What
// happened with an employer before stays with the record.
func (s *Store) History(ctx context.Context, scope tenant.Scope, id asye.EnrolmentID, limit int) ([]Event, int, error) {
	return s.history(ctx, byOrg(scope, id), limit)
}

// MyHistory is what has happened to the record of the person at work.
func (s *Store) MyHistory(ctx context.Context, scope tenant.Scope, limit int) ([]Event, int, error) {
	return s.history(ctx, byPerson(scope), limit)
}

func (s *Store) history(ctx context.Context, w which, limit int) ([]Event, int, error) {
	if w.refused != nil {
		return nil, 0, w.refused
	}
	from := ` from audit_lines l join enrolments e on e.id = l.subject_id
		left join people p on p.id = l.actor_id left join people b on b.id = l.on_behalf_of
		where l.subject_kind = 'enrolment' and not l.reading and ` + w.where
	var total int
	if err := s.db.QueryRow(ctx, `select count(*)`+from, w.args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	last := ""
	if limit > 0 {
		last = fmt.Sprintf(" limit %d", limit)
	}
	rows, err := s.db.Query(ctx, `
		select l.id, l.what, l.before, l.after, l.recorded_at, l.effective_on, l.actor_kind,
			coalesce(l.actor_id, ''), coalesce(p.given_name || ' ' || p.family_name, ''), coalesce(b.given_name || ' ' || b.family_name, ''), l.reason`+
		from+` order by l.recorded_at desc, l.id desc`+last, w.args...)
	var texts []*lines.Text
	events, err := db.Rows(rows, err, func(rows *sql.Rows) (e Event, err error) {
		text := &lines.Text{}
		texts = append(texts, text)
		return e, rows.Scan(&text.ID, &e.What, &text.Before, &text.After, &e.RecordedAt, &e.On, &e.Actor, &e.PersonID, &e.Person,
			&e.Behalf, &text.Reason)
	})
	if err != nil {
		return nil, 0, err
	}
	if err := s.db.Unseal(ctx, texts...); err != nil {
		return nil, 0, err
	}
	for i, text := range texts {
		if err := events[i].said(text); err != nil {
			return nil, 0, err
		}
	}
	return events, total, nil
}

// said puts into an event what its line says.
func (e *Event) said(text *lines.Text) (err error) {
	e.Reason = text.Reason
	if len(text.Before) > 0 {
		err = json.Unmarshal(text.Before, &e.Before)
	}
	if err == nil && len(text.After) > 0 {
		err = json.Unmarshal(text.After, &e.After)
	}
	return err
}
