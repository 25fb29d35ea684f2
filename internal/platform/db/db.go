// Package db opens SQLite or PostgreSQL and lets the same SQL run on both.
//
// A change goes through [DB.Write], which commits only when the work has left
// an audit line; passing state (sessions, drafts, queues) goes through
// [DB.Keep]. Reading needs no transaction: [DB.Query] and [DB.QueryRow].
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/engine"
	"example.org/asye/internal/platform/db/litefile"
	"example.org/asye/internal/platform/spans"
	"github.com/jackc/pgx/v5/pgconn"
)

// Dialect is one of the two engines.
type Dialect string

// The two engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is an open database. SQLite has one writer and several readers;
// PostgreSQL has one pool for both.
type DB struct {
	dialect Dialect
	write   *sql.DB
	read    *sql.DB
	clock   clock.Clock
	inside  *Tx    // every statement goes to this transaction; nil for a database as opened
	kinds   bool   // migrations write what each column holds instead of its type: see Kinds
	hold    *hold  // that the database is in use, or that nobody else may use it; PostgreSQL only
	scratch string // a file that is to be gone once it is closed
	doubt   atomic.Pointer[string]
	guard   *guard
	path    string // of the SQLite file; empty on PostgreSQL
}

// Open opens the database at an address: a postgres:// address, or the path of
// a SQLite file, which is made when it is not there.
func Open(ctx context.Context, address string, c clock.Clock) (*DB, error) {
	d := &DB{clock: c}
	var err error
	if IsPostgres(address) {
		err = d.openPostgres(address)
	} else {
		err = d.openSQLite(address)
	}
	if err == nil {
		err = d.check(ctx)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Unopened is no database but its clock: for whoever wants to know how the
// service is put together, and asks it nothing.
func Unopened(c clock.Clock) *DB { return &DB{clock: c} }

func (d *DB) openPostgres(address string) (err error) {
	d.dialect = Postgres
	d.write, err = engine.Postgres(address, func(doubt string) { d.doubt.Store(&doubt) })
	if err != nil {
		return err
	}
	d.write.SetMaxOpenConns(16)
	d.write.SetMaxIdleConns(16)
	d.read = d.write
	return nil
}

func (d *DB) openSQLite(path string) (err error) {
	d.dialect, d.path = SQLite, path
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("the folder of the database cannot be made: %w", err)
		}
	}
	litefile.TakeAwayAliases(path)
	if err := litefile.Make(path); err != nil {
		return fmt.Errorf("the file of the database cannot be made: %w", err)
	}
	if d.write, err = engine.SQLite(path, "_txlock=immediate", engine.With("query_only", "0")); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(1)
	if d.read, err = engine.SQLite(path, "_txlock=deferred", engine.With("query_only", "1")); err != nil {
		return err
	}
	d.read.SetMaxOpenConns(8)
	d.read.SetMaxIdleConns(8)
	return nil
}

// check connects once to each pool, so that what is wrong is told at the start.
func (d *DB) check(ctx context.Context) error {
	for _, pool := range []*sql.DB{d.write, d.read} {
		if err := pool.PingContext(ctx); err != nil {
			return d.unopened(err)
		}
	}
	return nil
}

func (d *DB) unopened(err error) error {
	if d.dialect == SQLite && transient(err) {
		return ErrTaken
	}
	var gone *pgconn.ConnectError
	if errors.As(err, &gone) {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	return err
}

// Doubt is a setting of the server that may be right, and that we cannot judge:
// a sentence for the operator, or nothing.
func (d *DB) Doubt() string {
	if doubt := d.doubt.Load(); doubt != nil {
		return *doubt
	}
	return ""
}

// Close lets go of every connection.
func (d *DB) Close() error {
	d.unguard()
	d.letGo()
	if d.read != nil && d.read != d.write {
		d.read.Close()
	}
	defer d.unname()
	if d.write != nil {
		return d.write.Close()
	}
	return nil
}

// Dialect tells which engine this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Clock is the clock that dates every change.
func (d *DB) Clock() clock.Clock { return d.clock }

// Query reads rows.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if d.inside != nil {
		return d.inside.Query(ctx, query, args...)
	}
	ctx, end := spans.Statement(ctx, string(d.dialect), query)
	rows, err := d.read.QueryContext(ctx, query, args...)
	end(err)
	return rows, err
}

// QueryRow reads one row.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	if d.inside != nil {
		return d.inside.QueryRow(ctx, query, args...)
	}
	ctx, end := spans.Statement(ctx, string(d.dialect), query)
	row := d.read.QueryRowContext(ctx, query, args...)
	end(row.Err())
	return row
}

// Queryer reads rows: a *DB outside a transaction, a *Tx within one.
type Queryer interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// Checkpoint folds the SQLite log into its file. On PostgreSQL, and within a
// transaction that has yet to commit, it does nothing.
func (d *DB) Checkpoint(ctx context.Context) error {
	if d.dialect == Postgres || d.inside != nil {
		return nil
	}
	_, err := d.write.ExecContext(ctx, "pragma wal_checkpoint(truncate)")
	return err
}

// DateType is how the engine stores a date, for a cast.
func (d *DB) DateType() string {
	if d.dialect == Postgres {
		return "date"
	}
	return "text"
}
