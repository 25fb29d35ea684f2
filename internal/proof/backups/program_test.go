package backups

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
)

// rounds is how often a net is cast: ROUNDS where make says so.
func rounds(t *testing.T, short int) (n int, long bool) {
	t.Helper()
	if text := os.Getenv("ROUNDS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return n, true
	}
	if testing.Short() {
		t.Skip("the nets are left out of quick runs")
	}
	return short, false
}

// world is where the program runs: a key, a folder for backups, and a folder for
// temporary files of its own.
type world struct {
	t                               *testing.T
	asye                            string // the program
	database                        string
	dir, folder, temp, public, mine string
	environ                         []string
}

func newWorld(t *testing.T, program, database string) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{t: t, asye: program, database: database, dir: dir, folder: filepath.Join(dir, "backups"), temp: filepath.Join(dir, "temp"), mine: filepath.Join(dir, "key.txt")}
	for _, one := range []string{w.folder, w.temp} {
		if err := os.Mkdir(one, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	said := w.must("backup", "key", w.mine)
	w.public = strings.TrimSpace(said[strings.Index(said, "age1"):])
	return w
}

// command is one run of the program, which knows nothing of this test's own
// surroundings.
func (w *world) command(args ...string) *exec.Cmd {
	cmd := exec.Command(w.asye, args...)
	cmd.Dir = w.dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.dir, "TMPDIR=" + w.temp, "ASYE_DATABASE=" + w.database,
		"ASYE_AUDIT_KEY_FILE=" + filepath.Join(w.dir, "audit-key")}, w.environ...)
	return cmd
}

func (w *world) run(args ...string) (status int, said string) {
	w.t.Helper()
	cmd := w.command(args...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		w.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func (w *world) must(args ...string) string {
	w.t.Helper()
	status, said := w.run(args...)
	if status != 0 {
		w.t.Fatalf("asye %s ends with %d:\n%s", strings.Join(args, " "), status, said)
	}
	return said
}

// serve starts the service, and gives what kills it.
func (w *world) serve() (kill func()) {
	w.t.Helper()
	cmd := w.command("serve", "--addr", "127.0.0.1:0")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	ready := make(chan bool, 1)
	go func() {
		one := make([]byte, 4096)
		n, _ := out.Read(one)
		ready <- bytes.Contains(one[:n], []byte("asye is at"))
		for n > 0 {
			n, _ = out.Read(one)
		}
	}()
	select {
	case ok := <-ready:
		if !ok {
			cmd.Process.Kill()
			cmd.Wait()
			w.t.Fatalf("the service does not start:\n%s", &said)
		}
	case <-time.After(time.Minute):
		w.t.Fatal("the service does not start")
	}
	dead := false
	kill = func() {
		if !dead {
			dead = true
			cmd.Process.Kill()
			cmd.Wait()
		}
	}
	w.t.Cleanup(kill)
	return kill
}

// example builds the example service in a place.
func (w *world) example() {
	w.t.Helper()
	w.must("demo", "--no-serve", "--data", w.dir, "--database", w.database)
}

// engine is a kind of place for databases.
type engine struct {
	name  string
	empty func(t *testing.T) string // an address with nothing at it
}

func engines() []engine {
	out := []engine{{"sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "asye.db") }}}
	if dbtest.Server() != "" {
		out = append(out, engine{"postgres", func(t *testing.T) string { return dbtest.EmptyPostgres(t) }})
	}
	return out
}

// digests are what each table holds, in a form of this test's own: it shares
// nothing with the hashes of the program.
func digests(t *testing.T, d *db.DB) map[string]string {
	t.Helper()
	query := `select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'goose%' and name not like '\_litestream%' escape '\'`
	if d.Dialect() == db.Postgres {
		query = `select tablename from pg_tables where schemaname = current_schema() and tablename not like 'goose%'`
	}
	names, err := column(d, query)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range names {
		rows, err := d.Query(context.Background(), `select * from `+name)
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		all, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) { return rowText(rows, columns) })
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(all)
		out[name] = fmt.Sprintf("%d rows: %s", len(all), hash(strings.Join(all, "\n")))
	}
	return out
}

func rowText(rows *sql.Rows, columns []string) (string, error) {
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return "", err
	}
	var out []string
	for i, v := range values {
		out = append(out, columns[i]+"="+text(columns[i], v))
	}
	slices.Sort(out)
	return strings.Join(out, "; "), nil
}

// text is a value as both engines would have it.
func text(column string, v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case bool:
		if v {
			return "1"
		}
		return "0"
	case []byte:
		return text(column, string(v))
	case time.Time:
		if strings.HasSuffix(column, "_on") || column == "date_of_birth" {
			return strconv.Quote(v.Format(time.DateOnly))
		}
		return v.UTC().Format(time.RFC3339Nano)
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return at.UTC().Format(time.RFC3339Nano)
		}
		var any any
		if strings.ContainsAny(v[:min(1, len(v))], "{[") && json.Unmarshal([]byte(v), &any) == nil {
			again, _ := json.Marshal(any)
			return string(again)
		}
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

// differ names the tables that are not the same in both.
func differ(a, b map[string]string) []string {
	var out []string
	for name, one := range a {
		if b[name] != one {
			out = append(out, fmt.Sprintf("%s: %s, %s", name, one, b[name]))
		}
	}
	for name, one := range b {
		if _, ok := a[name]; !ok {
			out = append(out, name+": nothing, "+one)
		}
	}
	slices.Sort(out)
	return out
}
