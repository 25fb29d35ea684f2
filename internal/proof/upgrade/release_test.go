package upgrade

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/schema"
	"example.org/asye/internal/schema/schematest"
)

// TestRUN6_EveryReleaseComesUpToDate: each database that was kept of a release
// becomes what a new one is, keeps every row, and is served.
func TestRUN6_EveryReleaseComesUpToDate(t *testing.T) {
	kept, err := filepath.Glob("testdata/*/" + keptSQLite)
	if err != nil || len(kept) == 0 {
		t.Fatalf("no release is kept: run make fixture name=… (%v)", err)
	}
	program := ""
	if !testing.Short() {
		program = proof.Program(t)
	}
	for _, file := range kept {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			for engine, address := range map[string]func(*testing.T, string) string{"sqlite": restoreSQLite, "postgres": restorePostgres} {
				t.Run(engine, func(t *testing.T) { comesUp(t, program, address(t, filepath.Dir(file))) })
			}
		})
	}
}

func restoreSQLite(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "asye.db")
	must(t, os.WriteFile(path, unpack(t, filepath.Join(dir, keptSQLite)), 0o600))
	return path
}

func restorePostgres(t *testing.T, dir string) string {
	t.Helper()
	address := dbtest.EmptyPostgres(t)
	pool, err := sql.Open("pgx", address+"&default_query_exec_mode=simple_protocol")
	must(t, err)
	defer pool.Close()
	_, err = pool.ExecContext(t.Context(), string(unpack(t, filepath.Join(dir, keptPostgres))))
	must(t, err)
	return address
}

// comesUp brings a database up to date, and has it served where there is a
// program.
func comesUp(t *testing.T, program, address string) {
	t.Helper()
	d := open(t, address)
	before := rows(t, d)
	if before["enrolments"] == 0 || before["audit_lines"] == 0 || before["sessions"] == 0 {
		t.Fatalf("there is nothing in it: %v", before)
	}
	if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	after := rows(t, d)
	for table, n := range before {
		if after[table] < n {
			t.Errorf("the table %s had %d rows, and has %d", table, n, after[table])
		}
	}
	fresh := open(t, newLike(t, d))
	if _, err := fresh.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	if schematest.Dump(t, d) != schematest.Dump(t, fresh) {
		t.Error("its schema is not that of a new database")
	}
	if program == "" {
		return
	}
	p := start(t, program, address)
	b, err := service.SignIn(t.Context(), d, p.Base, coordinator)
	must(t, err)
	page, err := b.Get(t.Context(), "/registrations")
	if err != nil || page.Status != 200 || !strings.Contains(page.Body, "/registrations/") {
		t.Errorf("the list of NQSWs: %d, %v", page.Status, err)
	}
}

// newLike is the address of an empty database of the same engine.
func newLike(t *testing.T, d *db.DB) string {
	t.Helper()
	if d.Dialect() == db.Postgres {
		return dbtest.EmptyPostgres(t)
	}
	return filepath.Join(t.TempDir(), "new.db")
}

// rows counts the rows of every table.
func rows(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	names := `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'goose_%'`
	if d.Dialect() == db.Postgres {
		names = `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'goose_%'`
	}
	out := map[string]int{}
	for _, row := range schematest.Rows(t, d, names, 1) {
		n := 0
		must(t, d.QueryRow(t.Context(), `select count(*) from `+row[0]).Scan(&n))
		out[row[0]] = n
	}
	return out
}
