package equality

import (
	"context"
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

var (
	nqsw  = access.Equality.For(asye.NQSW)
	count = access.Counts.For(asye.Analyst, asye.National)
)

// pages serves the pages of equality answers and of counts.
type pages struct {
	store      *Store
	drafts     *journey.Store
	programmes []programme.Programme // those that somebody can be on
}

// Mount puts the pages on the mux; drafts keeps answers that are half given,
// and the catalogue names the programmes that can be counted.
func Mount(m *web.Mux, s *Store, drafts *journey.Store, catalogue *programme.Catalogue) {
	isDraft := func(p programme.Programme) bool { return p.Draft }
	p := &pages{s, drafts, slices.DeleteFunc(catalogue.Programmes(), isDraft)}
	p.mine().Mount(m, drafts)
	m.Page("/my/equality/done", nqsw, web.Plain, p.mineDone)
	m.Form("/my/equality/wipe", nqsw, web.Plain, web.Once, p.mineWipe)
	m.Page("/outcomes", count, web.Personal("outcomes", ""), p.outcomesShow)
	m.Page("/outcomes/download", count, web.Personal("outcomes", ""), p.outcomesFile)
	m.Page("/registrations-by-cohort", count, web.Plain, p.registrationsShow)
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
