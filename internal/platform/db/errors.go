package db

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"example.org/asye/internal/platform/db/engine"
	"example.org/asye/internal/platform/fault"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

var (
	// ErrStale is a save of something that has changed since it was shown.
	ErrStale = fault.New(fault.Conflict, "Someone else changed this after you opened it. Nothing of yours was saved over theirs")
	// ErrOverlap is a period that the database refuses because it overlaps another.
	ErrOverlap = errors.New("the period overlaps another")
	// ErrDuplicate is a second row where the database allows one.
	ErrDuplicate = errors.New("there is one already")
	// ErrBroken is a reference to something that is not there, or a value that a
	// check in the schema refuses.
	ErrBroken = errors.New("the record does not fit the schema")
)

// NotFound turns "no rows" into a fault that names what was looked for.
func NotFound(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "There is no %s here that you can see", what)
	}
	return err
}

// Explain gives an engine's refusal one name for both engines: a constraint's,
// or [ErrUnavailable]. The engine's own words, which name the constraint, stay
// in the text. Changes come explained; what reading gives, a page explains.
func Explain(err error) error {
	if err == nil {
		return nil
	}
	var kind error
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &lite):
		kind = sqliteKind(lite)
	case errors.As(err, &pg):
		kind = postgresKind(pg)
	}
	if kind == nil && fault.KindOf(err) == fault.Internal && engine.CannotNow(err) {
		kind = ErrUnavailable
	}
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

// The extended result codes of SQLite and the classes of PostgreSQL that say
// the same things.
func sqliteKind(e *sqlite.Error) error {
	switch e.Code() {
	case 1555, 2067: // primary key, unique
		return ErrDuplicate
	case 275, 787, 1299: // check, foreign key, not null
		return ErrBroken
	case 1811: // raised by a trigger
		if strings.Contains(e.Error(), "overlap") {
			return ErrOverlap
		}
		return ErrBroken
	}
	return nil
}

func postgresKind(e *pgconn.PgError) error {
	switch e.Code {
	case "23505":
		return ErrDuplicate
	case "23P01":
		return ErrOverlap
	case "23502", "23503", "23514":
		return ErrBroken
	}
	return nil
}

// transient reports whether the engine asks for the transaction to be run again.
func transient(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code()&0xff == 5 // busy
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// again reports whether a transaction that has failed so often is to be tried
// once more. SQLite has waited five seconds by then for another process, so it
// waits only twice.
func again(err error, attempt int) bool {
	var lite *sqlite.Error
	most := 4
	if errors.As(err, &lite) {
		most = 2
	}
	return attempt < most && transient(err)
}
