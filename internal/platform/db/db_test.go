package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var system = tenant.System("test")

func line(what string) db.Line { return db.Line{What: what, Kind: "test", ID: "1"} }

func TestWriteNeedsAnAuditLine(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Write(ctx, system, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into form_tokens (token, spent_at) values ('a', $1)`, tx.Now())
			return err
		})
		if err == nil {
			t.Fatal("a change without an audit line was kept")
		}
		if n := count(t, d, "form_tokens"); n != 0 {
			t.Errorf("%d rows kept, want none", n)
		}
	})
}

func TestAuditSaysWhoWhatAndWhen(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Write(ctx, system.In("org"), func(tx *db.Tx) error {
			l := line("test.changed")
			l.Before, l.After, l.On = map[string]int{"n": 1}, map[string]int{"n": 2}, asye.MustDate("2026-09-01")
			return tx.Audit(ctx, system.In("org"), l)
		})
		if err != nil {
			t.Fatal(err)
		}
		var actor, org string
		var at asye.Instant
		var on asye.Date
		var text lines.Text
		err = d.QueryRow(ctx, `select id, actor_kind, org_id, before, recorded_at, effective_on, reason from audit_lines`).
			Scan(&text.ID, &actor, &org, &text.Before, &at, &on, &text.Reason)
		if err == nil {
			err = d.Unseal(ctx, &text)
		}
		if err != nil {
			t.Fatal(err)
		}
		if actor != "system" || org != "org" || text.Reason != "test" || on.ISO() != "2026-09-01" ||
			!at.Time().Equal(dbtest.Start) || string(text.Before) != `{"n":1}` {
			t.Errorf("got %s %s %+v %s %s", actor, org, text, at, on)
		}
	})
}

func TestFormHasOneEffect(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		work := func(tx *db.Tx) error { return tx.Audit(ctx, system, line("test.done")) }
		failing := func(*db.Tx) error { return errors.New("no") }
		scope := func() tenant.Scope { return system.WithForm(&tenant.Form{Token: "once"}) }
		if err := d.Write(ctx, scope(), failing); err == nil {
			t.Fatal("want the failure")
		}
		first := scope()
		for range 2 { // one submission may need two transactions
			if err := d.Write(ctx, first, work); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Write(ctx, scope(), work); !errors.Is(err, db.ErrRepeated) {
			t.Errorf("second submission: %v, want ErrRepeated", err)
		}
		if n := count(t, d, "audit_lines"); n != 2 {
			t.Errorf("%d audit lines, want 2", n)
		}
		if err := d.FormResult(ctx, "once", "/done"); err != nil {
			t.Fatal(err)
		}
		if got, err := d.FormLocation(ctx, "once"); got != "/done" || err != nil {
			t.Errorf("FormLocation = %q, %v", got, err)
		}
	})
}

func TestDatabaseRefusesOverlaps(t *testing.T) {
	const insert = `insert into employments (id, person_id, org_id, starts_on, ends_on) values ($1, 'p', 'o', $2, $3)`
	at := asye.MustDate
	tests := []struct {
		name       string
		start, end asye.Date
		want       error
	}{
		{"touching before", at("2025-01-01"), at("2026-01-01"), nil},
		{"touching after", at("2026-06-01"), asye.Date{}, nil},
		{"one day over", at("2025-01-01"), at("2026-01-02"), db.ErrOverlap},
		{"within", at("2026-02-01"), at("2026-03-01"), db.ErrOverlap},
		{"around", at("2025-01-01"), at("2027-01-01"), db.ErrOverlap},
		{"open and early", at("2025-01-01"), asye.Date{}, db.ErrOverlap},
		{"backwards", at("2025-02-01"), at("2025-01-01"), db.ErrBroken},
	}
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				err := d.Keep(ctx, func(tx *db.Tx) error {
					seed(t, tx)
					if _, err := tx.Exec(ctx, insert, "first", at("2026-01-01"), at("2026-06-01")); err != nil {
						return err
					}
					_, err := tx.Exec(ctx, insert, "second", tt.start, tt.end)
					if err == nil {
						return errUndo
					}
					return err
				})
				if tt.want == nil && !errors.Is(err, errUndo) || tt.want != nil && !errors.Is(err, tt.want) {
					t.Errorf("got %v, want %v", err, tt.want)
				}
			})
		}
	})
}

func TestDatabaseRefusesSecondOpenPeriod(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Keep(ctx, func(tx *db.Tx) error {
			seed(t, tx)
			_, err := tx.Exec(ctx, `insert into employments (id, person_id, org_id, starts_on)
				values ('a', 'p', 'o', '2026-01-01'), ('b', 'p', 'o', '2027-01-01')`)
			return err
		})
		if !errors.Is(err, db.ErrOverlap) && !errors.Is(err, db.ErrDuplicate) {
			t.Errorf("two open periods: %v", err)
		}
	})
}

func TestWritersWaitForEachOther(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		failed := make(chan error, 40)
		for range 40 {
			go func() {
				failed <- d.Write(ctx, system, func(tx *db.Tx) error { return tx.Audit(ctx, system, line("test.done")) })
			}()
		}
		for range 40 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		if n := count(t, d, "audit_lines"); n != 40 {
			t.Errorf("%d lines, want 40", n)
		}
	})
}

func TestReadersCannotWriteOnSQLite(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	rows, err := d.Query(context.Background(), `insert into form_tokens (token, spent_at) values ('x', 'y') returning token`)
	if err == nil {
		for rows.Next() {
		}
		err = rows.Err()
		rows.Close()
	}
	if err == nil {
		t.Error("a reading connection wrote")
	}
}

func TestMigrateTwice(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ran, err := d.Migrate(context.Background(), schema.All()...)
		if err != nil || len(ran) != 0 {
			t.Errorf("second run: %v, %v", ran, err)
		}
		if s, err := d.Standing(context.Background(), schema.All()...); len(s.Pending) != 0 || err != nil {
			t.Errorf("pending: %v, %v", s.Pending, err)
		}
	})
}

// TestOnlyItsOwnerReadsANewDatabase: neither the file nor what SQLite puts beside
// it can be read by anybody else on the machine.
func TestOnlyItsOwnerReadsANewDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "asye.db")
	d, err := db.Open(t.Context(), path, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if open := info.Mode().Perm() & 0o077; open != 0 {
			t.Errorf("%s has the permissions %s", filepath.Base(name), info.Mode())
		}
	}
}

func TestOpenRefusesWhatIsNotADatabase(t *testing.T) {
	for _, address := range []string{t.TempDir(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"} {
		if d, err := db.Open(context.Background(), address, clock.Real()); err == nil {
			d.Close()
			t.Errorf("%s was opened", address)
		}
	}
}

var errUndo = errors.New("undo")

func seed(t *testing.T, tx *db.Tx) {
	t.Helper()
	for _, statement := range []string{
		`insert into organisations (id, code, name, type, opened_on, search_text) values ('o', '1', 'O', 'nhs', '2000-01-01', 'o')`,
		`insert into people (id, given_name, family_name, sort_name, search_text, created_at) values ('p', 'A', 'B', 'b', 'b', '2026-01-01T00:00:00Z')`,
		`insert into nqsws (person_id) values ('p')`,
	} {
		if _, err := tx.Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

func count(t *testing.T, d *db.DB, table string) int {
	t.Helper()
	var n int
	if err := d.QueryRow(context.Background(), "select count(*) from "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Our statements are short: they are not worth compiling.
func TestPostgresDoesNotCompileStatements(t *testing.T) {
	d := dbtest.OpenPostgres(t, schema.All())
	var jit string
	if err := d.QueryRow(context.Background(), "select current_setting('jit')").Scan(&jit); err != nil || jit != "off" {
		t.Errorf("jit is %q, %v; want off", jit, err)
	}
}
