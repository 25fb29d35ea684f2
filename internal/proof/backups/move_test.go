package backups

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
)

// TestMove is net-move: the example service from SQLite to PostgreSQL and back.
func TestMove(t *testing.T) {
	_, long := rounds(t, 1)
	if dbtest.Server() == "" {
		t.Skip("no PostgreSQL server: make test starts one and sets ASYE_TEST_POSTGRES")
	}
	w := newWorld(t, proof.Program(t), filepath.Join(t.TempDir(), "first.db"))
	if long {
		w.example()
	} else {
		w.must("migrate")
	}
	d := opened(t, w.database)
	grow(t, d, 0, 30)
	first := digests(t, d)
	d.Close()
	server, last := dbtest.EmptyPostgres(t), filepath.Join(w.dir, "last.db")
	said := ""
	from := w.database
	for _, to := range []string{server, last} {
		said = w.must("move", "--from", from, "--to", to)
		d := opened(t, to)
		if left := differ(first, digests(t, d)); len(left) > 0 {
			t.Fatalf("after moving from %s to %s these differ: %v", from, to, left)
		}
		if n, err := state(d); n != 30 || err != nil {
			t.Fatalf("the chain stands at %d, %v", n, err)
		}
		d.Close()
		from = to
		if status, said := w.run("move", "--from", last, "--to", server); status == 0 {
			t.Errorf("over what is there already: %s", said)
		}
	}
	if !long {
		return
	}
	rows := strings.TrimPrefix(strings.SplitN(said, " tables", 2)[0], "Moved: ")
	proof.Keep(t, proof.Result{Net: "move", Part: proof.NothingLost, Promise: "A database that is moved between SQLite and PostgreSQL loses nothing and changes nothing",
		Saw:     "The example service, " + rows + " tables, from SQLite to PostgreSQL and back: every table the same, counted and hashed by the program and again by the net with hashes of its own",
		Twin:    moveTwins(t),
		Command: "make net-move"})
}

// moveTwins are the program with mistakes that must be noticed.
func moveTwins(t *testing.T) string {
	t.Helper()
	proof.Noticed(t, "./internal/platform/archive", "TestBAK4_EveryColumnCounts", proof.Edit{File: "internal/platform/archive/value.go",
		Old: "scratch = scratch[:0]\n\tfor i, c := range columns {", New: "scratch = scratch[:0]\n\tfor i, c := range columns[1:] {\n\t\ti++"})
	coarse := proof.Edit{File: "internal/platform/archive/store_load.go",
		Old: "row[i], err = time.Parse(time.RFC3339Nano, text)", New: "var at time.Time\n\t\t\tat, err = time.Parse(time.RFC3339Nano, text)\n\t\t\trow[i] = at.Truncate(time.Millisecond)"}
	w := newWorld(t, proof.Twin(t, coarse), filepath.Join(t.TempDir(), "first.db"))
	w.must("migrate")
	d := opened(t, w.database)
	grow(t, d, 0, 30)
	d.Close()
	status, said := w.run("move", "--from", w.database, "--to", dbtest.EmptyPostgres(t))
	if status == 0 || !strings.Contains(said, "is not as it was") {
		t.Errorf("instants cut to the millisecond are not noticed: %d, %s", status, said)
	}
	return fmt.Sprintf("A hash that leaves a column out: TestBAK4_EveryColumnCounts fails\nInstants cut to the millisecond on the way: refused (%s)", strings.TrimSpace(said))
}
