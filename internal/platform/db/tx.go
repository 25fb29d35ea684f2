package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/spans"
	"example.org/asye/internal/platform/tenant"
)

// Tx is one transaction: everything in it happens, or nothing does.
type Tx struct {
	tx      *sql.Tx
	db      *DB
	now     asye.Instant
	audited bool
	kept    map[string]*statement
	turns   map[string]bool
	keys    lines.Ring // opened for the lines of this transaction
}

// statement is one text that runs in a transaction, and how often it has.
type statement struct {
	runs  int
	ready *sql.Stmt
}

// ErrRepeated means that the form has had its effect already: it was sent
// twice. Nothing was changed this time.
var ErrRepeated = errors.New("the form was already submitted")

// Write makes a change: do runs in one transaction, which commits only when it
// has written an audit line. A form that was sent twice gives [ErrRepeated]. do
// may run more than once, when the engine asks for a retry, so it must have no
// effect outside the transaction.
func (d *DB) Write(ctx context.Context, scope tenant.Scope, do func(*Tx) error) error {
	form := scope.Form()
	spend := form != nil && !form.Spent
	err := d.retry(ctx, func(tx *Tx) error {
		if spend {
			if err := tx.spend(ctx, form); err != nil {
				return err
			}
		}
		if err := do(tx); err != nil {
			return err
		}
		if !tx.audited {
			return errors.New("a change was made without an audit line")
		}
		return nil
	})
	if err == nil && spend {
		form.Spent = true
	}
	return err
}

// Keep writes passing state that is nobody's record: sessions, drafts, queues,
// read marks. Such work leaves no audit line and spends no form.
func (d *DB) Keep(ctx context.Context, do func(*Tx) error) error { return d.retry(ctx, do) }

func (d *DB) retry(ctx context.Context, do func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := d.once(ctx, do)
		// Inside another, only the whole transaction can be tried again.
		if err == nil || d.inside != nil || !again(err, attempt) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(attempt*attempt) * 5 * time.Millisecond):
		}
	}
}

func (d *DB) once(ctx context.Context, do func(*Tx) error) error {
	if d.inside != nil {
		return d.onceInside(ctx, do)
	}
	_, begun := spans.Step(ctx, string(d.dialect), "begin")
	inner, err := d.write.BeginTx(ctx, nil)
	begun(err)
	if err != nil {
		return Explain(err)
	}
	defer inner.Rollback() // after a commit this does nothing
	if err := do(&Tx{tx: inner, db: d, now: d.clock.Now()}); err != nil {
		return Explain(err)
	}
	_, committed := spans.Step(ctx, string(d.dialect), "commit")
	err = inner.Commit()
	committed(err)
	return explainCommit(err)
}

// Now is the recorded time of everything in this transaction.
func (tx *Tx) Now() asye.Instant { return tx.now }

// NewID makes an identifier.
func (tx *Tx) NewID() string { return tx.db.clock.NewID() }

// Exec runs a statement.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (res sql.Result, err error) {
	ctx, end := spans.Statement(ctx, string(tx.db.dialect), query)
	if ready := tx.ready(ctx, query); ready != nil {
		res, err = ready.ExecContext(ctx, args...)
	} else {
		res, err = tx.tx.ExecContext(ctx, query, args...)
	}
	end(err)
	return res, Explain(err)
}

// Query reads rows within the transaction. Close them before the next
// statement: PostgreSQL has one conversation at a time.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	ctx, end := spans.Statement(ctx, string(tx.db.dialect), query)
	if ready := tx.ready(ctx, query); ready != nil {
		rows, err = ready.QueryContext(ctx, args...)
	} else {
		rows, err = tx.tx.QueryContext(ctx, query, args...)
	}
	end(err)
	return rows, err
}

// QueryRow reads one row within the transaction.
func (tx *Tx) QueryRow(ctx context.Context, query string, args ...any) (row *sql.Row) {
	ctx, end := spans.Statement(ctx, string(tx.db.dialect), query)
	if ready := tx.ready(ctx, query); ready != nil {
		row = ready.QueryRowContext(ctx, args...)
	} else {
		row = tx.tx.QueryRowContext(ctx, query, args...)
	}
	end(row.Err())
	return row
}

// Turn waits until nobody else is in a transaction that has taken the turn of
// the same key, and keeps the turn until this one ends. It is for rules that no
// constraint can hold: two such transactions see each other's work.
func (tx *Tx) Turn(ctx context.Context, key string) error {
	if tx.turns[key] {
		return nil
	}
	_, err := tx.Exec(ctx, `insert into turns (key) values ($1) on conflict (key) do update set key = excluded.key`, key)
	if err == nil {
		if tx.turns == nil {
			tx.turns = map[string]bool{}
		}
		tx.turns[key] = true
	}
	return err
}

// often is how many times a text runs in one transaction before it is kept
// ready: a change runs each of its statements once, a file of many thousands of
// times.
const often = 3

// ready is the statement kept ready for a text that runs often; nil when it is
// to be run as it is. SQLite parses a text at every run, and that is a third of
// the time of a long file; the driver of PostgreSQL keeps its own.
func (tx *Tx) ready(ctx context.Context, query string) *sql.Stmt {
	if tx.db.dialect != SQLite {
		return nil
	}
	one := tx.kept[query]
	if one == nil {
		if tx.kept == nil {
			tx.kept = map[string]*statement{}
		}
		one = &statement{}
		tx.kept[query] = one
	}
	one.runs++
	if one.runs == often {
		if ready, err := tx.tx.PrepareContext(ctx, query); err == nil {
			one.ready = ready // closed with the transaction
		}
	}
	return one.ready
}

func (tx *Tx) spend(ctx context.Context, form *tenant.Form) error {
	res, err := tx.Exec(ctx, `
		insert into form_tokens (token, spent_at) values ($1, $2)
		on conflict (token) do nothing`, form.Token, tx.now)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrRepeated)
	}
	if form.Also == nil {
		return nil
	}
	return form.Also(ctx, func(ctx context.Context, query string, args ...any) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

// FormResult remembers where a spent form led, so that sending it again leads
// there too.
func (d *DB) FormResult(ctx context.Context, token, location string) error {
	return d.Keep(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `update form_tokens set location = $1 where token = $2`, location, token)
		return err
	})
}

// FormSpent reports whether a form has had its effect.
func (d *DB) FormSpent(ctx context.Context, token string) (bool, error) {
	n := 0
	err := d.QueryRow(ctx, `select count(*) from form_tokens where token = $1`, token).Scan(&n)
	return n > 0, err
}

// FormLocation tells where a spent form led; empty when it is not known.
func (d *DB) FormLocation(ctx context.Context, token string) (string, error) {
	var location sql.NullString
	err := d.read.QueryRowContext(ctx, `select location from form_tokens where token = $1`, token).Scan(&location)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return location.String, err
}

// MustAffectOne turns "no row was changed" into a conflict: someone else has
// changed the record since it was shown.
func MustAffectOne(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n != 1 {
		return ErrStale
	}
	return nil
}

// Rows reads every row with scan, and closes.
func Rows[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, rows.Err()
}

// In expands a list into placeholders: ("$3, $4", its arguments), numbered
// from first. An empty list matches nothing.
func In[T any](first int, list []T) (string, []any) {
	if len(list) == 0 {
		return "null", nil
	}
	text, args := "", make([]any, len(list))
	for i, v := range list {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("$%d", first+i)
		args[i] = v
	}
	return text, args
}

// TidyForms forgets forms that were spent before an instant: nobody sends them
// again.
func (d *DB) TidyForms(ctx context.Context, before asye.Instant) error {
	return d.Keep(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `delete from form_tokens where spent_at < $1`, before)
		return err
	})
}
