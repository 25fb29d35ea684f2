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
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"example.org/asye/internal/proof/postgres"
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
	dir, err := os.MkdirTemp("", "asye-postgres")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	server, err := postgres.New(dir, postgres.Throwaway...)
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		return 1, err
	}
	defer server.Stop()
	return follow(command, server.Address("postgres"))
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
