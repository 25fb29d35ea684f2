package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

// MaxAttempts is how often a job is tried before it is set aside.
const MaxAttempts = 8

// kept is how long a job that was done is remembered.
const kept = 7 * 24 * time.Hour

// recurringKey marks the one row of a recurring kind.
const recurringKey = "recurring:"

// Queue is the table of jobs.
type Queue struct {
	db   *db.DB
	wake chan struct{}
}

// NewQueue is the queue of a database.
func NewQueue(d *db.DB) *Queue { return &Queue{db: d, wake: make(chan struct{}, 1)} }

// New is a job to be done.
type New struct {
	Kind    string       // capability.what: "account.mail_link"
	Payload any          // what the handler needs to know, for JSON
	Dedupe  string       // while a job with the same value waits, another is not added; empty for none
	RunAt   asye.Instant // not before; now when zero
}

// Job is one job as its handler gets it.
type Job struct {
	ID       string
	Kind     string
	Payload  []byte // JSON
	Attempts int    // this one counted
	runAt    asye.Instant
}

// Enqueue adds a job within the transaction of the change that asks for it.
func (q *Queue) Enqueue(ctx context.Context, tx *db.Tx, n New) error {
	payload, err := json.Marshal(n.Payload)
	if err != nil {
		return err
	}
	if n.RunAt.IsZero() {
		n.RunAt = tx.Now()
	}
	var dedupe any
	if n.Dedupe != "" {
		dedupe = n.Kind + ":" + n.Dedupe
	}
	_, err = tx.Exec(ctx, `
		insert into jobs (id, kind, payload, dedupe, run_at, created_at)
		values ($1, $2, $3, $4, $5, $6) on conflict (dedupe) do nothing`,
		tx.NewID(), n.Kind, string(payload), dedupe, n.RunAt, tx.Now())
	return err
}

// Wake makes this program's runner look for work at once. Call it after the
// transaction has committed.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default: // it is awake already
	}
}

// known reports whether a recurring kind has its row.
func (q *Queue) known(ctx context.Context, kind string) (bool, error) {
	n := 0
	err := q.db.QueryRow(ctx, `select count(*) from jobs where dedupe = $1`, recurringKey+kind).Scan(&n)
	return n > 0, err
}

// establish makes the row of a recurring kind where there is none.
func (q *Queue) establish(ctx context.Context, r Recurring) error {
	return q.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into jobs (id, kind, payload, dedupe, run_at, created_at)
			values ($1, $2, '{}', $3, $4, $5) on conflict (dedupe) do nothing`,
			tx.NewID(), r.Kind, recurringKey+r.Kind, r.When(tx.Now()), tx.Now())
		return err
	})
}

// claim takes up to n due jobs of the kinds given, for the length of a lease.
// It reads first and claims each by what it read, so that two runners never
// hold the same job; the one who comes second goes without.
func (q *Queue) claim(ctx context.Context, kinds []string, n int, lease time.Duration) ([]Job, error) {
	now := q.db.Clock().Now()
	in, args := db.In(3, kinds)
	rows, err := q.db.Query(ctx, `
		select id, kind, payload, attempts, run_at from jobs
		where finished_at is null and failed_at is null and run_at <= $1 and kind in (`+in+`)
		order by run_at, id limit $2`, append([]any{now, n}, args...)...)
	due, err := db.Rows(rows, err, func(rows *sql.Rows) (Job, error) {
		var j Job
		return j, rows.Scan(&j.ID, &j.Kind, &j.Payload, &j.Attempts, &j.runAt)
	})
	if err != nil {
		return nil, err
	}
	var mine []Job
	for _, j := range due {
		ok, err := q.take(ctx, j, now.Add(lease))
		if err != nil {
			return mine, err
		}
		if ok {
			j.Attempts++
			mine = append(mine, j)
		}
	}
	return mine, nil
}

// take claims one job. What is queued while it runs must run afterwards, so the
// job gives its dedupe value back; a recurring row keeps its own.
func (q *Queue) take(ctx context.Context, j Job, until asye.Instant) (bool, error) {
	taken := false
	err := q.db.Keep(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `
			update jobs set attempts = attempts + 1, run_at = $1,
				dedupe = case when dedupe like 'recurring:%' then dedupe end
			where id = $2 and attempts = $3 and run_at = $4 and finished_at is null and failed_at is null`,
			until, j.ID, j.Attempts, j.runAt)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		taken = n == 1
		return err
	})
	return taken, err
}

// ErrLost refuses to end a job that is another runner's now, because the lease
// on it has run out.
var ErrLost = errors.New("the lease on this job has run out, and another program has it")

// finished ends a job. It forgets the payload, which may hold an address, and
// changes nothing when the lease has ended and another runner has the job.
const finished = `
	update jobs set finished_at = $1, payload = '{}', last_error = ''
	where id = $2 and attempts = $3 and finished_at is null`

func (q *Queue) finish(ctx context.Context, j Job) error { return q.keep(ctx, finished, j) }

// EndIn ends the job in the transaction of its effect, so that there is never
// one without the other: a program that dies between them has done neither. A
// job that has been lost is [ErrLost]; the transaction must then be given up.
func (j Job) EndIn(ctx context.Context, tx *db.Tx) error {
	err := db.MustAffectOne(tx.Exec(ctx, finished, tx.Now(), j.ID, j.Attempts))
	if errors.Is(err, db.ErrStale) {
		return ErrLost
	}
	return err
}

// setAside ends a job that has failed too often.
func (q *Queue) setAside(ctx context.Context, j Job, why string) error {
	return q.keep(ctx, `
		update jobs set failed_at = $1, last_error = $4
		where id = $2 and attempts = $3 and finished_at is null`, j, why)
}

func (q *Queue) keep(ctx context.Context, query string, j Job, more ...any) error {
	return q.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, append([]any{tx.Now(), j.ID, j.Attempts}, more...)...)
		return err
	})
}

// postpone lets a job wait until an instant. attempts is what it counts from
// then on; why is empty when all went well.
func (q *Queue) postpone(ctx context.Context, j Job, until asye.Instant, attempts int, why string) error {
	return q.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			update jobs set run_at = $1, attempts = $2, last_error = $3
			where id = $4 and attempts = $5 and finished_at is null`, until, attempts, why, j.ID, j.Attempts)
		return err
	})
}

// giveBack lets a job wait as it did before it was claimed, for whoever comes
// next: the program that had it is stopping, and the attempt does not count.
func (q *Queue) giveBack(ctx context.Context, j Job) error {
	return q.postpone(ctx, j, j.runAt, j.Attempts-1, "")
}

// Retry lets a job that was set aside wait again, within a transaction. One
// that was not set aside is a conflict.
func (q *Queue) Retry(ctx context.Context, tx *db.Tx, id string) error {
	res, err := tx.Exec(ctx, `
		update jobs set failed_at = null, attempts = 0, run_at = $1
		where id = $2 and failed_at is not null`, tx.Now(), id)
	if err := db.MustAffectOne(res, err); err != nil {
		if err == db.ErrStale {
			return fault.New(fault.Conflict, "This job is not among those that failed. Reload the page to see where it is")
		}
		return err
	}
	return nil
}

// Tidy deletes jobs that finished more than a week ago.
func (q *Queue) Tidy(ctx context.Context, now asye.Instant) error {
	return q.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from jobs where finished_at < $1`, now.Add(-kept))
		return err
	})
}
