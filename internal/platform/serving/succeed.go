package serving

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrReplaced is why a program stops that has handed its sockets to another.
var ErrReplaced = errors.New("the next program has taken over")

// Program is how a program is started once more.
type Program struct {
	Path string
	Args []string // without its own name
	Out  io.Writer
	Err  io.Writer
}

// Itself is the program as it was started. Its path is the one that was typed,
// not the file behind it: a newer one may be there now.
func Itself(args []string, out, err io.Writer) Program {
	path, failure := exec.LookPath(os.Args[0])
	if failure == nil {
		path, failure = filepath.Abs(path)
	}
	if failure != nil {
		path, _ = os.Executable()
	}
	return Program{path, args, out, err}
}

// Succeed starts the program that is at its path now, hands it the sockets, and
// returns when it is ready to serve. An error means that it never was: it has
// ended, or was ended after patience, and this program has its sockets still.
func (s *Sockets) Succeed(ctx context.Context, p Program, patience time.Duration) error {
	if os.Getpid() == 1 {
		return errors.New("the first process of a container cannot be replaced from within: start another container instead")
	}
	s.notify("RELOADING=1")
	pid, err := s.start(ctx, p, patience)
	if err != nil {
		s.notify("READY=1")
		return err
	}
	s.notify("MAINPID=" + strconv.Itoa(pid) + "\nREADY=1")
	return nil
}

func (s *Sockets) start(ctx context.Context, p Program, patience time.Duration) (int, error) {
	hear, tell, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	defer hear.Close()
	next, err := s.prepare(p, tell)
	if err == nil {
		err = next.Start()
	}
	tell.Close()
	closeAll(next.ExtraFiles)
	if err != nil {
		return 0, fmt.Errorf("the next program cannot be started: %w", err)
	}
	said, ended := make(chan error, 1), make(chan error, 1)
	go func() { said <- hearOf(hear) }()
	go func() { ended <- next.Wait() }()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	select {
	case err := <-said:
		if err == nil {
			return next.Process.Pid, nil
		}
		err = <-ended
		return 0, fmt.Errorf("the next program ended before it was ready: %w", orElse(err, errors.New("it gave no reason")))
	case <-limit.C:
		err = fmt.Errorf("the next program was not ready within %s", patience)
	case <-ctx.Done():
		err = ctx.Err()
	}
	_ = next.Process.Kill() // it may have ended by itself
	<-ended
	return 0, err
}

// prepare is the command that starts the next program with copies of the
// sockets and, behind them, the pipe in which it tells that it is ready.
func (s *Sockets) prepare(p Program, tell *os.File) (*exec.Cmd, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := exec.Command(p.Path, p.Args...)
	next.Stdout, next.Stderr = p.Out, p.Err
	var names []string
	for _, one := range s.open {
		f, err := duplicate(one.Listener)
		if err != nil {
			return next, err
		}
		names = append(names, one.name)
		next.ExtraFiles = append(next.ExtraFiles, f)
	}
	next.ExtraFiles = append(next.ExtraFiles, tell)
	for _, pair := range s.environ {
		if name, _, _ := strings.Cut(pair, "="); name != Handed && name != "LISTEN_PID" && name != "LISTEN_FDNAMES" {
			next.Env = append(next.Env, pair)
		}
	}
	next.Env = append(next.Env, Handed+"="+strings.Join(names, ":"))
	return next, nil
}

// duplicate copies the file of a socket without touching its mode, which all
// copies share.
func duplicate(l net.Listener) (*os.File, error) {
	tcp, ok := l.(syscall.Conn)
	if !ok {
		return nil, fmt.Errorf("a socket of the kind %T cannot be handed over", l)
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil, err
	}
	var copied uintptr
	var failure error
	err = raw.Control(func(fd uintptr) {
		n, _, errno := syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_DUPFD_CLOEXEC, 0)
		if copied = n; errno != 0 {
			failure = errno
		}
	})
	if err := orElse(err, failure); err != nil {
		return nil, err
	}
	return os.NewFile(copied, "socket"), nil
}

func hearOf(f *os.File) error {
	_, err := io.ReadFull(f, make([]byte, 1))
	return err
}

func closeAll(files []*os.File) {
	for _, f := range files {
		f.Close()
	}
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
