package db_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// places are an address for each engine, with the whole schema and one row in it.
func places(t *testing.T, run func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "asye.db")
		d := openAt(t, path)
		if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
			t.Fatal(err)
		}
		spend(t, d, "old")
		d.Close()
		run(t, path)
	})
	t.Run("postgres", func(t *testing.T) {
		address := dbtest.PostgresAddress(t, schema.All())
		d := openAt(t, address)
		spend(t, d, "old")
		d.Close()
		run(t, address)
	})
}

func openAt(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), address, clock.Fixed(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func spend(t *testing.T, d *db.DB, token string) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into form_tokens (token, spent_at) values ($1, $2)`, token, tx.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func tokens(t *testing.T, address string) string {
	t.Helper()
	d := openAt(t, address)
	defer d.Close()
	rows, err := d.Query(t.Context(), `select token from form_tokens order by token`)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var s string
		err := rows.Scan(&s)
		return s, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " ")
}

func beside(t *testing.T, address string) *db.Beside {
	t.Helper()
	b, err := db.OpenBeside(t.Context(), address, clock.Fixed(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func build(t *testing.T, b *db.Beside) {
	t.Helper()
	if _, err := b.DB.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	if err := b.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	spend(t, b.DB, "new")
}

func TestBesideTakesThePlaceAndKeepsTheOld(t *testing.T) {
	places(t, func(t *testing.T, address string) {
		at := clock.Fixed(time.Date(2026, 11, 25, 12, 4, 5, 0, time.UTC)).Now()
		b := beside(t, address)
		if !b.Replaces {
			t.Error("it does not see that there is something in the place")
		}
		build(t, b)
		kept, err := b.Swap(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if got := tokens(t, address); got != "new" {
			t.Errorf("in the place is %q", got)
		}
		old := kept
		if db.IsPostgres(address) {
			old = withSchema(address, kept)
		}
		if got := tokens(t, old); !strings.HasSuffix(kept, "20261125-120405") || got != "old" {
			t.Errorf("under %s is kept %q", kept, got)
		}
		// The schema is whole, extension and all: it can be built and replaced again.
		again := beside(t, address)
		build(t, again)
		if second, err := again.Swap(t.Context(), at); err != nil || second != kept+"-2" {
			t.Fatalf("again within a second: kept as %q, %v", second, err)
		}
		again.Close()
		if db.IsPostgres(address) {
			dropOld(t, address, kept)
		}
		if got := tokens(t, address); got != "new" {
			t.Errorf("afterwards in the place is %q", got)
		}
	})
}

func withSchema(address, name string) string {
	if strings.Contains(address, "?") {
		return address + "&search_path=%22" + name + "%22"
	}
	return address + "?search_path=%22" + name + "%22"
}

// dropOld takes what was kept away, which must leave the present whole.
func dropOld(t *testing.T, address, kept string) {
	t.Helper()
	pool, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(`drop schema "` + kept + `" cascade`); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := pool.QueryRow(`select count(*) from pg_constraint where contype = 'x' and connamespace = 'public'::regnamespace`).Scan(&n); err != nil || n == 0 {
		t.Errorf("%d constraints against overlaps are left, %v", n, err)
	}
}

func TestBesideGivenUpLeavesTheOld(t *testing.T) {
	places(t, func(t *testing.T, address string) {
		b := beside(t, address)
		build(t, b)
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if got := tokens(t, address); got != "old" {
			t.Errorf("in the place is %q", got)
		}
		if db.IsPostgres(address) {
			return
		}
		left, _ := filepath.Glob(address + "*")
		if len(left) != 1 {
			t.Errorf("left beside it: %v", left)
		}
	})
}

func TestBesideWhereNothingIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "asye.db")
	b := beside(t, path)
	build(t, b)
	kept, err := b.Swap(t.Context(), b.DB.Clock().Now())
	if err != nil || kept != "" || b.Replaces {
		t.Fatalf("kept %q, %v", kept, err)
	}
	b.Close()
	if got := tokens(t, path); got != "new" {
		t.Errorf("in the place is %q", got)
	}
}

// A file that SQLite cannot read is kept with its log, and replaced.
func TestBesideOfADamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "asye.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"-wal", []byte("its log"), 0o640); err != nil {
		t.Fatal(err)
	}
	b := beside(t, path)
	build(t, b)
	kept, err := b.Swap(t.Context(), b.DB.Clock().Now())
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	if got := tokens(t, path); got != "new" {
		t.Errorf("in the place is %q", got)
	}
	if log, err := os.ReadFile(kept + "-wal"); string(log) != "its log" {
		t.Errorf("the log of the damaged file: %q, %v", log, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the new file has not the rights of the old one: %v, %v", info.Mode(), err)
	}
}

func TestNobodyElseMeanwhile(t *testing.T) {
	places(t, func(t *testing.T, address string) {
		c := clock.Fixed(dbtest.Start)
		service := openAt(t, address)
		if err := service.Hold(t.Context()); err != nil {
			t.Fatal(err)
		}
		second := openAt(t, address)
		if err := second.Hold(t.Context()); err != nil {
			t.Errorf("two services at a time: %v", err)
		}
		second.Close()
		if _, err := db.OpenBeside(t.Context(), address, c); !errors.Is(err, db.ErrInUse) {
			t.Errorf("beside a running service: %v", err)
		}
		service.Close()
		b := beside(t, address)
		if _, err := db.OpenBeside(t.Context(), address, c); !errors.Is(err, db.ErrInUse) {
			t.Errorf("two at a time: %v", err)
		}
		late, err := db.Open(context.Background(), address, c)
		if err == nil {
			err = late.Hold(t.Context())
			late.Close()
		}
		if !errors.Is(err, db.ErrTaken) {
			t.Errorf("a service that starts meanwhile: %v", err)
		}
		b.Close()
		if got := tokens(t, address); got != "old" {
			t.Errorf("afterwards: %q", got)
		}
	})
}

func TestTwoBuildersOfANewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "asye.db")
	beside(t, path)
	if _, err := db.OpenBeside(t.Context(), path, clock.Fixed(dbtest.Start)); !errors.Is(err, db.ErrInUse) {
		t.Errorf("two at a time: %v", err)
	}
}

// A swap that was cut off between its steps leaves a second name of the file in
// use, which must be gone before anybody opens it.
func TestAliasIsTakenAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "asye.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	alias, other := path+".before-20261125-120405", path+".before-20261124-120405"
	if err := os.Link(path, alias); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, []byte("an older copy"), 0o600); err != nil {
		t.Fatal(err)
	}
	openAt(t, path)
	if _, err := os.Stat(alias); err == nil {
		t.Error("the second name is still there")
	}
	if _, err := os.Stat(other); err != nil {
		t.Error("an older copy was taken away")
	}
}

func TestScratchHasNoName(t *testing.T) {
	dir := t.TempDir()
	d, err := db.Scratch(t.Context(), dir, clock.Fixed(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("while it is open: %v", left)
	}
	if err := d.Sound(t.Context()); err != nil {
		t.Error(err)
	}
	d.Close()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("after it was closed: %v", left)
	}
}

// TestBulk: whole tables can be filled, and what holds them stands afterwards as
// it stood before.
func TestBulk(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		var s db.Shape
		err := d.Snapshot(t.Context(), func(tx *db.Tx) (err error) {
			s, err = tx.Shape(t.Context(), schema.All()...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for i, table := range s.Tables {
			at[table.Name] = i
		}
		if at["people"] < at["organisations"] || at["nqsws"] < at["people"] || at["pauses"] < at["enrolments"] || len(at) < 25 {
			t.Errorf("the order is %v", at)
		}
		before := standing(t, d)
		given := false
		err = d.Bulk(t.Context(), s.Tables, func(b db.Bulk) error {
			return b.Fill(t.Context(), s.Tables[at["turns"]], func() ([]any, error) {
				if given {
					return nil, io.EOF
				}
				given = true
				return []any{"a turn"}, nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := count(t, d, "turns"); n != 1 {
			t.Errorf("%d turns", n)
		}
		if after := standing(t, d); after != before || len(after) < 1000 {
			t.Errorf("before:\n%s\n\nafter:\n%s", before, after)
		}
	})
}

// standing is everything that holds the rows of a database to something.
func standing(t *testing.T, d *db.DB) string {
	t.Helper()
	query := `select type || name || coalesce(sql, '') from sqlite_schema order by 1`
	if d.Dialect() == db.Postgres {
		query = `select conname::text || pg_get_constraintdef(oid) || convalidated from pg_constraint where connamespace = 'public'::regnamespace
			union all select pg_get_indexdef(indexrelid) from pg_index where indrelid > 16384
			union all select tgname::text || tgenabled::text from pg_trigger where not tgisinternal order by 1`
	}
	rows, err := d.Query(t.Context(), query)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var s string
		err := rows.Scan(&s)
		return s, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "\n")
}
