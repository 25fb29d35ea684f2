package backups

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/proof"
)

// The old database and the backup stand at these steps of one chain.
const (
	oldStep = 60
	newStep = 40
)

// killed is what was found after restores that were killed.
type killed struct {
	rounds, old, new, neither int
	first                     error
}

// wreck restores over an old database again and again, kills the program at
// random, and looks at what is there.
func wreck(t *testing.T, program string, on engine, n int) killed {
	t.Helper()
	w := newWorld(t, program, on.empty(t))
	w.must("migrate")
	d := opened(t, w.database)
	file := filepath.Join(w.dir, "new.age")
	grow(t, d, 0, newStep)
	w.must("backup", "--to", file, "--key", w.public)
	grow(t, d, newStep, oldStep)
	d.Close()
	back := keepAside(t, w)
	took := time.Hour
	for range 3 {
		back()
		took = min(took, w.time("restore", file, "--identity", w.mine))
	}
	var out killed
	for range n {
		back()
		out.rounds++
		w.kill(took, "restore", file, "--identity", w.mine)
		out.look(w)
		if out.rounds%10 == 0 { // what was left does not stand in the way of the next
			if status, said := w.run("restore", file, "--identity", w.mine); status != 0 {
				out.wrong(fmt.Errorf("the next restore ends with %d: %s", status, said))
			}
		}
	}
	return out
}

func grow(t *testing.T, d *db.DB, from, to int) {
	t.Helper()
	for n := from + 1; n <= to; n++ {
		if err := step(t.Context(), d, n); err != nil {
			t.Fatal(err)
		}
	}
}

// keepAside copies the old database, and gives what puts it back.
func keepAside(t *testing.T, w *world) func() {
	t.Helper()
	if db.IsPostgres(w.database) {
		return keepSchema(t, w)
	}
	d := opened(t, w.database)
	if err := d.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Close()
	aside := filepath.Join(w.dir, "aside.db")
	copyFile(t, aside, w.database)
	return func() {
		all, _ := filepath.Glob(w.database + "*")
		for _, name := range all {
			os.RemoveAll(name)
		}
		copyFile(t, w.database, aside)
	}
}

// keepSchema keeps the old database in a backup of its own, which is restored
// for each round.
func keepSchema(t *testing.T, w *world) func() {
	t.Helper()
	aside := filepath.Join(w.dir, "aside.age")
	w.must("backup", "--to", aside, "--key", w.public)
	return func() {
		d := opened(t, w.database)
		n, err := state(d)
		d.Close()
		if err != nil || n != oldStep {
			w.must("restore", aside, "--identity", w.mine)
		}
	}
}

func copyFile(t *testing.T, to, from string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// time is how long a command takes; a twin's may fail.
func (w *world) time(args ...string) time.Duration {
	w.t.Helper()
	start := time.Now()
	w.run(args...)
	return time.Since(start)
}

// kill runs a command and kills it: half of the times at any moment, half as
// near to the swap as can be seen from outside.
func (w *world) kill(took time.Duration, args ...string) {
	w.t.Helper()
	cmd := w.command(args...)
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	wait := time.Duration(rand.Int64N(int64(took) * 11 / 10))
	if db.IsPostgres(w.database) && rand.IntN(2) == 0 {
		wait = took*4/5 + time.Duration(rand.Int64N(int64(took)*2/5)) // nothing can be seen of the swap from outside
	}
	timer := time.After(wait)
	seen := false
	near := rand.IntN(2) == 0 && !db.IsPostgres(w.database)
	for {
		select {
		case <-ended:
			return
		case <-timer:
			if !near {
				cmd.Process.Signal(syscall.SIGKILL)
				<-ended
				return
			}
		default:
		}
		if near && w.swapping(&seen) {
			time.Sleep(time.Duration(rand.Int64N(int64(took) / 20)))
			cmd.Process.Signal(syscall.SIGKILL)
			<-ended
			return
		}
		time.Sleep(50 * time.Microsecond)
	}
}

// swapping reports that the log of the new file has been there and is gone: the
// swap comes next. seen remembers that it was there.
func (w *world) swapping(seen *bool) bool {
	_, err := os.Stat(w.database + ".restoring-wal")
	*seen = *seen || err == nil
	names, _ := filepath.Glob(w.database + ".before-*")
	return *seen && err != nil || len(names) > 0
}

// look says whether the database is the old one or the new one.
func (k *killed) look(w *world) {
	w.t.Helper()
	d, err := db.OpenExisting(w.t.Context(), w.database, clock.Real())
	if err != nil {
		k.wrong(err)
		return
	}
	defer d.Close()
	n, err := state(d)
	if err == nil {
		err = d.Sound(w.t.Context())
	}
	switch {
	case err != nil:
		k.wrong(err)
	case n == oldStep:
		k.old++
	case n == newStep:
		k.new++
	default:
		k.wrong(fmt.Errorf("it stands at step %d", n))
	}
	if names, _ := filepath.Glob(w.database + ".before-*"); !db.IsPostgres(w.database) && n == newStep && len(names) != 1 {
		k.wrong(fmt.Errorf("the new database is there and the old one is kept as %v", names))
	}
}

func (k *killed) wrong(err error) {
	k.neither++
	if k.first == nil {
		k.first = err
	}
}

// TestRestoreKilled is net-restore-kill.
func TestRestoreKilled(t *testing.T) {
	n, long := rounds(t, 5)
	program := proof.Program(t)
	for _, on := range engines() {
		t.Run(on.name, func(t *testing.T) {
			if !long && on.name == "postgres" {
				n = 2
			}
			out := wreck(t, program, on, n)
			if out.neither > 0 || out.rounds != n {
				t.Errorf("%d of %d left neither; the first: %v", out.neither, out.rounds, out.first)
			}
			saw := fmt.Sprintf("%d restores killed at random, half of them about the moment of the swap: %d left the old database whole, %d the new one, 0 neither", out.rounds, out.old, out.new)
			if !long {
				t.Log(saw)
				return
			}
			proof.Keep(t, proof.Result{Net: "restore-kill-" + on.name, Part: proof.NothingLost,
				Promise: "A restore that is killed leaves the old database or the new one (" + on.name + ")", Saw: saw,
				Twin: twins(t, on), Command: fmt.Sprintf("make net-restore-kill ROUNDS=%d", n)})
		})
	}
}

// twins are the program with mistakes that the net must notice.
func twins(t *testing.T, on engine) string {
	t.Helper()
	early := wreck(t, proof.Twin(t, takenAway(on)), on, 10)
	if early.neither == 0 {
		t.Error("a restore that takes the old database away first is not noticed")
	}
	return fmt.Sprintf("Taking the old database away before the new one is built: %d of %d rounds left neither (%v)\n%s", early.neither, early.rounds, early.first, unproved(t, on))
}

// takenAway takes the old database away when the new one is begun.
func takenAway(on engine) proof.Edit {
	if on.name == "postgres" {
		return proof.Edit{File: "internal/platform/db/beside_postgres.go",
			Old: "if _, err := b.old.write.ExecContext(ctx, \"create schema \"+quoted(b.fresh)); err != nil {",
			New: "if _, err := b.old.write.ExecContext(ctx, \"drop table if exists turns cascade; create schema \"+quoted(b.fresh)); err != nil {"}
	}
	return proof.Edit{File: "internal/platform/db/beside_sqlite.go",
		Old: "f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)",
		New: "os.Remove(b.path)\n\tf, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)"}
}

// unproved lets the loader lose rows. The program must find that and leave the
// old database; the one that swaps before it has looked does not.
func unproved(t *testing.T, on engine) string {
	t.Helper()
	loses := proof.Edit{File: "internal/platform/archive/store_load.go",
		Old: "row, err := r.Row()\n\t\tif err != nil || to == db.SQLite {",
		New: "row, err := r.Row()\n\t\tif err == nil && t.Name == \"audit_lines\" && r.sum.rows%7 == 0 {\n\t\t\trow, err = r.Row()\n\t\t}\n\t\tif err != nil || to == db.SQLite {"}
	unlooked := proof.Edit{File: "internal/platform/archive/store_load.go",
		Old: "return said, Prove(ctx, d, said, folders...)", New: "return said, nil"}
	look := func(program string) (int, string, killed) {
		w := newWorld(t, program, on.empty(t))
		w.must("migrate")
		d := opened(t, w.database)
		file := filepath.Join(w.dir, "new.age")
		grow(t, d, 0, newStep)
		w.must("backup", "--to", file, "--key", w.public)
		grow(t, d, newStep, oldStep)
		d.Close()
		status, said := w.run("restore", file, "--identity", w.mine)
		var k killed
		k.look(w)
		return status, said, k
	}
	status, said, k := look(proof.Twin(t, loses))
	if status == 0 || k.old != 1 || !strings.Contains(said, "is not as it was") {
		t.Errorf("a loader that loses rows ends with %d, and leaves %+v:\n%s", status, k, said)
	}
	status, _, k = look(proof.Twin(t, loses, unlooked))
	if status != 0 || k.neither != 1 {
		t.Errorf("one that swaps before it has looked ends with %d, and leaves %+v", status, k)
	}
	return fmt.Sprintf("A loader that loses rows: refused by the proof, the old database stays. The same with the swap before the proof: what is there is neither (%v)", k.first)
}
