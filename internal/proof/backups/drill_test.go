package backups

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/proof"
)

func hash(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16] }

// drills are what came of backing up and restoring under load.
type drills struct {
	done, wrong  int
	steps        int
	span         time.Duration // of the load
	slowest      time.Duration // backup
	restore      time.Duration // the slowest
	byTheService int
	first        error // that was found wrong
	seen         []seen
}

// seen is what a restored database held, table by table.
type seen struct {
	file   string
	tables map[string]string
}

// size is what there is in the database before the load begins.
type size int

const (
	little size = iota // the schema alone
	whole              // the example service
)

// drill makes backups while the service runs and a chain grows, and restores
// each into an empty place, on each engine in turn.
func drill(t *testing.T, program string, on engine, n int, size size) drills {
	t.Helper()
	w := newWorld(t, program, on.empty(t))
	if size == whole {
		w.example()
	} else {
		w.must("migrate")
	}
	w.environ = []string{"ASYE_BACKUP_TO=" + w.folder, "ASYE_BACKUP_KEY=" + w.public, "ASYE_BACKUP_EVERY=20s", "ASYE_BACKUP_ALARM=10m"}
	// The service makes a backup as soon as it starts: by then there is a step.
	d := opened(t, w.database)
	grow(t, d, 0, 1)
	defer w.serve()()
	still := digests(t, d)
	began := time.Now()
	l := goOn(t, d, 1)
	for l.acked.Load() < 20 {
		time.Sleep(10 * time.Millisecond)
	}
	var out drills
	for i := range n {
		file := filepath.Join(w.dir, fmt.Sprintf("drill-%d.age", i))
		from, start := l.acked.Load(), time.Now()
		w.must("backup", "--to", file, "--key", w.public)
		out.slowest = max(out.slowest, time.Since(start))
		to := l.begun.Load()
		out.look(t, w, engines()[i%len(engines())], file, int(from), int(to))
	}
	files, _ := filepath.Glob(filepath.Join(w.folder, "asye-*.age"))
	for _, file := range files[:min(len(files), 3)] {
		out.byTheService++
		out.look(t, w, on, file, 1, int(l.begun.Load()))
	}
	out.steps, out.span = l.end(t), time.Since(began)
	out.unchanged(still, digests(t, d))
	return out
}

// and is both together.
func (out drills) and(more drills) drills {
	return drills{out.done + more.done, out.wrong + more.wrong, out.steps + more.steps, out.span + more.span, max(out.slowest, more.slowest),
		max(out.restore, more.restore), out.byTheService + more.byTheService, errors.Join(out.first, more.first), nil}
}

// look restores one backup and says what it is.
func (out *drills) look(t *testing.T, w *world, into engine, file string, from, to int) {
	t.Helper()
	out.done++
	there := *w
	there.database, there.environ = into.empty(t), nil
	start := time.Now()
	there.must("restore", file, "--identity", w.mine)
	out.restore = max(out.restore, time.Since(start))
	d := opened(t, there.database)
	defer d.Close()
	n, err := state(d)
	if err == nil && (n < from || n > to) {
		err = fmt.Errorf("it stands at step %d, which was not between %d and %d", n, from, to)
	}
	if err != nil {
		out.bad(fmt.Errorf("%s: %w", filepath.Base(file), err))
	}
	out.seen = append(out.seen, seen{filepath.Base(file), digests(t, d)})
}

func (out *drills) bad(err error) {
	out.wrong++
	if out.first == nil {
		out.first = err
	}
}

// written are the tables that a restore itself writes to.
var written = map[string]bool{"audit_lines": true, "sessions": true, "sign_in_links": true, "person_keys": true}

// unchanged holds every table that nobody wrote to while the drills went on
// against what it was.
func (out *drills) unchanged(before, after map[string]string) {
	for name, one := range before {
		if after[name] != one || written[name] || strings.HasPrefix(name, "audit_") {
			continue
		}
		for _, s := range out.seen {
			if s.tables[name] != one {
				out.bad(fmt.Errorf("%s: the table %s was %s and is %s", s.file, name, one, s.tables[name]))
			}
		}
	}
}

// TestDrill is net-backup.
func TestDrill(t *testing.T) {
	n, long := rounds(t, 2)
	program := proof.Program(t)
	for _, on := range engines() {
		if !long && on.name == "postgres" {
			continue // the long form has it
		}
		t.Run(on.name, func(t *testing.T) {
			big := 0
			if long {
				big = max(1, n/10)
			}
			out := drill(t, program, on, n-big, little)
			if big > 0 {
				out = out.and(drill(t, program, on, big, whole))
			}
			if out.wrong > 0 || out.done < n {
				t.Errorf("%d of %d drills went wrong; the first: %v", out.wrong, out.done, out.first)
			}
			saw := fmt.Sprintf("%d drills, %d of them of the example service and %d of backups that the service made by itself, with %.0f writes a second (%d in all): each restored to exactly one committed state, "+
				"on SQLite and PostgreSQL in turn. The slowest backup took %.1f s, the slowest restore %.1f s",
				out.done, big, out.byTheService, float64(out.steps)/out.span.Seconds(), out.steps, out.slowest.Seconds(), out.restore.Seconds())
			if !long {
				t.Log(saw)
				return
			}
			twin := drill(t, proof.Twin(t, torn), on, 3, whole)
			if twin.wrong == 0 {
				t.Error("a backup that is read without a snapshot is taken for one state")
			}
			proof.Keep(t, proof.Result{Net: "backup-" + on.name, Part: proof.NothingLost, Promise: "Every backup made under load restores to exactly one committed state (" + on.name + ")",
				Saw:     saw,
				Twin:    fmt.Sprintf("Reading the tables one after the other, without a snapshot: %d of %d drills were no state at all (%v)", twin.wrong, twin.done, twin.first),
				Command: fmt.Sprintf("make net-backup ROUNDS=%d", n)})
		})
	}
}

// torn reads each table as it stands when its turn comes.
var torn = proof.Edit{File: "internal/platform/db/bulk.go",
	Old: "rows, err := tx.tx.QueryContext(ctx, tx.selectAll(t))",
	// A database that is being built has one connection, which the snapshot has.
	New: "read := tx.tx.QueryContext\n\tif tx.db.read.Stats().MaxOpenConnections != 1 {\n\t\tread = tx.db.read.QueryContext\n\t}\n\trows, err := read(ctx, tx.selectAll(t))"}
