package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/schema"
)

// work counts how often each payload was handled.
type work struct {
	mu   sync.Mutex
	done map[string]int
	fail error
}

func (w *work) handle(_ context.Context, j jobs.Job) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fail != nil {
		return w.fail
	}
	if w.done == nil {
		w.done = map[string]int{}
	}
	w.done[string(j.Payload)]++
	return nil
}

func runner(q *jobs.Queue, w *work) *jobs.Runner {
	return &jobs.Runner{Queue: q, Handlers: map[string]jobs.Handler{"test.work": w.handle},
		Log: slog.New(slog.DiscardHandler), Lease: time.Minute}
}

func enqueue(t *testing.T, d *db.DB, q *jobs.Queue, n jobs.New) {
	t.Helper()
	if err := d.Keep(t.Context(), func(tx *db.Tx) error { return q.Enqueue(t.Context(), tx, n) }); err != nil {
		t.Fatal(err)
	}
}

func counts(t *testing.T, q *jobs.Queue) map[jobs.State]int {
	t.Helper()
	c, err := q.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func move(d *db.DB, by time.Duration) { d.Clock().(*clock.Stopped).Move(by) }

func due(t *testing.T, r *jobs.Runner) int {
	t.Helper()
	n, err := r.RunDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTwoRunnersDoEachJobOnce(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, w := jobs.NewQueue(d), &work{}
		for i := range 60 {
			enqueue(t, d, q, jobs.New{Kind: "test.work", Payload: i})
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if _, err := runner(jobs.NewQueue(d), w).RunDue(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		due(t, runner(q, w))
		if len(w.done) != 60 {
			t.Errorf("%d jobs done, want 60", len(w.done))
		}
		for payload, n := range w.done {
			if n != 1 {
				t.Errorf("job %s was done %d times", payload, n)
			}
		}
		if c := counts(t, q); c[jobs.Completed] != 60 || c[jobs.Waiting] != 0 {
			t.Errorf("states: %v", c)
		}
	})
}

// A runner that dies in the middle of a job leaves its lease; another runner
// takes the job up when that has ended, not before.
func TestDeadRunnersJobIsTakenUp(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, w := jobs.NewQueue(d), &work{}
		enqueue(t, d, q, jobs.New{Kind: "test.work", Payload: "x"})
		started, die := make(chan struct{}), make(chan struct{})
		dying := runner(jobs.NewQueue(d), w)
		dying.Handlers = map[string]jobs.Handler{"test.work": func(context.Context, jobs.Job) error {
			close(started)
			<-die
			return nil
		}}
		ended := make(chan struct{})
		go func() { _, _ = dying.RunDue(context.Background()); close(ended) }()
		<-started
		move(d, 59*time.Second)
		if n := due(t, runner(q, w)); n != 0 {
			t.Error("a job was taken from a living runner")
		}
		move(d, 2*time.Second)
		w.fail = errors.New("not yet")
		if n := due(t, runner(q, w)); n != 1 {
			t.Error("the job of a dead runner was not taken up")
		}
		// The first runner comes back late: what it says no longer counts.
		close(die)
		<-ended
		if c := counts(t, q); c[jobs.Waiting] != 1 || c[jobs.Completed] != 0 {
			t.Errorf("states after the late answer: %v", c)
		}
		w.fail = nil
		move(d, time.Hour)
		if n := due(t, runner(q, w)); n != 1 || w.done[`"x"`] != 1 {
			t.Errorf("%d jobs, %v", n, w.done)
		}
	})
}

func TestTriesAgainThenSetsAside(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, w := jobs.NewQueue(d), &work{fail: errors.New("the printer is on fire")}
		enqueue(t, d, q, jobs.New{Kind: "test.work"})
		r := runner(q, w)
		move(d, time.Minute)
		if since, err := q.Overdue(t.Context()); err != nil || since != d.Clock().Now().Add(-time.Minute) {
			t.Errorf("overdue since %s, %v", since, err)
		}
		if due(t, r) != 1 || due(t, r) != 0 {
			t.Fatal("want one attempt, then a pause")
		}
		move(d, 9*time.Second)
		if due(t, r) != 0 {
			t.Error("tried again a second too soon")
		}
		move(d, time.Second)
		if due(t, r) != 1 {
			t.Error("not tried again after ten seconds")
		}
		for range jobs.MaxAttempts + 2 {
			move(d, time.Hour)
			due(t, r)
		}
		list, total, err := q.List(t.Context(), jobs.Failed, 1, 10)
		if err != nil || total != 1 || list[0].Attempts != jobs.MaxAttempts || !strings.Contains(list[0].LastError, "on fire") {
			t.Fatalf("set aside: %+v, %v", list, err)
		}
		if since, err := q.Overdue(t.Context()); err != nil || !since.IsZero() {
			t.Errorf("a job that was set aside is overdue since %s, %v", since, err)
		}
		w.fail = nil
		retry := func(tx *db.Tx) error { return q.Retry(t.Context(), tx, list[0].ID) }
		if err := d.Keep(t.Context(), retry); err != nil {
			t.Fatal(err)
		}
		if due(t, r) != 1 || counts(t, q)[jobs.Completed] != 1 {
			t.Error("the job was not done after Retry")
		}
		if err := d.Keep(t.Context(), retry); fault.KindOf(err) != fault.Conflict {
			t.Errorf("Retry of a job that was done: %v", err)
		}
	})
}

func TestPanicIsAFailure(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	q := jobs.NewQueue(d)
	enqueue(t, d, q, jobs.New{Kind: "test.work"})
	r := runner(q, &work{})
	r.Handlers["test.work"] = func(context.Context, jobs.Job) error { panic("oh") }
	due(t, r)
	if list, _, _ := q.List(t.Context(), jobs.Waiting, 1, 10); len(list) != 1 || !strings.Contains(list[0].LastError, "oh") {
		t.Errorf("after a panic: %+v", list)
	}
}

func TestDedupe(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, w := jobs.NewQueue(d), &work{}
		for range 3 {
			enqueue(t, d, q, jobs.New{Kind: "test.work", Dedupe: "one"})
		}
		enqueue(t, d, q, jobs.New{Kind: "test.work", Dedupe: "two"})
		r := runner(q, w)
		again := false
		r.Handlers["test.work"] = func(context.Context, jobs.Job) error {
			if !again {
				again = true
				enqueue(t, d, q, jobs.New{Kind: "test.work", Dedupe: "one"})
			}
			return nil
		}
		r.Workers = 1
		if n := due(t, r); n != 3 {
			t.Errorf("%d jobs, want 3: one, two, and one again because it was asked for during the work", n)
		}
	})
}

func TestEnqueueInTheTransaction(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q := jobs.NewQueue(d)
		_ = d.Keep(t.Context(), func(tx *db.Tx) error {
			if err := q.Enqueue(t.Context(), tx, jobs.New{Kind: "test.work"}); err != nil {
				t.Fatal(err)
			}
			return errors.New("undo")
		})
		if c := counts(t, q); c[jobs.Waiting] != 0 {
			t.Error("a job outlived its change")
		}
		enqueue(t, d, q, jobs.New{Kind: "test.work", RunAt: d.Clock().Now().Add(time.Hour)})
		enqueue(t, d, q, jobs.New{Kind: "other.work"})
		w := &work{}
		if n := due(t, runner(q, w)); n != 0 {
			t.Errorf("%d jobs done that were not due or not known", n)
		}
		move(d, time.Hour)
		if n := due(t, runner(q, w)); n != 1 {
			t.Errorf("%d jobs when due, want 1", n)
		}
	})
}

func TestRecurring(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, ran := jobs.NewQueue(d), 0
		fail := false
		again := func() *jobs.Runner {
			r := runner(q, &work{})
			r.Recurring = []jobs.Recurring{{Kind: "test.tidy", When: jobs.Every(time.Hour), Do: func(context.Context, asye.Instant) error {
				ran++
				if fail {
					return errors.New("no")
				}
				return nil
			}}}
			return r
		}
		// It is 9:30; two programs start, and the work comes round at 10:00.
		if due(t, again())+due(t, again()) != 0 {
			t.Error("recurring work ran at the start")
		}
		move(d, 30*time.Minute)
		fail = true
		if due(t, again())+due(t, again()) != 1 {
			t.Error("recurring work did not run once")
		}
		fail = false
		move(d, 3*time.Hour)
		if due(t, again()) != 1 || ran != 2 {
			t.Error("after a failure and a long sleep the work must run once")
		}
		list, total, err := q.List(t.Context(), jobs.Comes, 1, 10)
		if err != nil || total != 1 || list[0].RunAt.Time().Hour() != 14 || list[0].LastError != "" {
			t.Errorf("the row: %+v, %v", list, err)
		}
	})
}

func TestSchedules(t *testing.T) {
	at := func(text string) asye.Instant {
		var i asye.Instant
		if err := i.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		return i
	}
	for _, tt := range []struct {
		name        string
		when        jobs.Schedule
		after, want string
	}{
		{"hourly", jobs.Every(time.Hour), "2026-11-22T09:30:00Z", "2026-11-22T10:00:00Z"},
		{"hourly, on the hour", jobs.Every(time.Hour), "2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"},
		{"daily, later today", jobs.Daily(22, 15), "2026-11-22T09:30:00Z", "2026-11-22T22:15:00Z"},
		{"daily, tomorrow", jobs.Daily(3, 0), "2026-11-22T03:00:00Z", "2026-11-23T03:00:00Z"},
		{"daily, into summer time", jobs.Daily(3, 0), "2027-03-27T03:00:00Z", "2027-03-28T02:00:00Z"},
		{"daily, out of summer time", jobs.Daily(3, 0), "2026-10-24T02:00:00Z", "2026-10-25T03:00:00Z"},
	} {
		if got := tt.when(at(tt.after)); got != at(tt.want) {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestTidy(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		q, w := jobs.NewQueue(d), &work{}
		enqueue(t, d, q, jobs.New{Kind: "test.work", Payload: "secret@example.org"})
		due(t, runner(q, w))
		var payload string
		if err := d.QueryRow(t.Context(), `select payload from jobs`).Scan(&payload); err != nil || payload != "{}" {
			t.Errorf("what a finished job knew is kept: %s, %v", payload, err)
		}
		enqueue(t, d, q, jobs.New{Kind: "test.work"})
		if err := q.Tidy(t.Context(), d.Clock().Now().Add(8*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if c := counts(t, q); c[jobs.Completed] != 0 || c[jobs.Waiting] != 1 {
			t.Errorf("states: %v", c)
		}
	})
}

func TestRunUntilStopped(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	q, w := jobs.NewQueue(d), &work{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- runner(q, w).Run(ctx) }()
	enqueue(t, d, q, jobs.New{Kind: "test.work"})
	q.Wake()
	for i := 0; counts(t, q)[jobs.Completed] == 0; i++ {
		if i == 300 {
			t.Fatal("the job was not done")
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
