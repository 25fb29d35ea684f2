package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/schema"
)

// stopped runs what is due, tells the runner to stop while a job is in hand,
// and gives what the runner says.
func stopped(t *testing.T, r *jobs.Runner, started <-chan struct{}) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { _, err := r.RunDue(ctx); ended <- err }()
	<-started
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the runner does not stop")
	}
}

func TestRUN3_JobInHandIsFinishedOnStopping(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, started := jobs.NewQueue(d), make(chan struct{})
		enqueue(t, d, q, jobs.New{Kind: "test.work"})
		enqueue(t, d, q, jobs.New{Kind: "test.work", RunAt: d.Clock().Now().Add(time.Hour)})
		r := runner(q, &work{})
		r.Handlers["test.work"] = func(ctx context.Context, _ jobs.Job) error {
			close(started)
			time.Sleep(100 * time.Millisecond)
			return ctx.Err()
		}
		stopped(t, r, started)
		if c := counts(t, q); c[jobs.Completed] != 1 || c[jobs.Waiting] != 1 {
			t.Errorf("states: %v", c)
		}
	})
}

// What cannot be waited for is as if it had never been claimed: another program
// takes it up at once, and no attempt is counted.
func TestRUN3_JobIsGivenBackOnStopping(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, started := jobs.NewQueue(d), make(chan struct{}, 2)
		enqueue(t, d, q, jobs.New{Kind: "test.work", Payload: "x"})
		long := func(ctx context.Context) error {
			started <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		}
		r := runner(q, &work{})
		r.Grace = 50 * time.Millisecond
		r.Handlers["test.work"] = func(ctx context.Context, _ jobs.Job) error { return long(ctx) }
		stopped(t, r, started)
		list, _, err := q.List(t.Context(), jobs.Waiting, 1, 10)
		if err != nil || len(list) != 1 || list[0].Attempts != 0 || list[0].LastError != "" {
			t.Fatalf("given back: %+v, %v", list, err)
		}
		w := &work{}
		if n := due(t, runner(q, w)); n != 1 || w.done[`"x"`] != 1 {
			t.Errorf("another program did %d jobs, %v", n, w.done)
		}
	})
}

// Work that comes round each night is not put off until the next because the
// program was stopped in the middle of it.
func TestRUN3_RecurringWorkIsGivenBackOnStopping(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	q, started, ran := jobs.NewQueue(d), make(chan struct{}, 1), 0
	nightly := func(do func(context.Context, asye.Instant) error) *jobs.Runner {
		r := runner(q, &work{})
		r.Grace = 10 * time.Millisecond
		r.Recurring = []jobs.Recurring{{Kind: "test.nightly", When: jobs.Daily(3, 0), Do: do}}
		return r
	}
	due(t, nightly(nil))
	move(d, 24*time.Hour)
	stopped(t, nightly(func(ctx context.Context, _ asye.Instant) error {
		started <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}), started)
	if due(t, nightly(func(context.Context, asye.Instant) error { ran++; return nil })) != 1 || ran != 1 {
		t.Error("the work of the night was left out")
	}
}

// A runner whose lease has run out cannot end the job, nor have its effect, once
// another has it.
func TestRUN10_EffectAndEndAreOne(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q := jobs.NewQueue(d)
		enqueue(t, d, q, jobs.New{Kind: "test.work"})
		effects := func() (n int) {
			if err := d.QueryRow(t.Context(), `select count(*) from form_tokens`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		do := func(meanwhile func()) (err error) {
			r := runner(jobs.NewQueue(d), &work{})
			r.Handlers["test.work"] = func(ctx context.Context, j jobs.Job) error {
				meanwhile()
				err = d.Keep(ctx, func(tx *db.Tx) error {
					if _, err := tx.Exec(ctx, `insert into form_tokens (token, spent_at) values ($1, $2)`, tx.NewID(), tx.Now()); err != nil {
						return err
					}
					return j.EndIn(ctx, tx)
				})
				return err
			}
			due(t, r)
			return err
		}
		first := do(func() {
			move(d, 2*time.Minute)
			if err := do(func() {}); err != nil {
				t.Errorf("the second program: %v", err)
			}
		})
		if !errors.Is(first, jobs.ErrLost) || effects() != 1 || counts(t, q)[jobs.Completed] != 1 {
			t.Errorf("the first program: %v; %d effects, %v", first, effects(), counts(t, q))
		}
	})
}
