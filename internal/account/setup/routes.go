// Package setup has the page on which the first administrator is made.
package setup

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

type pages struct {
	store *account.Store
	add   account.AddFirst
}

// Mount puts the page on the mux. add puts the first administrator's organisation
// on record.
func Mount(m *web.Mux, s *account.Store, add account.AddFirst) {
	p := &pages{s, add}
	m.Form(paths.Setup(), access.Door.ForEveryone(), web.Plain, web.Once, p.setupNew)
}
