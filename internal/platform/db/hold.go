package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/engine"
	"example.org/asye/internal/platform/fault"
	"modernc.org/sqlite"
)

// ErrInUse means that the database is open somewhere else: the service runs on
// it, or another command does.
var ErrInUse = fault.New(fault.Conflict, "Something is using the database: the service, or another command. Stop it first, then try again")

// ErrTaken means that a restore or a move has the database for itself.
var ErrTaken = fault.New(fault.Conflict, "A restore or a move has the database for itself. Start again when it has ended")

// IsPostgres reports whether an address is one of PostgreSQL, and not the path
// of a SQLite file.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// OpenExisting opens a database that is there. Unlike [Open] it makes no file.
func OpenExisting(ctx context.Context, address string, c clock.Clock) (*DB, error) {
	if !IsPostgres(address) {
		if _, err := os.Stat(address); err != nil {
			return nil, fault.New(fault.NotFound, "There is no database at %s", address)
		}
	}
	return Open(ctx, address, c)
}

// OpenAlone opens a database that is there so that nobody else can use it until
// it is closed. It is [ErrInUse] where somebody does already.
//
// On SQLite this is the engine's own exclusive lock, which no connection of
// any program can be open beside. PostgreSQL has none for a whole database; there the
// service and this hold the same advisory lock, shared and exclusive.
func OpenAlone(ctx context.Context, address string, c clock.Clock) (*DB, error) {
	if IsPostgres(address) {
		d, err := Open(ctx, address, c)
		if err != nil {
			return nil, err
		}
		if err := d.take(ctx, exclusively); err != nil {
			d.Close()
			return nil, err
		}
		return d, nil
	}
	if _, err := os.Stat(address); err != nil {
		return nil, fault.New(fault.NotFound, "There is no database at %s", address)
	}
	alone := append([]engine.Pragma{{Name: "locking_mode", Set: "exclusive", Says: "exclusive"}}, engine.With("busy_timeout", "500")...)
	pool, err := engine.SQLite(address, "mode=rw&_txlock=immediate", alone)
	if err != nil {
		return nil, err
	}
	return only(ctx, pool, c)
}

// openFile opens a SQLite file that may be lost, with settings of its own.
func openFile(ctx context.Context, path, settings string, c clock.Clock) (*DB, error) {
	pool, err := sql.Open("sqlite", engine.FileURI(path)+"?"+settings)
	if err != nil {
		return nil, err
	}
	return only(ctx, pool, c)
}

// only makes a database of a pool with one connection for all, and touches it.
func only(ctx context.Context, pool *sql.DB, c clock.Clock) (*DB, error) {
	pool.SetMaxOpenConns(1)
	d := &DB{dialect: SQLite, write: pool, read: pool, clock: c}
	if _, err := pool.ExecContext(ctx, "begin immediate; rollback"); err != nil {
		pool.Close()
		if transient(err) {
			return nil, ErrInUse
		}
		return nil, fmt.Errorf("the database file cannot be opened: %w", err)
	}
	return d, nil
}

// isDamaged reports that SQLite cannot read a file at all.
func isDamaged(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code()&0xff == 26 || lite.Code()&0xff == 11) // not a database, corrupt
}
