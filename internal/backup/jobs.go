package backup

import (
	"context"
	"errors"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/tenant"
)

// KindNow is the job of making a backup that somebody asked for.
const KindNow = "backup.now"

var system = tenant.System("backup")

// Making is the work of making backups. It may take as long as [Longest], so
// let a runner of its own do it: no other job should wait for it.
func (s *Store) Making() (map[string]jobs.Handler, []jobs.Recurring) {
	if !s.settings.IsSet() {
		return nil, nil
	}
	return map[string]jobs.Handler{KindNow: func(ctx context.Context, _ jobs.Job) error { return s.Run(ctx, Asked) }},
		[]jobs.Recurring{{Kind: "backup.make", When: jobs.Every(s.settings.Every), Do: func(ctx context.Context, _ asye.Instant) error {
			return s.Run(ctx, Scheduled)
		}}}
}

// Recurring is the rest of the work that comes round.
func (s *Store) Recurring() []jobs.Recurring {
	if !s.settings.IsSet() && s.settings.Ship == "" {
		return nil
	}
	return []jobs.Recurring{
		{Kind: "backup.watch", When: jobs.Every(5 * time.Minute), Do: func(ctx context.Context, _ asye.Instant) error {
			return s.Watch(ctx, system)
		}},
		{Kind: "backup.tidy", When: jobs.Daily(4, 0), Do: func(ctx context.Context, now asye.Instant) error {
			return s.Tidy(ctx, system, now)
		}},
	}
}

// Run makes a backup, remembers what came of it, takes away what need not be
// kept any longer, and lets an alarm begin or end.
func (s *Store) Run(ctx context.Context, way Way) error {
	id, err := s.Begin(ctx, system, way, s.settings.To)
	if err != nil {
		return err
	}
	made, failure := s.needs.Files.Make(ctx, s.db.Clock().Now())
	switch {
	case errors.Is(failure, context.Canceled):
		failure = errors.New("the service was stopped meanwhile")
	case errors.Is(failure, context.DeadlineExceeded):
		failure = errors.New("it took longer than " + Ago(Longest) + " and was given up: ship the log with ship_to, or make backups less often")
	}
	last := context.WithoutCancel(ctx) // what came of it is remembered even when the program is being stopped
	if err := s.End(last, system, id, made, failure); err != nil {
		return err
	}
	if failure == nil {
		failure = s.prune()
	}
	return errors.Join(failure, s.Watch(last, system))
}

// prune takes away the backups that need not be kept (BAK-9).
func (s *Store) prune() error {
	all, err := s.needs.Files.List()
	if err != nil {
		return err
	}
	for _, name := range Surplus(all, s.db.Clock().Now(), s.settings.Keep) {
		err = errors.Join(err, s.needs.Files.Remove(name))
	}
	return err
}
