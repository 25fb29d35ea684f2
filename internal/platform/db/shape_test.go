package db_test

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
)

// made is a database with one migration of a test's own.
func made(t *testing.T, migration string, run func(t *testing.T, d *db.DB, folder fs.FS)) {
	t.Helper()
	folder := fstest.MapFS{"2026010101_test.sql": {Data: []byte("-- +goose Up\n" + migration)}}
	start := func(t *testing.T, address string) {
		d, err := db.Open(t.Context(), address, clock.Fixed(dbtest.Start))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		if _, err := d.Migrate(t.Context(), folder); err != nil {
			t.Fatal(err)
		}
		run(t, d, folder)
	}
	t.Run("sqlite", func(t *testing.T) { start(t, filepath.Join(t.TempDir(), "test.db")) })
	t.Run("postgres", func(t *testing.T) { start(t, dbtest.EmptyPostgres(t)) })
}

func shapeOf(t *testing.T, d *db.DB, folder fs.FS) (db.Shape, error) {
	t.Helper()
	var s db.Shape
	err := d.Snapshot(t.Context(), func(tx *db.Tx) (err error) {
		s, err = tx.Shape(t.Context(), folder)
		return err
	})
	return s, err
}

func exec(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is of the same kind on both engines is told so, whatever each calls it;
// what is worked out from other columns is not taken along.
func TestShapeIsTheSameOnBothEngines(t *testing.T) {
	const migration = `
		create table b_parent (id text primary key);
		create table a_child (id text primary key, parent text references b_parent (id), of text references a_child (id));
		create table kinds (
			n integer, b {{bool}}, d {{date}}, i {{instant}}, j {{json}}, t text, r {{only "sqlite" "real"}}{{only "postgres" "double precision"}},
			y {{only "sqlite" "blob"}}{{only "postgres" "bytea"}}, big bigint, twice integer generated always as (n * 2) stored,
			primary key (t, n));`
	var seen []string
	made(t, migration, func(t *testing.T, d *db.DB, folder fs.FS) {
		s, err := shapeOf(t, d, folder)
		if err != nil {
			t.Fatal(err)
		}
		out := ""
		for _, table := range s.Tables {
			out += table.Name + " " + strings.Join(table.Key, ",") + ":"
			for _, c := range table.Columns {
				out += fmt.Sprintf(" %s=%s", c.Name, c.Kind)
			}
			out += "\n"
		}
		seen = append(seen, out)
	})
	const want = "b_parent id: id=text\nkinds t,n: b=boolean big=integer d=date i=instant j=json n=integer r=real t=text y=bytes\n" +
		"a_child id: id=text of=text parent=text\n"
	for _, got := range seen {
		if got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}

func TestShapeRefusesWhatWouldBeLeftOut(t *testing.T) {
	for name, tt := range map[string]struct{ migration, after, says string }{
		"a table of somebody else":  {`create table a (id text primary key);`, `create table theirs (id text primary key)`, "the table theirs, which no migration of asye made"},
		"a column of somebody else": {`create table a (id text primary key);`, `alter table a add column theirs text`, "columns id, theirs"},
		"a table that is gone":      {`create table a (id text primary key); create table b (id text primary key);`, `drop table b`, "lacks the table b"},
		"no key":                    {`create table a (id text);`, ``, "no primary key"},
		"another type":              {`create table a (id text primary key, price numeric);`, ``, "the type numeric"},
		"a newer migration":         {`create table a (id text primary key);`, `insert into goose_db_version (version_id, is_applied) values (2099010101, true)`, "newer version of asye"},
	} {
		t.Run(name, func(t *testing.T) {
			made(t, tt.migration, func(t *testing.T, d *db.DB, folder fs.FS) {
				if tt.after != "" {
					exec(t, d, tt.after)
				}
				if _, err := shapeOf(t, d, folder); err == nil || !strings.Contains(err.Error(), tt.says) {
					t.Errorf("%v, want %q", err, tt.says)
				}
			})
		})
	}
	t.Run("nothing at all", func(t *testing.T) {
		d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "empty.db"), clock.Fixed(dbtest.Start))
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if _, err := shapeOf(t, d, fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "no migration has ever run") {
			t.Error(err)
		}
	})
}

// Tables that refer to each other have no order on SQLite; on PostgreSQL they
// could be filled all the same, and are refused alike.
func TestShapeRefusesACircle(t *testing.T) {
	made(t, `create table a (id text primary key, b text); create table b (id text primary key, a text references a (id));
		{{only "postgres" "alter table a add foreign key (b) references b (id);"}}`, func(t *testing.T, d *db.DB, folder fs.FS) {
		if d.Dialect() == db.SQLite {
			return
		}
		if _, err := shapeOf(t, d, folder); err == nil || !strings.Contains(err.Error(), "circle") {
			t.Errorf("%v", err)
		}
	})
}

// Numbers that the engine hands out go on after those that were filled in, and
// rows may name others of the same table that come after them.
func TestBulkGoesOnWithNumbers(t *testing.T) {
	made(t, `create table a (id {{only "sqlite" "integer primary key autoincrement"}}{{only "postgres" "bigint generated always as identity primary key"}},
		next bigint references a (id));`, func(t *testing.T, d *db.DB, folder fs.FS) {
		s, err := shapeOf(t, d, folder)
		if err != nil {
			t.Fatal(err)
		}
		rows := [][]any{{int64(1), int64(7)}, {int64(7), nil}}
		err = d.Bulk(t.Context(), s.Tables, func(b db.Bulk) error {
			return b.Fill(t.Context(), s.Tables[0], func() ([]any, error) {
				if len(rows) == 0 {
					return nil, io.EOF
				}
				row := rows[0]
				rows = rows[1:]
				return row, nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Sound(t.Context()); err != nil {
			t.Error(err)
		}
		exec(t, d, `insert into a (next) values (7)`)
		n := 0
		if err := d.QueryRow(t.Context(), `select max(id) from a`).Scan(&n); err != nil || n != 8 {
			t.Errorf("the next number is %d, %v", n, err)
		}
	})
}
