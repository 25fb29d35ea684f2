// Package service runs the real program for the nets, and signs people in who
// work with it as people do.
package service

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/schema"
)

// Program is asye serve, running.
type Program struct {
	Base  string // where it is
	cmd   *exec.Cmd
	log   *record
	ended chan struct{}
}

// record keeps what the program says.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write takes more.
func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// key is the audit key of every program of a run, so that a database can be
// copied without a file beside it.
var key, _ = audit.ParseKey(AuditKey) // a constant that parses

// Guard lets the net itself write the audit trail that the program writes.
func Guard(d *db.DB) error {
	return d.Guard(lines.Guard{Secret: key.Secret(), Tables: schema.Tables()})
}

// startPatience is how long the program may take to listen.
const startPatience = 30 * time.Second

// Start runs the program on a database, with more settings if there are any,
// and comes back when it listens.
func Start(binary, database string, settings ...string) (*Program, error) {
	p, listening, err := launch(binary, database, settings)
	if err != nil {
		return nil, err
	}
	select {
	case p.Base = <-listening:
	case <-time.After(startPatience):
		p.Kill()
	}
	if p.Base == "" {
		<-p.ended
		return nil, fmt.Errorf("the program did not start: %s", p.Log())
	}
	return p, nil
}

// Launch runs the program and does not wait: for those who kill it while it
// starts.
func Launch(binary, database string) (*Program, error) {
	p, _, err := launch(binary, database, nil)
	return p, err
}

func launch(binary, database string, settings []string) (*Program, <-chan string, error) {
	p := &Program{cmd: exec.Command(binary, "serve", "--addr", "127.0.0.1:0"), log: &record{}, ended: make(chan struct{})}
	p.cmd.Env = append(append(plain(os.Environ()), "ASYE_DATABASE="+database, "ASYE_AUDIT_KEY="+key.String()), settings...)
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	listening, started := make(chan string, 1), make(chan error)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	go func() {
		runtime.LockOSThread() // a parent-death signal follows the thread that started the child
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.follow(out, listening)
		}
	}()
	return p, listening, <-started
}

// plain is the environment without settings of ours.
func plain(environ []string) []string {
	var out []string
	for _, pair := range environ {
		if !strings.HasPrefix(pair, "ASYE_") {
			out = append(out, pair)
		}
	}
	return out
}

// follow hears where the program listens, and when it has ended.
func (p *Program) follow(out io.Reader, listening chan<- string) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if at, ok := strings.CutPrefix(lines.Text(), "asye is at "); ok {
			listening <- at
		}
	}
	close(listening)
	p.cmd.Wait()
	close(p.ended)
}

// Kill ends the program at once, as kill -9 does, and comes back when it is
// gone.
func (p *Program) Kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// Stop lets the program end in good order.
func (p *Program) Stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	<-p.ended
}

// Ended reports whether the program has ended by itself.
func (p *Program) Ended() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// Log is what the program has said of errors.
func (p *Program) Log() string { return p.log.String() }

// PID is the number of the process, for those who look how large it is.
func (p *Program) PID() int { return p.cmd.Process.Pid }
