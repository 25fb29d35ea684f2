package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/jobs"
)

// TestJourneyBackups: somebody who looks after the whole service asks for a
// backup, sees that it is good, and is told when the last one is too old.
func TestJourneyBackups(t *testing.T) {
	t.Parallel()
	_, public, err := archive.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	s := exampleSite(t, "ASYE_BACKUP_TO="+folder, "ASYE_BACKUP_KEY="+public)
	b := as(t, s, joanne)
	b.open("/admin/backups")
	b.see("None yet", "Every 15 minutes", "Make a backup now")
	b.picture("backups-none")
	b.press("Make a backup now")
	b.see("A backup is being made")
	handlers, recurring := s.backups.Making()
	runner := jobs.Runner{Queue: s.queue, Log: slog.New(slog.DiscardHandler), Handlers: handlers, Recurring: recurring}
	if _, err := runner.RunDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder, folder+"-away"); err != nil { // the next one fails
		t.Fatal(err)
	}
	_ = s.backups.Run(context.Background(), "scheduled")
	if err := os.Rename(folder+"-away", folder); err != nil {
		t.Fatal(err)
	}
	b.open("/admin/backups")
	b.see("Good: asye-2026", "On this page", "Failed:")
	b.picture("backups")
	b.accessible()
	if files, _ := filepath.Glob(filepath.Join(folder, "asye-*.age")); len(files) != 1 {
		t.Errorf("in the folder: %v", files)
	}
	s.db.Clock().(*exampleDay).ahead.Add(int64(3 * time.Hour))
	b = as(t, s, joanne)
	b.open("/home")
	b.see("The last good backup is 3 hours old")
	b.press("See the backups")
	b.see("It should never be older than 1 hour")
	b.picture("backups-late")
	b.accessible()
}
