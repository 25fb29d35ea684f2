// Package mine has the pages on which an NQSW answers the equality questions,
// changes their answers and deletes them: theirs alone (EQU-5).
package mine

import (
	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/web"
)

var nqsw = access.Equality.For(asye.NQSW)

type pages struct {
	store  *equality.Store
	drafts *journey.Store
}

// Mount puts the pages on the mux; drafts keeps answers that are half given.
func Mount(m *web.Mux, s *equality.Store, drafts *journey.Store) {
	p := &pages{s, drafts}
	p.mine().Mount(m, drafts)
	m.Page("/my/equality/done", nqsw, web.Plain, p.mineDone)
	m.Form("/my/equality/wipe", nqsw, web.Plain, web.Once, p.mineWipe)
}
