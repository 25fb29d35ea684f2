package backup

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
)

type pages struct{ store *Store }

// Mount puts the pages on the mux. They are for those who look after the whole
// service: the store refuses all other administrators.
func Mount(m *web.Mux, s *Store) {
	p := &pages{s}
	administrator := policy.Allow(asye.Administrator)
	m.Page(paths.AdminBackups(), administrator, web.Plain, p.backupList)
	m.Act(paths.AdminBackupNow(), administrator, web.Once, p.backupNow)
}
