package jobs_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/schema"
)

// A database that does not answer when the program starts holds the jobs up, and
// does not end them.
func TestDUR6_JobsBeginWhenTheDatabaseDoes(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	rename := func(from, to string) {
		t.Helper()
		err := d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), "alter table "+from+" rename to "+to)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	rename("jobs", "gone")
	ctx, stop := context.WithCancel(t.Context())
	ended, done := make(chan error, 1), make(chan struct{}, 100)
	soon := func(after asye.Instant) asye.Instant { return after }
	runner := jobs.Runner{Queue: jobs.NewQueue(d), Poll: 5 * time.Millisecond, Log: slog.New(slog.DiscardHandler),
		Recurring: []jobs.Recurring{{Kind: "test.comesRound", When: soon, Do: func(context.Context, asye.Instant) error {
			select {
			case done <- struct{}{}:
			default:
			}
			return nil
		}}}}
	go func() { ended <- runner.Run(ctx) }()
	time.Sleep(50 * time.Millisecond)
	rename("gone", "jobs")
	select {
	case <-done:
	case err := <-ended:
		t.Fatalf("the jobs have ended: %v", err)
	case <-time.After(10 * time.Second):
		t.Error("the jobs have not begun")
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
