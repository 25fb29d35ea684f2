package export

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

type pages struct{ store *Store }

// Mount serves the page of this package.
func Mount(m *web.Mux, s *Store) {
	p := &pages{s}
	m.Page(paths.Export(nil), access.Years.For(asye.Coordinator), web.Personal("export", ""), p.exportNew)
}
