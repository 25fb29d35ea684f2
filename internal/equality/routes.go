package equality

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

var nqsw = access.Equality.For(asye.NQSW)

// pages serves an NQSW's own answers.
type pages struct {
	store  *Store
	drafts *journey.Store
}

// Mount puts the pages on the mux; drafts keeps answers that are half given. What
// is counted has its pages in the folder figures.
func Mount(m *web.Mux, s *Store, drafts *journey.Store) {
	p := &pages{s, drafts}
	p.mine().Mount(m, drafts)
	m.Page("/my/equality/done", nqsw, web.Plain, p.mineDone)
	m.Form("/my/equality/wipe", nqsw, web.Plain, web.Once, p.mineWipe)
}

// Cards tells an NQSW who has not been asked yet that there are questions, and
// that they are free not to answer.
func (s *Store) Cards(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
	if scope.Role() != asye.NQSW {
		return nil, nil
	}
	a, err := s.Mine(ctx, scope)
	if err != nil || a.Answered() {
		return nil, err
	}
	return []web.Card{{Heading: "Equality questions", Text: "Four short questions, each optional. Your employer never sees your answers.",
		Action: "See the questions", Href: paths.MyEquality(), Order: 60}}, nil
}
