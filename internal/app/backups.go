package app

import (
	"context"
	"path/filepath"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/backup"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// backupNeeds is what the backups cannot do by themselves.
func (s *service) backupNeeds() backup.Needs {
	folder := archive.Folder(s.config.Backup.To)
	return backup.Needs{
		Files: backup.Files{Make: s.makeBackup, Remove: folder.Remove, List: func() ([]backup.Kept, error) {
			all, err := folder.List()
			out := make([]backup.Kept, len(all))
			for i, b := range all {
				out[i] = backup.Kept{Name: b.Name, At: b.At}
			}
			return out, err
		}},
		Allow:   s.account.WholeService,
		Behind:  s.shipped.Behind,
		Service: s.config.Site.Theme.ServiceName,
		Site:    s.config.Account.BaseURL,
	}
}

// makeBackup makes a backup in the folder of the settings.
func (s *service) makeBackup(ctx context.Context, at asye.Instant) (backup.Made, error) {
	folder := archive.Folder(s.config.Backup.To)
	if err := folder.Sweep(at.Add(-backup.Longest)); err != nil {
		return backup.Made{}, err
	}
	path := filepath.Join(string(folder), archive.FileName(at, s.config.BackupKeys))
	made, err := archive.Make(ctx, s.db, path, s.order(s.config.BackupKeys))
	return backup.Made{Path: made.Path, Size: made.Size, Rows: made.Manifest.Rows()}, err
}

// order is how backups of this service are made.
func (s *service) order(keys archive.Keys) archive.Order {
	return archive.Order{Program: s.config.Program, Keys: keys, Schema: schema.All()}
}

// makeBackups makes backups as they come round, apart from all other jobs,
// which would have to wait.
func (s *service) makeBackups(ctx context.Context) {
	handlers, recurring := s.backups.Making()
	if len(handlers) == 0 {
		return
	}
	runner := jobs.Runner{Queue: s.queue, Log: s.log, Handlers: handlers, Recurring: recurring, Lease: backup.Longest, Workers: 1}
	if err := runner.Run(ctx); err != nil {
		s.log.Error("backups are no longer made", "error", err)
	}
}

// backupCards leaves the example service alone: nobody backs it up.
func (s *service) backupCards(ctx context.Context, scope tenant.Scope, today asye.Date) ([]web.Card, error) {
	if s.config.Site.Demo && !s.config.Backup.IsSet() {
		return nil, nil
	}
	return s.backups.Cards(ctx, scope, today)
}
