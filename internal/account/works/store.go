// Package works shows the work behind the pages, mail and jobs, to the
// administrators who look after the whole service.
package works

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
)

// Store shows the work behind the pages.
type Store struct {
	db       *db.DB
	accounts *account.Store
	outbox   *mail.Outbox
	queue    *jobs.Queue
}

// NewStore shows the mail of an outbox and the jobs of a queue to those whom
// accounts lets.
func NewStore(d *db.DB, accounts *account.Store, outbox *mail.Outbox, queue *jobs.Queue) *Store {
	return &Store{d, accounts, outbox, queue}
}

// Outbox gives one page of the mail, with how many messages there are. The text
// of a message that waits is shown only where no mail server is set up, since
// it may hold a link with which its reader can sign in. Another organisation's
// administrator is Forbidden.
func (s *Store) Outbox(ctx context.Context, scope tenant.Scope, page int) ([]mail.Entry, int, error) {
	if err := s.accounts.WholeService(ctx, scope); err != nil {
		return nil, 0, err
	}
	list, total, err := s.outbox.List(ctx, page, account.PageSize)
	if s.outbox.Sends() {
		for i := range list {
			list[i].Body = ""
		}
	}
	return list, total, err
}

// LostMail counts the messages that were given up.
func (s *Store) LostMail(ctx context.Context, scope tenant.Scope) (int, error) {
	if err := s.accounts.WholeService(ctx, scope); err != nil {
		return 0, err
	}
	return s.outbox.Failed(ctx)
}

// RetryMail lets a message that was given up wait again.
func (s *Store) RetryMail(ctx context.Context, scope tenant.Scope, id string) error {
	return s.again(ctx, scope, db.Line{What: "mail.retried", Kind: "message", ID: id}, s.outbox.Retry)
}

// Jobs gives one page of the jobs in a state, with how many there are in each.
// Another organisation's administrator is Forbidden.
func (s *Store) Jobs(ctx context.Context, scope tenant.Scope, state jobs.State, page int) ([]jobs.Entry, map[jobs.State]int, error) {
	if err := s.accounts.WholeService(ctx, scope); err != nil {
		return nil, nil, err
	}
	list, _, err := s.queue.List(ctx, state, page, account.PageSize)
	if err != nil {
		return nil, nil, err
	}
	counts, err := s.queue.Count(ctx)
	return list, counts, err
}

// RetryJob lets a job that was set aside wait again.
func (s *Store) RetryJob(ctx context.Context, scope tenant.Scope, id string) error {
	return s.again(ctx, scope, db.Line{What: "job.retried", Kind: "job", ID: id}, s.queue.Retry)
}

func (s *Store) again(ctx context.Context, scope tenant.Scope, l db.Line,
	retry func(context.Context, *db.Tx, string) error) error {
	if err := s.accounts.WholeService(ctx, scope); err != nil {
		return err
	}
	err := s.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := retry(ctx, tx, l.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, scope, l)
	})
	s.queue.Wake()
	s.outbox.Wake()
	return err
}
