package registration

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// Refresh derives the end of every paused year again, for a job that runs each
// night: while nobody has come back, each day that goes by moves the end. It
// follows from what is recorded and from the day, so it changes no version and
// leaves no audit line. It gives how many years it looked at.
func (s *Store) Refresh(ctx context.Context) (int, error) {
	looked := 0
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `
			select e.id from enrolments e join pauses u on u.enrolment_id = e.id
			where u.ends_on is null and e.ends_on is null order by e.id`)
		ids, err := db.Rows(rows, err, func(rows *sql.Rows) (id asye.EnrolmentID, err error) { return id, rows.Scan(&id) })
		if err != nil {
			return err
		}
		for _, id := range ids {
			r, err := s.load(ctx, tx, byID(id))
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `update enrolments set due_on = $1 where id = $2`, r.Schedule(s.today()).End, string(id))
			if err != nil {
				return err
			}
		}
		looked = len(ids)
		return nil
	})
	return looked, err
}
