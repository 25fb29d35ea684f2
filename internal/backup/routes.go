package backup

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

type pages struct{ store *Store }

// Mount puts the pages on the mux. They are for those who look after the whole
// service: the store refuses all other administrators.
func Mount(m *web.Mux, s *Store) {
	p := &pages{s}
	service := access.Service.For(asye.Administrator)
	m.Page(paths.AdminBackups(), service, web.Plain, p.backupList)
	m.Act(paths.AdminBackupNow(), service, web.Once, p.backupNow)
}
