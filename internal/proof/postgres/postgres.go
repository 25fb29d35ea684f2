// Package postgres runs a PostgreSQL server of a test's own, which it may stop,
// kill and freeze. It listens on a socket in its own folder only.
package postgres

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"syscall"
	"time"
)

// Throwaway are the settings of a server whose data may go: it is fast, and
// says of itself that it forgets (DUR-2).
var Throwaway = []string{"fsync=off", "full_page_writes=off", "asye.throwaway=yes"}

// Server is a PostgreSQL server in a folder.
type Server struct {
	bin      string
	dir      string // of the socket
	data     string
	settings []string
	who      *syscall.Credential
	running  *exec.Cmd
	ended    chan struct{}
}

// New makes the data of a server, below a folder that is there already. The
// folder is given to an ordinary user, since PostgreSQL does not run as root.
func New(dir string, settings ...string) (*Server, error) {
	s, err := In(dir, settings...)
	if err != nil {
		return nil, err
	}
	made := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.data, "-U", "asye", "-A", "trust",
		"--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "--wal-segsize=4")
	made.SysProcAttr, made.Dir = s.attributes(), dir
	if out, err := made.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb failed: %w\n%s", err, out)
	}
	return s, nil
}

// In is a server on the data that another has left in a folder.
func In(dir string, settings ...string) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, data: filepath.Join(dir, "data"), settings: settings}
	return s, s.own()
}

// programs finds the folder with initdb and postgres: on the path, or where
// Debian puts them.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(real), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed: on Debian, install the package postgresql")
	}
	sort.Strings(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func (s *Server) own() error {
	if os.Getuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(nobody.Uid)
	gid, _ := strconv.Atoi(nobody.Gid)
	s.who = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, uid, gid)
}

func (s *Server) attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Credential: s.who} }

// Start runs the server until it is stopped, killed, or this process ends. It
// comes back when the server answers.
func (s *Server) Start() error {
	args := []string{"-D", s.data, "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "log_min_messages=fatal"}
	for _, one := range s.settings {
		args = append(args, "-c", one)
	}
	cmd := exec.Command(filepath.Join(s.bin, "postgres"), args...)
	cmd.SysProcAttr, cmd.Dir = s.attributes(), s.dir
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	started := make(chan error)
	s.ended = make(chan struct{})
	go func() {
		runtime.LockOSThread() // a parent-death signal follows the thread that started the child
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
		}
		close(s.ended)
	}()
	if err := <-started; err != nil {
		return err
	}
	s.running = cmd
	return s.await()
}

// await asks the server until it says that it is ready.
func (s *Server) await() error {
	const attempts, pause = 600, 20 * time.Millisecond
	for range attempts {
		select {
		case <-s.ended:
			return errors.New("the PostgreSQL server has ended")
		case <-time.After(pause):
		}
		if s.ready() {
			return nil
		}
	}
	return errors.New("the PostgreSQL server did not start within twelve seconds")
}

// ready reads what the server keeps in the last line of its own file.
func (s *Server) ready() bool {
	asked := exec.Command(filepath.Join(s.bin, "pg_isready"), "-q", "-h", s.dir)
	return asked.Run() == nil
}

// Stop ends the server in good order, as an operator would.
func (s *Server) Stop() {
	s.running.Process.Signal(syscall.SIGINT)
	<-s.ended
}

// Address is how a database of the server is reached.
func (s *Server) Address(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("asye"), Path: "/" + database,
		RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return u.String()
}
