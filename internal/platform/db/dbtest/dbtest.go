// Package dbtest gives tests a real database, fresh and complete, on SQLite
// always and on PostgreSQL when ASYE_TEST_POSTGRES names a server.
package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	tables "example.org/asye/internal/schema"
)

// Start is the instant at which every test database believes it is.
var Start = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// Each runs a test on each engine, in a database with the whole schema and
// nothing in it. The clock stands at [Start].
func Each(t *testing.T, schema []fs.FS, run func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, OpenSQLite(t, schema)) })
	if server() != "" {
		t.Run("postgres", func(t *testing.T) { run(t, OpenPostgres(t, schema)) })
	}
}

// OpenSQLite is a fresh SQLite database for one test.
func OpenSQLite(t testing.TB, schema []fs.FS) *db.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "asye.db")
	if err := copyFile(path, sqliteTemplate(t, schema)); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// OpenPostgres is a fresh PostgreSQL database for one test.
func OpenPostgres(t testing.TB, schema []fs.FS) *db.DB {
	t.Helper()
	return open(t, PostgresAddress(t, schema))
}

// PostgresAddress is the address of a fresh PostgreSQL database, for a test
// that starts the program itself. It skips the test where there is no server.
func PostgresAddress(t testing.TB, schema []fs.FS) string {
	t.Helper()
	if server() == "" {
		t.Skip("no PostgreSQL server: make test starts one and sets ASYE_TEST_POSTGRES")
	}
	name := fmt.Sprintf("asye_%d_%d", os.Getpid(), counter.Add(1))
	admin(t, "create database "+name+" template "+postgresTemplate(t, schema))
	t.Cleanup(func() { admin(t, "drop database if exists "+name+" with (force)") })
	return address(name)
}

// EmptyPostgres is the address of a PostgreSQL database with nothing in it.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	if server() == "" {
		t.Skip("no PostgreSQL server: make test starts one and sets ASYE_TEST_POSTGRES")
	}
	name := fmt.Sprintf("asye_empty_%d_%d", os.Getpid(), counter.Add(1))
	admin(t, "create database "+name)
	t.Cleanup(func() { admin(t, "drop database if exists "+name+" with (force)") })
	return address(name)
}

// Server is the address of the PostgreSQL server for tests; empty where there is
// none.
func Server() string { return server() }

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, clock.Fixed(Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Guard(lines.Guard{Secret: Secret, Tables: tables.Tables(), Patience: time.Minute}); err != nil {
		t.Fatal(err)
	}
	return d
}

// Secret stands for that of the audit key, which tests have no file of.
var Secret = bytes.Repeat([]byte{7}, 32)

var (
	counter       atomic.Int64
	liteOnce      sync.Once
	lite          string
	postgresOnce  sync.Once
	postgresDB    string
	errOfTemplate error
)

// sqliteTemplate is made once in a process and copied for each test.
func sqliteTemplate(t testing.TB, schema []fs.FS) string {
	t.Helper()
	liteOnce.Do(func() {
		dir, err := os.MkdirTemp("", "asye-schema")
		if err == nil {
			lite = filepath.Join(dir, "template.db")
			err = migrate(lite, schema)
		}
		errOfTemplate = err
	})
	if errOfTemplate != nil {
		t.Fatal(errOfTemplate)
	}
	return lite
}

func postgresTemplate(t testing.TB, schema []fs.FS) string {
	t.Helper()
	postgresOnce.Do(func() {
		postgresDB = fmt.Sprintf("asye_template_%d", os.Getpid())
		admin(t, "drop database if exists "+postgresDB+" with (force)")
		admin(t, "create database "+postgresDB)
		if err := migrate(address(postgresDB), schema); err != nil {
			t.Fatal(err)
		}
	})
	return postgresDB
}

func migrate(address string, schema []fs.FS) error {
	ctx := context.Background()
	d, err := db.Open(ctx, address, clock.Real())
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err = d.Migrate(ctx, schema...); err != nil {
		return err
	}
	if d.Dialect() == db.SQLite {
		return d.Checkpoint(ctx)
	}
	return nil
}

func server() string { return os.Getenv("ASYE_TEST_POSTGRES") }

func address(name string) string {
	u, err := url.Parse(server())
	if err != nil {
		return ""
	}
	u.Path = "/" + name
	return u.String()
}

func admin(t testing.TB, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for attempt := 0; ; attempt++ {
		_, err := pool.Exec(statement)
		if err == nil {
			return
		}
		// PostgreSQL copies a template only while nobody is connected to it.
		if attempt == 20 || !strings.Contains(err.Error(), "being accessed") {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
