package restart

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.org/asye/internal/proof/service"
)

// parent starts the program as systemd does: it may hold the socket, and it is
// told when the program is ready and which process is the main one.
type parent struct {
	t        *testing.T
	program  string
	database string
	held     *os.File // the socket; nil where the program opens its own
	at       string
	ears     *net.UnixConn
	notify   string
	main     int
	metrics  string
}

// patience is how long the program may take to be ready, or to end.
const patience = 20 * time.Second

func newParent(t *testing.T, program, database string, hold bool) *parent {
	t.Helper()
	p := &parent{t: t, program: program, database: database, notify: filepath.Join(t.TempDir(), "notify")}
	ears, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: p.notify, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	p.ears = ears
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.at, p.metrics = l.Addr().String(), free(t)
	if hold {
		if p.held, err = l.(*net.TCPListener).File(); err != nil {
			t.Fatal(err)
		}
	}
	l.Close()
	t.Cleanup(p.end)
	return p
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start starts the program and waits until it says that it is ready.
func (p *parent) start() error {
	cmd := exec.Command(p.program, "serve", "--addr", p.at)
	cmd.Env = []string{"ASYE_AUDIT_KEY=" + service.AuditKey, "ASYE_DATABASE=" + p.database, "ASYE_METRICS_ADDR=" + p.metrics, "NOTIFY_SOCKET=" + p.notify, "ASYE_BASE_URL=http://" + p.at}
	if p.held != nil {
		// Only the new process knows its own number.
		cmd = exec.Command("/bin/sh", append([]string{"-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"`, "sh"}, cmd.Args...)...)
		cmd.Env = []string{"ASYE_AUDIT_KEY=" + service.AuditKey, "ASYE_DATABASE=" + p.database, "ASYE_METRICS_ADDR=" + p.metrics, "NOTIFY_SOCKET=" + p.notify, "ASYE_BASE_URL=http://" + p.at}
		cmd.ExtraFiles = []*os.File{p.held}
	}
	cmd.Stderr = said{p.t}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.main = cmd.Process.Pid
	go func() { _ = cmd.Wait() }()
	_, err := p.hear("READY=1")
	return err
}

// said puts what the program says of trouble into the test's own output.
type said struct{ t *testing.T }

// Write takes a part of it.
func (s said) Write(b []byte) (int, error) {
	for line := range strings.Lines(string(b)) {
		if strings.Contains(line, "level=WARN") || strings.Contains(line, "level=ERROR") || strings.HasPrefix(line, "asye:") {
			fmt.Fprint(os.Stderr, "    program: "+line)
		}
	}
	return len(b), nil
}

// hear waits until the program says something, and gives the whole message.
func (p *parent) hear(what string) (string, error) {
	buffer := make([]byte, 4096)
	for began := time.Now(); time.Since(began) < patience; {
		if err := p.ears.SetReadDeadline(time.Now().Add(200 * time.Millisecond)); err != nil {
			return "", err
		}
		n, err := p.ears.Read(buffer)
		if text := string(buffer[:n]); err == nil && strings.Contains(text, what) {
			return text, nil
		}
		if err != nil && errors.Is(syscall.Kill(p.main, 0), syscall.ESRCH) {
			return "", fmt.Errorf("the program has ended without saying %s", what)
		}
	}
	return "", fmt.Errorf("the program does not say %s within %s", what, patience)
}

// restart replaces the program: under a held socket the next one starts when
// this one has ended; otherwise it is asked to hand its own on.
func (p *parent) restart() error {
	before := p.main
	if p.held != nil {
		if err := syscall.Kill(p.main, syscall.SIGTERM); err != nil {
			return err
		}
		if err := gone(before); err != nil {
			return err
		}
		return p.start()
	}
	if err := syscall.Kill(p.main, syscall.SIGHUP); err != nil {
		return err
	}
	text, err := p.hear("MAINPID=")
	if err != nil {
		return err
	}
	for line := range strings.Lines(text) {
		if number, ok := strings.CutPrefix(strings.TrimSpace(line), "MAINPID="); ok {
			p.main, err = strconv.Atoi(number)
		}
	}
	if p.main == before {
		return errors.New("the program has not been replaced")
	}
	return err
}

// gone waits until a process has ended.
func gone(pid int) error {
	for began := time.Now(); time.Since(began) < patience; time.Sleep(time.Millisecond) {
		if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
			return nil
		}
	}
	return fmt.Errorf("the program has not ended within %s", patience)
}

// end ends what runs still.
func (p *parent) end() {
	if p.main != 0 && syscall.Kill(p.main, syscall.SIGTERM) == nil && gone(p.main) != nil {
		_ = syscall.Kill(p.main, syscall.SIGKILL)
	}
	p.ears.Close()
	if p.held != nil {
		p.held.Close()
	}
}
