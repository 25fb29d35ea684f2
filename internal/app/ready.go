package app

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"example.org/asye/internal/platform/cli"
)

type readyCommand struct {
	Addr string `help:"Where the service listens (127.0.0.1:8080)." placeholder:"ADDR"`
}

func (readyCommand) Help() string {
	return "For health checks of containers: the exit status is 0 when the service takes requests, and 1 when not, with the reason.\n\n" +
		"Example: asye ready --addr 127.0.0.1:8080"
}

// Run asks the service on this machine.
func (c readyCommand) Run(r *run) error {
	cfg, err := r.config(map[string]string{"addr": c.Addr})
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(cfg.Addr)
	if err != nil {
		return cli.Misuse("the address %s has no port: write it like 127.0.0.1:8080", cfg.Addr)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	client := http.Client{Timeout: 5 * time.Second}
	res, err := client.Get("http://" + net.JoinHostPort(host, port) + "/readyz")
	if err != nil {
		return fmt.Errorf("the service does not answer: %w", err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, 1000))
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s", strings.TrimSpace(string(said)))
	}
	_, err = r.Out.Write(said)
	return err
}
