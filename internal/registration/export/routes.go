package export

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
)

type pages struct{ store *Store }

// Mount serves the page of this package.
func Mount(m *web.Mux, s *Store) {
	p := &pages{s}
	m.Page(paths.Export(nil), policy.Allow(asye.Coordinator), web.Personal("export", ""), p.exportNew)
}
