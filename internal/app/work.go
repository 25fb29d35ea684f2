package app

import (
	"context"
	"slices"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/jobs"
)

// work does the jobs of every capability.
func (s *service) work(ctx context.Context) {
	runner := jobs.Runner{Queue: s.queue, Log: s.log, Handlers: s.account.Handlers(), Recurring: s.recurring()}
	if err := runner.Run(ctx); err != nil {
		s.log.Error("the jobs have stopped", "error", err)
	}
}

// recurring is the work that comes round.
func (s *service) recurring() []jobs.Recurring {
	return append(slices.Concat(s.account.Recurring(), s.factors.Recurring(), s.held.Recurring(), s.upload.Recurring(), s.rights.Recurring(),
		s.backups.Recurring(), s.witnessing()),
		jobs.Recurring{Kind: "registration.moves", When: jobs.Daily(0, 5), Do: func(ctx context.Context, _ asye.Instant) error {
			_, err := s.registration.CompleteDue(ctx)
			return err
		}},
		jobs.Recurring{Kind: "registration.refresh", When: jobs.Daily(0, 10), Do: func(ctx context.Context, _ asye.Instant) error {
			_, err := s.registration.Refresh(ctx)
			return err
		}},
		jobs.Recurring{Kind: "journey.tidy", When: jobs.Daily(3, 15), Do: func(ctx context.Context, now asye.Instant) error {
			return s.drafts.DiscardOlder(ctx, now.Add(-s.config.DraftsKept))
		}},
		jobs.Recurring{Kind: "forms.tidy", When: jobs.Daily(3, 0), Do: func(ctx context.Context, now asye.Instant) error {
			return s.db.TidyForms(ctx, now.Add(-s.config.Account.Absolute))
		}},
		jobs.Recurring{Kind: "account.tries", When: jobs.Every(time.Hour), Do: s.tries.Tidy},
		jobs.Recurring{Kind: "account.visits", When: jobs.Every(time.Hour), Do: s.provider.Tidy},
		jobs.Recurring{Kind: "mail.tidy", When: jobs.Daily(3, 30), Do: s.outbox.Tidy},
		jobs.Recurring{Kind: "jobs.tidy", When: jobs.Daily(3, 45), Do: s.queue.Tidy})
}
