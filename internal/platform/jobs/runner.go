package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"example.org/asye/internal/platform/spans"
)

// Handler does one job. Its context ends with the lease. It may be called again
// for the same job, after a crash, and must bear that.
type Handler func(ctx context.Context, j Job) error

// Runner does the jobs of a queue. The zero values of its numbers stand for a
// lease of ten minutes, a look each second, four jobs at a time, and ten
// seconds to finish them when it is told to stop.
type Runner struct {
	Queue     *Queue
	Handlers  map[string]Handler
	Recurring []Recurring
	Log       *slog.Logger
	Lease     time.Duration
	Poll      time.Duration
	Workers   int
	Grace     time.Duration
}

// Run works until ctx ends, whether the database answers when it begins or not.
// The jobs in hand are then finished, or given back to the queue where that
// would take too long.
func (r *Runner) Run(ctx context.Context) error {
	tick := time.NewTicker(orElse(r.Poll, time.Second))
	defer tick.Stop()
	for {
		if _, err := r.RunDue(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("the jobs could not be read", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-r.Queue.wake:
		}
	}
}

// RunDue does everything whose time has come, and tells how many jobs that
// was. A job that fails is no error here: it waits for its next attempt.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	if err := r.establish(ctx); err != nil {
		return 0, err
	}
	done := 0
	for ctx.Err() == nil {
		batch, err := r.claim(ctx)
		if err != nil || len(batch) == 0 {
			return done, err
		}
		done += len(batch)
		if err := r.together(ctx, batch); err != nil {
			return done, err
		}
	}
	return done, nil
}

// asking is how long the database may take to say what is due.
const asking = 30 * time.Second

func (r *Runner) claim(ctx context.Context) ([]Job, error) {
	ctx, done := context.WithTimeout(ctx, asking)
	defer done()
	return r.Queue.claim(ctx, r.kinds(), max(r.Workers, 4), r.lease())
}

func (r *Runner) establish(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, asking)
	defer done()
	for _, again := range r.Recurring {
		known, err := r.Queue.known(ctx, again.Kind)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		if err := r.Queue.establish(ctx, again); err != nil {
			return err
		}
	}
	return nil
}

// together does a batch at the same time.
func (r *Runner) together(ctx context.Context, batch []Job) error {
	errs := make([]error, len(batch))
	var wg sync.WaitGroup
	for i, j := range batch {
		wg.Go(func() { errs[i] = r.do(ctx, j) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// errStopping ends a job that the program, being told to stop, cannot wait for.
var errStopping = errors.New("the program is stopping")

// do runs one job and keeps what came of it, even when the program is being
// stopped meanwhile.
func (r *Runner) do(ctx context.Context, j Job) error {
	keep := context.WithoutCancel(ctx)
	again, comesRound := r.recurring(j.Kind)
	handle := r.Handlers[j.Kind]
	if comesRound {
		now := r.Queue.db.Clock().Now()
		handle = func(ctx context.Context, _ Job) error { return again.Do(ctx, now) }
	}
	failure := r.guard(ctx, j, handle)
	switch {
	case errors.Is(failure, errStopping):
		return r.Queue.giveBack(keep, j)
	case comesRound:
		return r.Queue.postpone(keep, j, again.When(r.Queue.db.Clock().Now()), 0, text(failure))
	case failure == nil:
		return r.Queue.finish(keep, j)
	case j.Attempts >= MaxAttempts:
		return r.Queue.setAside(keep, j, text(failure))
	default:
		next := r.Queue.db.Clock().Now().Add(backoff(j.Attempts))
		return r.Queue.postpone(keep, j, next, j.Attempts, text(failure))
	}
}

// guard calls a handler within the lease; a panic is a failure.
func (r *Runner) guard(ctx context.Context, j Job, do Handler) (err error) {
	within, done := r.patient(ctx)
	defer done()
	within, end := spans.Job(within, j.Kind, j.ID, j.Attempts)
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the job panicked: %v", cause)
		}
		if err != nil && errors.Is(context.Cause(within), errStopping) {
			err = errStopping
		}
		switch {
		case errors.Is(err, errStopping):
			r.Log.Info("a job was given back, for the program is stopping", "kind", j.Kind, "job", j.ID)
		case err != nil:
			r.Log.Warn("a job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts, "error", err)
		}
		end(err)
	}()
	return do(within, j)
}

// patient is the context of a job in hand: it ends with the lease, or, when the
// program is told to stop, after the grace.
func (r *Runner) patient(ctx context.Context) (context.Context, func()) {
	leased, release := context.WithTimeout(context.WithoutCancel(ctx), r.lease())
	within, stop := context.WithCancelCause(leased)
	told := context.AfterFunc(ctx, func() {
		last := time.AfterFunc(orElse(r.Grace, 10*time.Second), func() { stop(errStopping) })
		context.AfterFunc(within, func() { last.Stop() })
	})
	return within, func() {
		told()
		stop(nil)
		release()
	}
}

func (r *Runner) kinds() []string {
	var out []string
	for kind := range r.Handlers {
		out = append(out, kind)
	}
	for _, again := range r.Recurring {
		out = append(out, again.Kind)
	}
	return out
}

func (r *Runner) recurring(kind string) (Recurring, bool) {
	for _, again := range r.Recurring {
		if again.Kind == kind {
			return again, true
		}
	}
	return Recurring{}, false
}

func (r *Runner) lease() time.Duration { return orElse(r.Lease, 10*time.Minute) }

func orElse(d, standard time.Duration) time.Duration {
	if d == 0 {
		return standard
	}
	return d
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
