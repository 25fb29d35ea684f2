package mail

import (
	"context"
	"database/sql"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

// Entry is one message as the outbox page shows it. Body is empty once it is
// sent.
type Entry struct {
	ID string
	Message
	CreatedAt asye.Instant
	SentAt    asye.Instant
	FailedAt  asye.Instant
	NextAt    asye.Instant
	Attempts  int
	LastError string
}

// List gives one page of the outbox, the newest first, with how many messages
// there are in all. page counts from 1.
func (o *Outbox) List(ctx context.Context, page, size int) ([]Entry, int, error) {
	total := 0
	if err := o.db.QueryRow(ctx, `select count(*) from mail_outbox`).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := o.db.Query(ctx, `
		select id, recipient, subject, body, created_at, sent_at, failed_at, next_at, attempts, last_error
		from mail_outbox order by created_at desc, id desc limit $1 offset $2`, size, (page-1)*size)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (Entry, error) {
		var e Entry
		return e, rows.Scan(&e.ID, &e.To, &e.Subject, &e.Body, &e.CreatedAt, &e.SentAt, &e.FailedAt,
			&e.NextAt, &e.Attempts, &e.LastError)
	})
	return list, total, err
}

// Failed counts the messages that were given up.
func (o *Outbox) Failed(ctx context.Context) (int, error) {
	n := 0
	err := o.db.QueryRow(ctx, `select count(*) from mail_outbox where failed_at is not null and sent_at is null`).Scan(&n)
	return n, err
}

// Retry lets a message that was given up wait again, within a transaction. One
// that was not given up is a conflict.
func (o *Outbox) Retry(ctx context.Context, tx *db.Tx, id string) error {
	res, err := tx.Exec(ctx, `
		update mail_outbox set failed_at = null, attempts = 0, next_at = $1
		where id = $2 and failed_at is not null`, tx.Now(), id)
	if err := db.MustAffectOne(res, err); err != nil {
		if err == db.ErrStale {
			return fault.New(fault.Conflict, "This message is not among those that could not be sent. Reload the page to see where it is")
		}
		return err
	}
	return nil
}

// Tidy deletes messages that are more than 30 days old, sent or not: whatever
// they tell can no longer be acted on.
func (o *Outbox) Tidy(ctx context.Context, now asye.Instant) error {
	return o.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `delete from mail_outbox where created_at < $1`, now.Add(-kept))
		return err
	})
}

// Waiting counts the messages that have yet to be sent, with the time at which
// the oldest was written; no instant when none waits.
func (o *Outbox) Waiting(ctx context.Context) (n int, oldest asye.Instant, err error) {
	err = o.db.QueryRow(ctx, `
		select count(*), min(created_at) from mail_outbox where sent_at is null and failed_at is null`).Scan(&n, &oldest)
	return n, oldest, err
}
