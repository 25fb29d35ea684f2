package mail

import (
	"context"
	"database/sql"
	"log/slog"
	"strings"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

const (
	poll        = 2 * time.Second  // how often the outbox is looked into
	lease       = 2 * time.Minute  // how long one attempt holds a message
	maxAttempts = 12               // the last is about a day after the first
	longestWait = 4 * time.Hour    // between two attempts
	firstWait   = 30 * time.Second // after the first failure
	kept        = 30 * 24 * time.Hour
	keeping     = 30 * time.Second // how long the database may take to answer
)

// Outbox keeps messages until they are sent.
type Outbox struct {
	db     *db.DB
	server *Server
	wake   chan struct{}
	round  sync.Mutex // one at a time sends
	rest   rest
	owed   []waiting // sent, and not yet marked so: the database was away
}

// NewOutbox is the outbox of a database. Without a server messages stay in it.
func NewOutbox(d *db.DB, server *Server) *Outbox {
	return &Outbox{db: d, server: server, wake: make(chan struct{}, 1)}
}

// Sends reports whether there is a mail server.
func (o *Outbox) Sends() bool { return o.server != nil }

// Queue puts a message into the outbox, within the transaction of the change
// that it tells of. A message with a line break in its heading is refused.
func (o *Outbox) Queue(ctx context.Context, tx *db.Tx, m Message) error {
	if m.To == "" || m.Subject == "" || strings.ContainsAny(m.To+m.Subject, "\r\n") {
		return fault.New(fault.Invalid, "A message needs one address and one line of subject")
	}
	_, err := tx.Exec(ctx, `
		insert into mail_outbox (id, recipient, subject, body, created_at, next_at)
		values ($1, $2, $3, $4, $5, $5)`, tx.NewID(), m.To, m.Subject, m.Body, tx.Now())
	return err
}

// Wake makes the sender look into the outbox at once.
func (o *Outbox) Wake() {
	select {
	case o.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Run sends what waits, until ctx ends; a message in hand is sent first, so
// that the server never has one that is thought to be unsent. Failures are kept
// with the message; only those of the database itself are logged.
func (o *Outbox) Run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		if _, err := o.SendDue(ctx); err != nil && ctx.Err() == nil {
			log.Error("the outbox could not be read", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-o.wake:
		}
	}
}

// SendDue sends every message whose time has come, and tells how many the
// server took. Two programs on one database never send the same message at the
// same time: each claims it first, for two minutes.
//
// While the server takes nothing, messages wait as they are: one of them tries
// it from time to time, more and more seldom, once a minute in the end.
func (o *Outbox) SendDue(ctx context.Context) (int, error) {
	if o.server == nil {
		return 0, nil
	}
	o.round.Lock()
	defer o.round.Unlock()
	if err := o.settle(ctx); err != nil {
		return 0, err
	}
	sent := 0
	for !o.rest.lasts(o.db.Clock().Now()) {
		batch, err := o.due(ctx)
		if err != nil || len(batch) == 0 {
			return sent, err
		}
		for _, m := range batch {
			if err := ctx.Err(); err != nil {
				return sent, err
			}
			ok, err := o.attempt(ctx, m)
			if err != nil {
				return sent, err
			}
			if ok {
				sent++
			}
			if o.rest.lasts(o.db.Clock().Now()) {
				return sent, nil
			}
		}
	}
	return sent, nil
}

type waiting struct {
	Message
	id       string
	attempts int
}

func (o *Outbox) due(ctx context.Context) ([]waiting, error) {
	ctx, done := context.WithTimeout(ctx, keeping)
	defer done()
	rows, err := o.db.Query(ctx, `
		select id, recipient, subject, body, attempts from mail_outbox
		where sent_at is null and failed_at is null and next_at <= $1
		order by next_at, id limit 20`, o.db.Clock().Now())
	return db.Rows(rows, err, func(rows *sql.Rows) (waiting, error) {
		var m waiting
		return m, rows.Scan(&m.id, &m.To, &m.Subject, &m.Body, &m.attempts)
	})
}

// attempt claims a message, tries to send it, and keeps what came of it.
func (o *Outbox) attempt(ctx context.Context, m waiting) (bool, error) {
	claimed, err := o.claim(ctx, m)
	if err != nil || !claimed {
		return false, err
	}
	became, failure := o.server.send(context.WithoutCancel(ctx), m.id, m.Message)
	if became == away {
		o.rest.longer(o.db.Clock().Now())
		return false, o.release(ctx, m, failure)
	}
	o.rest.end()
	if became == taken {
		o.owed = append(o.owed, m)
		return true, o.settle(ctx)
	}
	return false, o.failed(ctx, m, failure, became == refused || m.attempts+1 >= maxAttempts)
}

// settle marks what was sent. What cannot be marked just now is owed, so that
// it is not sent again.
func (o *Outbox) settle(ctx context.Context) error {
	for len(o.owed) > 0 {
		if err := o.sent(ctx, o.owed[0]); err != nil {
			return err
		}
		o.owed = o.owed[1:]
	}
	return nil
}

func (o *Outbox) claim(ctx context.Context, m waiting) (bool, error) {
	claimed := false
	ctx, done := context.WithTimeout(ctx, keeping)
	defer done()
	err := o.db.Keep(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `
			update mail_outbox set attempts = attempts + 1, next_at = $1
			where id = $2 and attempts = $3 and sent_at is null and failed_at is null and next_at <= $4`,
			tx.Now().Add(lease), m.id, m.attempts, tx.Now())
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		claimed = n == 1
		return err
	})
	return claimed, err
}

// sent forgets the text: it may hold a sign-in link.
func (o *Outbox) sent(ctx context.Context, m waiting) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), keeping)
	defer done()
	return o.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			update mail_outbox set sent_at = $1, body = '', last_error = '' where id = $2`, tx.Now(), m.id)
		return err
	})
}

// release gives a message back as it was, with what the server said: it has used
// up none of its attempts, and waits no longer than the others.
func (o *Outbox) release(ctx context.Context, m waiting, why error) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), keeping)
	defer done()
	return o.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			update mail_outbox set attempts = $1, next_at = $2, last_error = $3 where id = $4 and attempts = $5`,
			m.attempts, tx.Now(), why.Error(), m.id, m.attempts+1)
		return err
	})
}

func (o *Outbox) failed(ctx context.Context, m waiting, why error, forGood bool) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), keeping)
	defer done()
	return o.db.Keep(ctx, func(tx *db.Tx) error {
		var failedAt asye.Instant
		if forGood {
			failedAt = tx.Now()
		}
		_, err := tx.Exec(ctx, `
			update mail_outbox set failed_at = $1, next_at = $2, last_error = $3 where id = $4 and attempts = $5`,
			failedAt, tx.Now().Add(pause(m.attempts+1)), why.Error(), m.id, m.attempts+1)
		return err
	})
}

// pause doubles after each attempt, to four hours.
func pause(attempts int) time.Duration {
	wait := firstWait
	for i := 1; i < attempts && wait < longestWait; i++ {
		wait *= 2
	}
	return min(wait, longestWait)
}
