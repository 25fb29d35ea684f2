package app

import (
	"context"
	"log/slog"
	"os"
	"os/exec"

	"example.org/asye/internal/platform/cli"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/shipping"
)

// shipCommand is the process of its own in which the log is shipped.
type shipCommand struct{}

func (shipCommand) Help() string {
	return "asye serve starts this by itself where ship_to is set. It ends when its input does.\n\nExample: asye ship --database asye.db"
}

// Run ships until standard input ends: the service, not the terminal, says when.
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
	log := slog.New(slog.NewTextHandler(r.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	order := shipping.Order{Database: cfg.Database, To: cfg.Backup.Ship, Keys: cfg.BackupKeys, Clock: clock.Real(), Log: log}
	return shipping.Ship(order, os.Stdin, r.Out)
}

// shipper is the process that ships this service's log.
func (s *service) shipper() *shipping.Process {
	return &shipping.Process{Clock: s.db.Clock(), Log: s.log, Command: func() (*exec.Cmd, error) {
		self, err := os.Executable()
		child := exec.Command(self, "ship", "--database", s.config.Database)
		child.Env = append(os.Environ(), "ASYE_SHIP_TO="+s.config.Backup.Ship, "ASYE_BACKUP_KEY="+s.config.values.Text("backup_key"))
		child.Stderr = os.Stderr
		return child, err
	}}
}

// ship ships the log where the settings say so.
func (s *service) ship(ctx context.Context) {
	if s.config.Backup.Ship != "" {
		s.shipped.Keep(ctx)
	}
}
