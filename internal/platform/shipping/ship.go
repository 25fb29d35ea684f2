package shipping

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"github.com/benbjohnson/litestream"
	"github.com/superfly/ltx"
)

// Order is what is to be shipped, and where to.
type Order struct {
	Database string       // the path of the SQLite file
	To       string       // a folder, or an s3:// address
	Keys     archive.Keys // to which it is encrypted
	Clock    clock.Clock
	Log      *slog.Logger
}

const (
	every  = time.Second        // from one look at the log to the next
	last   = 20 * time.Second   // how long the last look may take
	tidied = time.Hour          // how often old generations are looked for
	kept   = 7 * 24 * time.Hour // how long a generation is kept that another has followed
)

// Run ships until ctx ends, and then once more. caughtUp is told the instant up
// to which everything has arrived. It must have a process of its own.
func Run(ctx context.Context, o Order, caughtUp func(asye.Instant)) error {
	p, err := placeOf(o.To)
	if err != nil {
		return err
	}
	free, err := alone(ctx, o)
	if err != nil || free == nil {
		return err
	}
	defer free()
	s := &shipping{Order: o, place: p, caughtUp: caughtUp}
	if err := s.await(ctx); err != nil {
		return nil // told to stop before anything was shipped
	}
	defer s.close()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			final, cancel := context.WithTimeout(context.WithoutCancel(ctx), last)
			defer cancel()
			return s.look(final)
		case <-tick.C:
		}
		if err := s.look(ctx); err != nil && ctx.Err() == nil {
			s.complain(err)
		}
		s.tidy(ctx)
	}
}

// shipping is a generation that is being shipped.
type shipping struct {
	Order
	place    place
	caughtUp func(asye.Instant)
	number   ltx.TXID // of the generation
	db       *litestream.DB
	store    *litestream.Store
	said     asye.Instant // when a failure was last told of
	tidyAt   asye.Instant
}

// await opens the place and begins to ship, and tries again until that works: a
// place that cannot be reached at the start may be reached later.
func (s *shipping) await(ctx context.Context) error {
	for {
		err := s.open(ctx)
		if err == nil {
			return nil
		}
		s.complain(err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * every):
		}
	}
}

func (s *shipping) open(ctx context.Context) error {
	g, err := s.place.goOn(ctx, s.Order, s.Clock.Now())
	if err != nil {
		return err
	}
	client, err := s.place.client(ctx, g)
	if err != nil {
		return err
	}
	s.number = g.Number
	s.db = litestream.NewDB(s.Database)
	s.db.SetMetaPath(local(s.Database))
	s.db.MonitorInterval = 0 // look does it, so that it is known what has arrived
	s.db.Replica = litestream.NewReplicaWithClient(s.db, client)
	s.db.Replica.MonitorEnabled = false
	s.store = litestream.NewStore([]*litestream.DB{s.db}, litestream.DefaultCompactionLevels)
	s.store.Logger = s.Log
	s.db.SetLogger(s.Log)
	s.db.ShutdownSyncTimeout = 0 // look has done it
	err = anchored(ctx, s.Database, s.Clock, func() error {
		err := s.db.Open()
		if err == nil {
			err = s.db.Sync(ctx)
		}
		return err
	})
	if err == nil {
		err = s.store.Open(ctx) // which copies the whole: not before there is a first piece
	}
	if err != nil {
		s.close()
		return fmt.Errorf("the log cannot be shipped: %w", err)
	}
	return nil
}

// look ships what has come since the last time.
func (s *shipping) look(ctx context.Context) error {
	now := s.Clock.Now()
	if err := s.db.SyncAndWait(ctx); err != nil {
		return err
	}
	s.caughtUp(now)
	return nil
}

// complain tells of a failure, not more than twice a minute.
func (s *shipping) complain(err error) {
	now := s.Clock.Now()
	if !s.said.IsZero() && now.Before(s.said.Add(30*time.Second)) {
		return
	}
	s.said = now
	s.Log.Error("the log could not be shipped", "to", s.To, "error", err)
}

// tidy takes away generations that another has followed long ago.
func (s *shipping) tidy(ctx context.Context) {
	now := s.Clock.Now()
	if now.Before(s.tidyAt) {
		return
	}
	s.tidyAt = now.Add(tidied)
	all, err := s.place.list(ctx)
	for i, number := range all {
		if i+1 < len(all) && number != s.number && begunAt(all[i+1]).Before(now.Time().Add(-kept)) {
			err = s.place.remove(ctx, number)
		}
	}
	if err != nil {
		s.Log.Warn("an old part of the shipped log could not be taken away", "to", s.To, "error", err)
	}
}

func (s *shipping) close() {
	ctx, cancel := context.WithTimeout(context.Background(), last)
	defer cancel()
	if err := s.store.Close(ctx); err != nil {
		s.Log.Warn("shipping has not ended cleanly", "error", err)
	}
}

// Forget takes away what shipping keeps beside a database, before another takes
// its place.
func Forget(database string) error { return os.RemoveAll(Beside(database)) }
