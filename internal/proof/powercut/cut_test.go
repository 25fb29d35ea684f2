package powercut

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/proof/postgres"
	"example.org/asye/internal/schema"
)

// inTwin is set while the net runs against a mistake.
const inTwin = "ASYE_POWERCUT_TWIN"

// aLife is how many cuts one database lives through.
const aLife = 20

// life is one database on one disk.
type life struct {
	t            *testing.T
	disk         *disk
	server       *postgres.Server // nil for SQLite
	acknowledged map[int]bool
	highest      int
}

// saw is what all rounds together saw.
type saw struct {
	rounds, acknowledged int
	lost, half           []string
}

func (s saw) String() string {
	return fmt.Sprintf("%d power cuts, %d changes acknowledged: %d lost, %d half-done or damaged", s.rounds, s.acknowledged, len(s.lost), len(s.half))
}

func (s saw) clean() bool { return len(s.lost)+len(s.half) == 0 }

// campaign cuts the power so often, or until something is lost.
func campaign(t *testing.T, rounds int, dialect db.Dialect) saw {
	t.Helper()
	var all saw
	for all.rounds < rounds && all.clean() {
		l := &life{t: t, acknowledged: map[int]bool{}}
		l.begin(dialect)
		for i := 0; i < aLife && all.rounds < rounds && all.clean(); i++ {
			all.rounds++
			l.round(&all)
		}
		all.acknowledged += len(l.acknowledged)
		l.end()
	}
	return all
}

// begin makes the disk and an empty database on it, and flushes both.
func (l *life) begin(dialect db.Dialect) {
	l.t.Helper()
	l.disk = newDisk(l.t, map[db.Dialect]int{db.SQLite: 128, db.Postgres: 384}[dialect])
	if dialect == db.Postgres {
		var err error
		if l.server, err = postgres.New(l.disk.at); err != nil {
			l.t.Skip(err)
		}
		l.start()
	}
	d, err := db.Open(l.t.Context(), l.address(), clock.Real())
	if err != nil {
		l.t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(l.t.Context(), schema.All()...); err != nil {
		l.t.Fatal(err)
	}
	if err := d.Checkpoint(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	l.disk.run("sync", "-f", l.disk.at)
}

func (l *life) start() {
	l.t.Helper()
	if err := l.server.Start(); err != nil {
		l.t.Fatal(err)
	}
}

func (l *life) address() string {
	if l.server != nil {
		return l.server.Address("postgres")
	}
	return filepath.Join(l.disk.at, "asye.db")
}

// round writes for a while, cuts the power, and looks.
func (l *life) round(all *saw) {
	l.t.Helper()
	w := newWriter(l.t, l.address(), l.highest+1)
	time.Sleep(time.Duration(100+rand.IntN(900)) * time.Millisecond)
	if l.server != nil {
		l.server.Kill()
	}
	for _, n := range w.kill() {
		l.acknowledged[n] = true
		l.highest = max(l.highest, n)
	}
	l.disk.cut()
	if l.server != nil {
		var err error
		if l.server, err = postgres.In(l.disk.at); err != nil {
			l.t.Fatal(err)
		}
		l.start()
	}
	if err := l.look(all); err != nil {
		all.half = append(all.half, err.Error())
	}
}

// end lets go of the disk.
func (l *life) end() {
	if l.server != nil {
		l.server.Kill()
	}
	l.disk.remove()
}

// look compares what is there with what was acknowledged.
func (l *life) look(all *saw) error {
	ctx := context.Background()
	d, err := db.Open(ctx, l.address(), clock.Real())
	if err != nil {
		return err
	}
	defer d.Close()
	forms, err := numbers(ctx, d, "select substr(token, 5) from form_tokens where token like 'cut-%'")
	if err != nil {
		return err
	}
	lines, err := numbers(ctx, d, "select subject_id from audit_lines where what = 'powercut.changed'")
	if err != nil {
		return err
	}
	for n := range l.acknowledged {
		if forms[n] == 0 && lines[n] == 0 {
			all.lost = append(all.lost, fmt.Sprintf("change %d", n))
		}
	}
	for n := range forms {
		l.highest = max(l.highest, n)
		if lines[n] != 1 {
			all.half = append(all.half, fmt.Sprintf("form %d has %d lines", n, lines[n]))
		}
	}
	for n := range lines {
		if forms[n] != 1 {
			all.half = append(all.half, fmt.Sprintf("line %d has %d forms", n, forms[n]))
		}
	}
	if l.server != nil {
		return nil
	}
	var found string
	if err := d.QueryRow(ctx, "pragma integrity_check").Scan(&found); err != nil || found != "ok" {
		all.half = append(all.half, fmt.Sprintf("integrity_check: %s %v", found, err))
	}
	return nil
}

// numbers counts how often each number is there.
func numbers(ctx context.Context, d *db.DB, query string) (map[int]int, error) {
	rows, err := d.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int]int{}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out[n]++
	}
	return out, rows.Err()
}

// play runs the rounds and fails the test unless all is there.
func play(t *testing.T, dialect db.Dialect) saw {
	t.Helper()
	if testing.Short() {
		t.Skip("mounts file systems and cuts their power")
	}
	few := 3
	if os.Getenv(inTwin) != "" {
		few = 40
		t.Setenv("ROUNDS", "")
	}
	began := time.Now()
	s := campaign(t, proof.Rounds(t, few), dialect)
	t.Logf("%s: %s, in %s", dialect, s, time.Since(began).Round(time.Millisecond))
	if !s.clean() {
		slices.Sort(s.lost)
		t.Errorf("%d were lost, such as %v; half-done: %v", len(s.lost), s.lost[:min(5, len(s.lost))], s.half)
	}
	if s.acknowledged < s.rounds {
		t.Error("the writer wrote too little to prove anything")
	}
	return s
}

// keep notes what was seen, and what the twin lost.
func keep(t *testing.T, dialect db.Dialect, s saw, mistake string, edits ...proof.Edit) {
	t.Helper()
	if os.Getenv("ROUNDS") == "" || os.Getenv(inTwin) != "" {
		return
	}
	t.Setenv(inTwin, "yes")
	said := proof.Noticed(t, "./internal/proof/powercut", t.Name(), edits...)
	lost := ""
	for line := range strings.Lines(said) {
		if _, text, ok := strings.Cut(line, string(dialect)+": "); ok && strings.Contains(line, " lost") {
			lost = strings.TrimSpace(text)
		}
	}
	if lost == "" || strings.Contains(lost, " 0 lost") {
		t.Fatalf("the twin failed, but not by losing anything:\n%s", said)
	}
	proof.Keep(t, proof.Result{Net: "power-cut-" + string(dialect), Part: proof.NothingLost,
		Promise: fmt.Sprintf("What has been acknowledged is kept when the power fails (%s).", map[db.Dialect]string{db.SQLite: "SQLite", db.Postgres: "PostgreSQL"}[dialect]),
		Saw:     s.String(), Twin: fmt.Sprintf("%s: %s", mistake, lost), Command: fmt.Sprintf("make net-power-cut ROUNDS=%d", s.rounds)})
}

func TestDUR3_PowerCutSQLite(t *testing.T) {
	s := play(t, db.SQLite)
	keep(t, db.SQLite, s, "synchronous=normal, and a log that is not folded into the file",
		proof.Edit{File: "internal/platform/db/engine/sqlite.go", Old: `{"synchronous", "full", "2"}`, New: `{"synchronous", "normal", "1"}`},
		proof.Edit{File: "internal/platform/db/engine/sqlite.go", Old: `{"wal_autocheckpoint", "1000", "1000"}`, New: `{"wal_autocheckpoint", "0", "0"}`})
}

func TestDUR3_PowerCutPostgres(t *testing.T) {
	s := play(t, db.Postgres)
	keep(t, db.Postgres, s, "synchronous_commit=off",
		proof.Edit{File: "internal/platform/db/engine/postgres.go", Old: `current_setting('synchronous_commit'), false)`, New: `'off', false)`},
		proof.Edit{File: "internal/platform/db/engine/postgres.go", Old: `case p.commit == "off":`, New: `case p.commit == "never":`})
}
