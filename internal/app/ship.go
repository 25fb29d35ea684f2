package app

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/shipping"
)

// shipCommand is the process of its own in which the log is shipped. asye serve
// starts it and holds its standard input: when that ends, however the service
// came to its end, it ships once more and ends too.
type shipCommand struct{}

func (shipCommand) Help() string {
	return "asye serve starts this by itself where ship_to is set.\n\nExample: asye ship --database asye.db"
}

// Run ships until standard input ends.
func (shipCommand) Run(r *run) error {
	cfg, err := r.config(nil)
	if err != nil {
		return err
	}
	if cfg.Backup.Ship == "" {
		return cli.Misuse("ship_to is not set: there is no place to ship the log to")
	}
	if _, err := os.Stat(cfg.Database); err != nil || db.IsPostgres(cfg.Database) {
		return cli.Misuse("There is no SQLite database at %s", cfg.Database)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(r.ctx)) // the service, not the terminal, says when to end
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	say := json.NewEncoder(r.Out)
	order := shipping.Order{Database: cfg.Database, To: cfg.Backup.Ship, Keys: cfg.BackupKeys, Clock: clock.Real(),
		Log: slog.New(slog.NewTextHandler(r.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	return shipping.Run(ctx, order, func(at asye.Instant) { _ = say.Encode(at) }) // nobody may be listening any more
}

// shipped is how far the log has been shipped.
type shipped struct {
	mu sync.Mutex
	to asye.Instant // everything until then has arrived
}

func (s *shipped) set(at asye.Instant) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = at
}

// behind tells how far the shipped log is behind, and whether there is one.
func (s *service) behind() (time.Duration, bool) {
	s.shipped.mu.Lock()
	defer s.shipped.mu.Unlock()
	if s.shipped.to.IsZero() {
		return 0, false
	}
	return s.db.Clock().Now().Time().Sub(s.shipped.to.Time()), true
}

// ship keeps a process that ships the log, and starts it again when it fails.
func (s *service) ship(ctx context.Context) {
	if s.config.Backup.Ship == "" {
		return
	}
	s.shipped.set(s.db.Clock().Now())
	for ctx.Err() == nil {
		if err := s.shipOnce(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("the log is not shipped", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Second):
		}
	}
}

// shipOnce runs the process until it ends, or ends it by closing its input.
func (s *service) shipOnce(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(self, "ship", "--database", s.config.Database)
	child.Env = append(os.Environ(), "ASYE_SHIP_TO="+s.config.Backup.Ship, "ASYE_BACKUP_KEY="+s.config.values.Text("backup_key"))
	child.Stderr = os.Stderr
	input, err := child.StdinPipe()
	if err != nil {
		return err
	}
	output, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return fmt.Errorf("the process that ships the log cannot be started: %w", err)
	}
	ended := context.AfterFunc(ctx, func() { input.Close() })
	defer ended()
	for lines := bufio.NewScanner(output); lines.Scan(); {
		var at asye.Instant
		if json.Unmarshal(lines.Bytes(), &at) == nil {
			s.shipped.set(at)
		}
	}
	return child.Wait()
}
