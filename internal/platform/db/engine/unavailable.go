package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// CannotNow reports whether an engine's refusal will pass: the same again will
// do, in a while.
func CannotNow(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case 5, 6, 8, 10, 13, 14: // busy, locked, read only, input or output, full, cannot open
			return true
		case 9: // interrupted, because the time for the request was over
			return true
		}
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return passing(pg.Code)
	}
	return lost(err) || errors.Is(err, context.DeadlineExceeded)
}

// passing are the states of PostgreSQL that a change outlives by being made
// again: no resources, stopping or starting, a fault of its disk, a standby,
// too long a wait for another.
func passing(state string) bool {
	switch state {
	case "25006", "40001", "40P01", "55P03", "57014":
		return true
	}
	for _, class := range []string{"08", "53", "57P", "58"} {
		if strings.HasPrefix(state, class) {
			return true
		}
	}
	return false
}

// lost reports whether the conversation with the server was cut, or never came
// about.
func lost(err error) bool {
	var refused *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &refused) || errors.As(err, &network) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}
