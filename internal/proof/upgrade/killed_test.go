package upgrade

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/schema"
	"example.org/asye/internal/schema/schematest"
)

// rounds is how often a migration is killed on each engine: ROUNDS, or a few.
// long tells that somebody asked for it.
func rounds() (n int, long bool) {
	if n, err := strconv.Atoi(os.Getenv("ROUNDS")); err == nil && n > 0 {
		return n, true
	}
	return 5, false
}

// stages are the schema before the first migration, after it, after the second
// and so on, as each engine tells it.
func stages(t *testing.T, address func() string) []string {
	t.Helper()
	var names []string
	texts := map[string]*fstest.MapFile{}
	for _, folder := range schema.All() {
		found, err := fs.Glob(folder, "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			text, err := fs.ReadFile(folder, name)
			if err != nil {
				t.Fatal(err)
			}
			texts[name] = &fstest.MapFile{Data: text}
		}
		names = append(names, found...)
	}
	d := open(t, address())
	out := []string{schematest.Dump(t, d)}
	so := fstest.MapFS{}
	for _, name := range slices.Sorted(slices.Values(names)) {
		so[name] = texts[name]
		if _, err := d.Migrate(t.Context(), so); err != nil {
			t.Fatal(err)
		}
		out = append(out, schematest.Dump(t, d))
	}
	return out
}

// killing is the program killed while it migrates.
type killing struct {
	program string
	address func() string // of an empty database
	stages  []string
	takes   time.Duration // a migration that nobody disturbs
}

// seen counts where the kills hit, and what they left.
type seen struct {
	before, between, done int
	half                  []string
}

func (s seen) String() string {
	return fmt.Sprintf("%d hit before the first migration, %d between the first and the last, %d after; %d left half of one",
		s.before, s.between, s.done, len(s.half))
}

// round kills one migration at a random moment, and looks at what is there.
func (k killing) round(t *testing.T, s *seen) {
	t.Helper()
	database := k.address()
	cmd := migrate(k.program, database)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(rand.Int64N(int64(k.takes))))
	_ = cmd.Process.Kill() // it may have ended
	_ = cmd.Wait()
	d := open(t, database)
	defer d.Close()
	ran, why := k.look(t, d)
	for range 3 { // a server may still be ending what the program had asked for
		if why != "" {
			time.Sleep(300 * time.Millisecond)
			ran, why = k.look(t, d)
		}
	}
	if s.count(ran, len(k.stages)-1); why != "" {
		s.half = append(s.half, why)
	}
	out, err := migrate(k.program, database).CombinedOutput()
	if err != nil {
		s.half = append(s.half, fmt.Sprintf("the next start does not complete it: %s", out))
		return
	}
	authorities := 0
	if err := d.QueryRow(t.Context(), `select count(*) from organisations where type = 'local_authority'`).Scan(&authorities); err != nil {
		t.Fatal(err)
	}
	if schematest.Dump(t, d) != k.stages[len(k.stages)-1] || authorities != 153 {
		s.half = append(s.half, fmt.Sprintf("the next start gives another schema, or %d authorities", authorities))
	}
}

// count notes how many migrations had run when the program was killed.
func (s *seen) count(ran, all int) {
	switch ran {
	case 0:
		s.before++
	case all:
		s.done++
	default:
		s.between++
	}
}

// look compares the schema with what the database says of it: so many
// migrations, whole.
func (k killing) look(t *testing.T, d *db.DB) (ran int, why string) {
	t.Helper()
	standing, err := d.Standing(t.Context(), schema.All()...)
	if err != nil {
		t.Fatal(err)
	}
	ran = len(k.stages) - 1 - len(standing.Pending)
	if schematest.Dump(t, d) != k.stages[ran] {
		return ran, fmt.Sprintf("%d migrations are said to have run, and the schema is another", ran)
	}
	return ran, ""
}

// migrate is the command that brings a database up to date.
func migrate(program, database string) *exec.Cmd {
	cmd := exec.Command(program, "migrate", "--database", database)
	cmd.Env = append(os.Environ(), "ASYE_AUDIT_KEY="+service.AuditKey)
	return cmd
}

// measure migrates once without disturbing it.
func (k *killing) measure(t *testing.T) {
	t.Helper()
	began := time.Now()
	if out, err := migrate(k.program, k.address()).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	k.takes = time.Since(began)
}

func TestRUN5_KilledMigrations(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := proof.Program(t)
	n, long := rounds()
	twin := ""
	if long {
		twin = proof.Twin(t, noTransaction)
	}
	var saw, noticed []string
	addresses := engines(t)
	for _, engine := range slices.Sorted(maps.Keys(addresses)) {
		address := addresses[engine]
		k := killing{program: program, address: address, stages: stages(t, address)}
		k.measure(t)
		var s seen
		for i := range n {
			if i%20 == 19 {
				k.measure(t) // the machine may be busier now
			}
			k.round(t, &s)
		}
		t.Logf("%s: %d kills: %s", engine, n, s)
		for _, half := range s.half {
			t.Error(half)
		}
		saw = append(saw, fmt.Sprintf("%s, %d kills: %s.", engine, n, s))
		if twin != "" {
			noticed = append(noticed, k.notices(t, engine, twin, n))
		}
	}
	if !long {
		return
	}
	proof.Keep(t, proof.Result{Net: "upgrade-killed", Part: proof.NothingLost,
		Promise: "A migration that is killed in the middle leaves nothing of itself, and the next start completes it.",
		Saw:     strings.Join(saw, " "), Twin: strings.Join(noticed, "\n"), Command: fmt.Sprintf("make net-upgrade ROUNDS=%d", n)})
}

// noTransaction is the mistake: the largest migration is no transaction.
var noTransaction = proof.Edit{File: "internal/registration/migrations/2026112207_registration.sql",
	Old: "-- +goose Up\n", New: "-- +goose NO TRANSACTION\n-- +goose Up\n"}

// notices kills the twin until it has left half of a migration.
func (k killing) notices(t *testing.T, engine, twin string, limit int) string {
	t.Helper()
	k.program = twin
	k.measure(t)
	var s seen
	for i := 1; i <= limit; i++ {
		if k.round(t, &s); len(s.half) > 0 {
			return fmt.Sprintf("%s, a migration marked NO TRANSACTION: noticed at kill %d (%s).", engine, i, s.half[0])
		}
	}
	t.Errorf("%s: %d kills do not show that a migration is no transaction", engine, limit)
	return ""
}

// engines give empty databases, one after another.
func engines(t *testing.T) map[string]func() string {
	t.Helper()
	dir, n := t.TempDir(), 0
	out := map[string]func() string{"SQLite": func() string {
		n++
		return filepath.Join(dir, fmt.Sprintf("%d.db", n))
	}}
	if os.Getenv("ASYE_TEST_POSTGRES") != "" {
		out["PostgreSQL"] = func() string { return dbtest.EmptyPostgres(t) }
	}
	return out
}

// open opens a database that may still be in somebody's hands: the server needs
// a moment to see that a program is gone.
func open(t *testing.T, address string) *db.DB {
	t.Helper()
	var last error
	for range 100 {
		d, err := service.Open(context.Background(), address)
		if err == nil {
			t.Cleanup(func() { d.Close() })
			return d
		}
		last = err
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal(errors.Join(errors.New("the database cannot be opened"), last))
	return nil
}
