package powercut

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/proof/service"
)

// These tell the test's own program that it is the writer.
const (
	writes  = "ASYE_POWERCUT_WRITES" // the address of the database
	startAt = "ASYE_POWERCUT_FROM"   // the first number
	abreast = 4                      // changes at the same time
)

func TestMain(m *testing.M) {
	if address := os.Getenv(writes); address != "" {
		from, _ := strconv.Atoi(os.Getenv(startAt))
		if err := write(address, from); err != nil {
			fmt.Println("ended:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// write makes one change after another, each with its form and its line in the
// audit trail, and says which were acknowledged. It ends when it is killed.
func write(address string, from int) error {
	ctx := context.Background()
	d, err := db.Open(ctx, address, clock.Real())
	if err != nil {
		return err
	}
	if err := service.Guard(d); err != nil {
		return err
	}
	fmt.Println("ready")
	failed := make(chan error)
	for i := range abreast {
		go func() {
			for n := from + i; ; n += abreast {
				if err := change(ctx, d, n); err != nil {
					failed <- err
					return
				}
				os.Stdout.WriteString(strconv.Itoa(n) + "\n") // one write, so that no line is cut
			}
		}()
	}
	return <-failed
}

func change(ctx context.Context, d *db.DB, n int) error {
	scope := tenant.System("a net").WithForm(&tenant.Form{Token: "cut-" + strconv.Itoa(n)})
	return d.Write(ctx, scope, func(tx *db.Tx) error {
		return tx.Audit(ctx, scope, db.Line{What: "powercut.changed", Kind: "number", ID: strconv.Itoa(n)})
	})
}

// writer is the writer, running.
type writer struct {
	cmd   *exec.Cmd
	mu    sync.Mutex
	told  []int
	last  string // the last that it said
	ready chan struct{}
	ended chan struct{}
}

// newWriter starts it, and waits until it begins to write.
func newWriter(t *testing.T, address string, from int) *writer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &writer{cmd: exec.Command(self), ready: make(chan struct{}), ended: make(chan struct{})}
	w.cmd.Env = append(os.Environ(), writes+"="+address, startAt+"="+strconv.Itoa(from))
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // a parent-death signal follows the thread that started the child
		err := w.cmd.Start()
		started <- err
		if err == nil {
			w.follow(bufio.NewScanner(out))
		}
	}()
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	select {
	case <-w.ready:
	case <-w.ended:
		t.Fatalf("the writer has ended before it wrote: %s", w.last)
	}
	return w
}

func (w *writer) follow(lines *bufio.Scanner) {
	for lines.Scan() {
		if lines.Text() == "ready" {
			close(w.ready)
			continue
		}
		w.last = lines.Text()
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			w.mu.Lock()
			w.told = append(w.told, n)
			w.mu.Unlock()
		}
	}
	w.cmd.Wait()
	close(w.ended)
}

// kill ends the writer at once, and gives what it was told.
func (w *writer) kill() []int {
	w.cmd.Process.Kill()
	<-w.ended
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.told
}
