package db

import (
	"context"
	"database/sql"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/engine"
)

// needed is what DUR-2 asks of a connection to SQLite, apart from the list that
// the code has of it.
var needed = map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
	"secure_delete": "1", "trusted_schema": "0", "cell_size_check": "1", "mmap_size": "0",
	"wal_autocheckpoint": "1000", "journal_size_limit": "67108864"}

func fresh(t *testing.T) *DB {
	t.Helper()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "a b", "asye.db"), clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// connections takes every connection that a pool will ever have.
func connections(t *testing.T, pool *sql.DB) []*sql.Conn {
	t.Helper()
	var all []*sql.Conn
	for range pool.Stats().MaxOpenConnections {
		one, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { one.Close() })
		all = append(all, one)
	}
	return all
}

func value(t *testing.T, c *sql.Conn, query string) (text string) {
	t.Helper()
	if err := c.QueryRowContext(t.Context(), query).Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}

func TestDUR2_EverySQLiteConnectionHasTheSettings(t *testing.T) {
	d := fresh(t)
	for only, pool := range map[string]*sql.DB{"0": d.write, "1": d.read} {
		all := connections(t, pool)
		if len(all) == 0 {
			t.Error("a pool has no bound, and so no end to be looked at")
		}
		for i, c := range all {
			for name, want := range needed {
				if got := value(t, c, "pragma "+name); got != want {
					t.Errorf("connection %d with query_only=%s has %s=%s, want %s", i, only, name, got, want)
				}
			}
			if got := value(t, c, "pragma query_only"); got != only {
				t.Errorf("query_only is %s, want %s", got, only)
			}
		}
	}
	if d.write.Stats().MaxOpenConnections != 1 {
		t.Error("SQLite has more than one writer")
	}
}

// Whoever has the file for themselves has the settings too.
func TestDUR2_OpenedAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "asye.db")
	d, err := Open(t.Context(), file, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	if d, err = OpenAlone(t.Context(), file, clock.Real()); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, c := range connections(t, d.write) {
		for name, want := range needed {
			if got := value(t, c, "pragma "+name); got != want && name != "busy_timeout" {
				t.Errorf("%s=%s, want %s", name, got, want)
			}
		}
		if got := value(t, c, "pragma locking_mode"); got != "exclusive" {
			t.Errorf("locking_mode is %s", got)
		}
	}
}

// server is the address of the test server with more settings for the session.
func server(t *testing.T, options string) string {
	t.Helper()
	u, err := url.Parse(os.Getenv("ASYE_TEST_POSTGRES"))
	if err != nil || u.Host+u.RawQuery == "" {
		t.Skip("no PostgreSQL server: make test starts one and sets ASYE_TEST_POSTGRES")
	}
	q := u.Query()
	if options != "" {
		q.Set("options", options)
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	return u.String()
}

func TestDUR2_PostgresThatCouldForgetIsRefused(t *testing.T) {
	for options, says := range map[string]string{
		"-c synchronous_commit=off":                        "synchronous_commit=off",
		"-c asye.throwaway=no":                             "fsync=off",
		"-c asye.throwaway=yes -c synchronous_commit=off ": "synchronous_commit=off",
	} {
		d, err := Open(t.Context(), server(t, options), clock.Real())
		if err == nil {
			d.Close()
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want a refusal that says %s", options, err, says)
		}
	}
}

// What a connection has been judged by stays with it, whatever somebody sets
// for the server meanwhile.
func TestDUR2_EveryPostgresConnectionKeepsItsSetting(t *testing.T) {
	d, err := Open(t.Context(), server(t, ""), clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, c := range connections(t, d.write) {
		if got := value(t, c, `select setting || ' by ' || source from pg_settings where name = 'synchronous_commit'`); got != "on by session" {
			t.Errorf("synchronous_commit is %s", got)
		}
	}
	if doubt := d.Doubt(); doubt != "" {
		t.Errorf("the server for tests is doubted: %s", doubt)
	}
}

// A server that is not there is told at once, and one that says nothing when its
// time is over: here a listener that never answers.
func TestDUR7_ConnectingIsBounded(t *testing.T) {
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	for _, address := range []string{"127.0.0.1:1", mute.Addr().String()} {
		began := time.Now()
		d, err := Open(context.Background(), "postgres://asye@"+address+"/none?connect_timeout=1&sslmode=disable", clock.Real())
		if err == nil {
			d.Close()
		}
		if took := time.Since(began); !engine.CannotNow(err) || took > 4*time.Second {
			t.Errorf("%s: %v after %s", address, err, took)
		}
	}
}
