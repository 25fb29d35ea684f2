package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"example.org/asye/internal/platform/fault"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

var (
	// ErrUnavailable is an engine that cannot do just now what it could a moment
	// ago: the disk is full, the server is away. Nothing of the change was kept.
	ErrUnavailable = fault.New(fault.Unavailable, "Nothing of this was saved: the database cannot be reached, or cannot save, at present")
	// ErrUncertain is an engine that went away while a change was being committed:
	// it is kept whole, or not at all, and nobody can tell which. Sending the same
	// form again is right in both cases, since a form has its effect once.
	ErrUncertain = fault.New(fault.Unavailable, "The database went away at the moment of saving, so we cannot tell whether this was saved")
)

// explainCommit tells a commit that was refused from one whose answer was lost.
func explainCommit(err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &lite), err == context.DeadlineExceeded, err == context.Canceled, errors.Is(err, sql.ErrTxDone):
		return Explain(err) // the engine has said no, or was never asked
	case errors.As(err, &pg) && !strings.HasPrefix(pg.Code, "57P"):
		return Explain(err)
	}
	return errors.Join(ErrUncertain, err)
}
