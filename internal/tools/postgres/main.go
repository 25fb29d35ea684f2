// Command postgres starts a private PostgreSQL server, runs a command with its
// address in ASYE_TEST_POSTGRES, and takes the server away again:
//
//	go run ./internal/tools/postgres go test ./...
//
// The server listens on a socket in a temporary folder only.
package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"syscall"
	"time"
)

func main() {
	status, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "postgres:", err)
	}
	os.Exit(status)
}

func run(command []string) (int, error) {
	if len(command) == 0 {
		return 2, errors.New("give a command to run, such as: go test ./...")
	}
	bin, err := programs()
	if err != nil {
		return 1, err
	}
	dir, err := os.MkdirTemp("", "asye-postgres")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	server, err := start(bin, dir)
	if err != nil {
		return 1, err
	}
	defer stop(server)
	return follow(command, address(dir))
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

func start(bin, dir string) (*exec.Cmd, error) {
	who, err := owner(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	made := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "asye", "-A", "trust",
		"--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
	made.SysProcAttr = who
	made.Dir = dir
	if out, err := made.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb failed: %w\n%s", err, out)
	}
	// Parent-death signals follow the thread that started the child.
	runtime.LockOSThread()
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "log_min_messages=fatal")
	server.SysProcAttr = who
	server.Dir = dir
	server.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	if err := server.Start(); err != nil {
		return nil, err
	}
	return server, await(filepath.Join(dir, ".s.PGSQL.5432"))
}

// owner gives the folder to an ordinary user, since PostgreSQL will not run as
// root.
func owner(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(nobody.Uid)
	gid, _ := strconv.Atoi(nobody.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func await(socket string) error {
	for range 100 {
		if _, err := os.Stat(socket); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("the PostgreSQL server did not start within five seconds")
}

func stop(server *exec.Cmd) {
	server.Process.Signal(syscall.SIGINT)
	server.Wait()
}

func address(dir string) string {
	u := url.URL{Scheme: "postgres", User: url.User("asye"), Path: "/postgres",
		RawQuery: url.Values{"host": {dir}}.Encode()}
	return u.String()
}

func follow(command []string, server string) (int, error) {
	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "ASYE_TEST_POSTGRES="+server)
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	go func() {
		for s := range stopped {
			cmd.Process.Signal(s)
		}
	}()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
