// Package db opens SQLite or PostgreSQL and lets the same SQL run on both.
//
// A change goes through [DB.Write], which commits only when the work has left
// an audit line; passing state (sessions, drafts, queues) goes through
// [DB.Keep]. Reading needs no transaction: [DB.Query] and [DB.QueryRow].
package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"example.org/asye/internal/platform/clock"
	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver
)

// Dialect is one of the two engines.
type Dialect string

// The two engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// oldestPostgres is the first release of PostgreSQL that we test on, as
// server_version_num gives it.
const oldestPostgres = 150000

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

func (d *DB) openPostgres(address string) error {
	d.dialect = Postgres
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("the database address cannot be read: write it like postgres://user@host/name")
	}
	q := u.Query()
	if q.Get("timezone") == "" {
		q.Set("timezone", "UTC")
	}
	// Our statements are short: they are not worth compiling.
	if q.Get("jit") == "" {
		q.Set("jit", "off")
	}
	u.RawQuery = q.Encode()
	d.write, err = sql.Open("pgx", u.String())
	if err != nil {
		return fmt.Errorf("the database address cannot be read: write it like postgres://user@host/name")
	}
	d.write.SetMaxOpenConns(16)
	d.write.SetMaxIdleConns(16)
	d.read = d.write
	return nil
}

func (d *DB) openSQLite(path string) error {
	d.dialect = SQLite
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("the folder of the database cannot be made: %w", err)
		}
	}
	takeAwayAliases(path)
	var err error
	if d.write, err = sql.Open("sqlite", sqliteDSN(path, "immediate", "")); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(1)
	if d.read, err = sql.Open("sqlite", sqliteDSN(path, "deferred", "&_pragma=query_only(1)")); err != nil {
		return err
	}
	d.read.SetMaxOpenConns(8)
	d.read.SetMaxIdleConns(8)
	return nil
}

// sqliteDSN puts every pragma where every connection gets it. secure_delete
// leaves nothing in the file of what was deleted; busy_timeout
// comes first, since the others may have to wait for a lock.
func sqliteDSN(path, lock, more string) string {
	return fileURI(path) + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=secure_delete(1)&_pragma=cache_size(-16000)&_txlock=" + lock + more
}

// check connects, and refuses an engine whose settings could lose a record.
func (d *DB) check(ctx context.Context) error {
	if err := d.write.PingContext(ctx); transient(err) {
		return ErrTaken
	} else if err != nil && d.dialect == SQLite {
		return fmt.Errorf("the database file cannot be opened: %w", err)
	} else if err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	if d.dialect == Postgres {
		var version int
		if err := d.write.QueryRowContext(ctx, "select current_setting('server_version_num')::int").Scan(&version); err != nil {
			return err
		}
		if version < oldestPostgres {
			return fmt.Errorf("PostgreSQL %d is too old: asye needs release 15 or later", version/10000)
		}
		return nil
	}
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		if err := d.write.QueryRowContext(ctx, "pragma "+pragma).Scan(&got); err != nil {
			return fmt.Errorf("the database file cannot be opened: %w", err)
		}
		if got != want {
			return fmt.Errorf("SQLite has %s=%s here where asye needs %s: put the file on a local disk", pragma, got, want)
		}
	}
	return nil
}

// Close lets go of every connection.
func (d *DB) Close() error {
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
	return d.read.QueryContext(ctx, query, args...)
}

// QueryRow reads one row.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	if d.inside != nil {
		return d.inside.QueryRow(ctx, query, args...)
	}
	return d.read.QueryRowContext(ctx, query, args...)
}

// Queryer reads rows: a *DB outside a transaction, a *Tx within one.
type Queryer interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// Checkpoint folds the SQLite log into its file. On PostgreSQL it does nothing.
func (d *DB) Checkpoint(ctx context.Context) error {
	if d.dialect == Postgres {
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
