package registration

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
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
	from := ` from audit_lines l join enrolments e on e.id = l.subject_id
		left join people p on p.id = l.actor_id left join people b on b.id = l.on_behalf_of
		where l.subject_kind = 'enrolment' and ` + w.where
	var total int
	if err := s.db.QueryRow(ctx, `select count(*)`+from, w.args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	last := ""
	if limit > 0 {
		last = fmt.Sprintf(" limit %d", limit)
	}
	rows, err := s.db.Query(ctx, `
		select l.what, l.before, l.after, l.recorded_at, l.effective_on, l.actor_kind,
			coalesce(l.actor_id, ''), coalesce(p.given_name || ' ' || p.family_name, ''), coalesce(b.given_name || ' ' || b.family_name, ''), l.reason`+
		from+` order by l.recorded_at desc, l.id desc`+last, w.args...)
	events, err := db.Rows(rows, err, scanEvent)
	return events, total, err
}

func scanEvent(rows *sql.Rows) (e Event, err error) {
	var before, after []byte
	err = rows.Scan(&e.What, &before, &after, &e.RecordedAt, &e.On, &e.Actor, &e.PersonID, &e.Person, &e.Behalf, &e.Reason)
	if err == nil && len(before) > 0 {
		err = json.Unmarshal(before, &e.Before)
	}
	if err == nil && len(after) > 0 {
		err = json.Unmarshal(after, &e.After)
	}
	return e, err
}
