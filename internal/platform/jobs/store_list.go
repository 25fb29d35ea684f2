package jobs

import (
	"context"
	"database/sql"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// State is where a job is.
type State string

// The states of a job.
const (
	Waiting   State = "waiting"   // its time will come, or it is running now
	Failed    State = "failed"    // set aside after MaxAttempts
	Comes     State = "recurring" // comes round
	Completed State = "completed"
)

// Entry is one job as a page shows it, without its payload.
type Entry struct {
	ID        string
	Kind      string
	State     State
	RunAt     asye.Instant // when it runs next, or until when it is claimed
	CreatedAt asye.Instant
	EndedAt   asye.Instant // when it was completed or set aside
	Attempts  int
	LastError string
}

// List gives one page of the jobs in a state, with how many there are in all.
// page counts from 1.
func (q *Queue) List(ctx context.Context, state State, page, size int) ([]Entry, int, error) {
	rows, err := q.db.Query(ctx, `
		select id, kind, run_at, created_at, coalesce(finished_at, failed_at), attempts, last_error,
			coalesce(dedupe, ''), count(*) over ()
		from jobs
		where case when finished_at is not null then 'completed' when failed_at is not null then 'failed'
			when dedupe like 'recurring:%' then 'recurring' else 'waiting' end = $1
		order by run_at desc, id desc limit $2 offset $3`, string(state), size, (page-1)*size)
	total := 0
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (Entry, error) {
		e, dedupe := Entry{State: state}, ""
		err := rows.Scan(&e.ID, &e.Kind, &e.RunAt, &e.CreatedAt, &e.EndedAt, &e.Attempts, &e.LastError, &dedupe, &total)
		return e, err
	})
	return list, total, err
}

// Count tells how many jobs are in each state.
func (q *Queue) Count(ctx context.Context) (map[State]int, error) {
	out := map[State]int{}
	rows, err := q.db.Query(ctx, `
		select case when finished_at is not null then 'completed' when failed_at is not null then 'failed'
			when dedupe like 'recurring:%' then 'recurring' else 'waiting' end as state, count(*)
		from jobs group by 1`)
	_, err = db.Rows(rows, err, func(rows *sql.Rows) (State, error) {
		var state string
		n := 0
		err := rows.Scan(&state, &n)
		out[State(strings.TrimSpace(state))] = n
		return State(state), err
	})
	return out, err
}

// Overdue is since when the job that has waited longest could have run; no
// instant when none waits. One that a program has in hand does not wait.
func (q *Queue) Overdue(ctx context.Context) (asye.Instant, error) {
	var since asye.Instant
	err := q.db.QueryRow(ctx, `
		select min(run_at) from jobs where finished_at is null and failed_at is null and run_at <= $1`,
		q.db.Clock().Now()).Scan(&since)
	return since, err
}
