package backups

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/asye/internal/proof"
)

// lost is what came of killing everything while the log was shipped.
type lost struct {
	rounds, wrong, steps int
	worst                time.Duration // between the first step that was lost and the end
	first                error
}

// mostLost is what may be lost with the machine.
const mostLost = time.Minute

// wipe ships to a place while a chain grows, kills everything at once, and
// restores from the place alone.
func wipe(t *testing.T, program, to string, n int, environ ...string) lost {
	t.Helper()
	w := newWorld(t, program, "")
	w.database = filepath.Join(w.dir, "asye.db")
	w.must("migrate")
	w.environ = append(environ, "ASYE_BACKUP_KEY="+w.public, "ASYE_SHIP_TO="+to)
	var out lost
	at := 0
	for i := range n {
		at = out.round(t, w, to, i, at)
	}
	out.steps = at
	return out
}

func (out *lost) round(t *testing.T, w *world, to string, i, from int) int {
	t.Helper()
	out.rounds++
	killAll := w.serveGroup()
	d := opened(t, w.database)
	times := &acks{}
	l := goOn(t, d, from)
	stopped := times.watch(l)
	time.Sleep(6*time.Second + time.Duration(rand.Int64N(int64(5*time.Second))))
	killAll()
	end := time.Now()
	stopped()
	last := l.end(t)
	d.Close()
	there := *w
	there.database = filepath.Join(w.dir, fmt.Sprintf("restored-%d.db", i))
	status, said := there.run("restore", to, "--identity", w.mine)
	if status != 0 {
		out.bad(fmt.Errorf("the restore ends with %d: %s", status, said))
		return last
	}
	back := opened(t, there.database)
	defer back.Close()
	n, err := state(back)
	if err == nil {
		err = back.Sound(t.Context())
	}
	if err != nil {
		out.bad(err)
		return last
	}
	if behind := times.since(n+1, end); behind > out.worst {
		out.worst = behind
	}
	os.Remove(there.database)
	return last
}

func (out *lost) bad(err error) {
	out.wrong++
	out.first = errors.Join(out.first, err)
}

// acks remembers when each step was committed.
type acks struct {
	mu sync.Mutex
	at map[int]time.Time
}

func (a *acks) watch(l *load) (stop func()) {
	a.at = map[int]time.Time{}
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
			a.mu.Lock()
			if n := int(l.acked.Load()); a.at[n].IsZero() {
				a.at[n] = time.Now()
			}
			a.mu.Unlock()
		}
	}()
	return func() { close(done) }
}

// since is how long before the end a step was committed; nothing for one that
// was not.
func (a *acks) since(n int, end time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	first := end
	for step, at := range a.at {
		if step >= n && at.Before(first) {
			first = at
		}
	}
	return end.Sub(first)
}

// serveGroup starts the service in a group of its own, and gives what kills all
// of it at once, as the loss of the machine does.
func (w *world) serveGroup() (kill func()) {
	w.t.Helper()
	cmd := w.command("serve", "--addr", "127.0.0.1:0")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	dead := false
	kill = func() {
		if !dead {
			dead = true
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			cmd.Wait()
		}
	}
	w.t.Cleanup(kill)
	return kill
}

// TestShip is net-ship, to a folder.
func TestShip(t *testing.T) {
	n, long := rounds(t, 1)
	out := wipe(t, proof.Program(t), filepath.Join(t.TempDir(), "second place"), n)
	judge(t, out, n)
	if !long {
		return
	}
	twin := wipe(t, proof.Twin(t, proof.Edit{File: "internal/platform/shipping/ship.go",
		Old: "if err := s.db.SyncAndWait(ctx); err != nil {", New: "if err := s.db.Sync(ctx); err != nil {"}),
		filepath.Join(t.TempDir(), "twin's place"), 2)
	if twin.wrong == 0 && twin.worst < 4*time.Second {
		t.Errorf("a log that stays on the machine is not noticed: %+v", twin)
	}
	proof.Noticed(t, "./internal/platform/shipping", "^TestBAK11_WhileTheLogBeginsAgain$", proof.Edit{File: "internal/platform/shipping/ship.go",
		Old: "err = anchored(ctx, s.Database, s.Clock, func() error {", New: "err = func(begin func() error) error { return begin() }(func() error {"})
	proof.Keep(t, proof.Result{Net: "ship-folder", Part: proof.NothingLost, Promise: "With the log shipped to a folder, the loss of the machine costs less than a minute",
		Saw: shipped(out), Twin: fmt.Sprintf("A log that is read and stays on the machine: %d of %d rounds restored nothing, at the worst %.0f s lost\n"+
			"A log that can begin again while it is read: noticed by TestBAK11_WhileTheLogBeginsAgain", twin.wrong, twin.rounds, twin.worst.Seconds()),
		Command: fmt.Sprintf("make net-ship ROUNDS=%d", n)})
}

func judge(t *testing.T, out lost, n int) {
	t.Helper()
	if out.wrong > 0 || out.rounds != n || out.worst > mostLost {
		t.Errorf("%d of %d rounds went wrong, %.1f s lost at the worst: %v", out.wrong, out.rounds, out.worst.Seconds(), out.first)
	}
	t.Log(shipped(out))
}

func shipped(out lost) string {
	return fmt.Sprintf("%d times everything was killed under load, %d writes in all: each restored to exactly one committed state, with the last %.1f s lost at the worst",
		out.rounds, out.steps, out.worst.Seconds())
}
