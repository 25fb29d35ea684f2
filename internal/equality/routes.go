package equality

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

var (
	nqsw  = policy.Allow(asye.NQSW)
	count = policy.Allow(asye.Analyst, asye.National)
)

// pages serves the pages of equality answers and of counts.
type pages struct {
	store  *Store
	drafts *journey.Store
}

// Mount puts the pages on the mux; drafts keeps answers that are half given.
func Mount(m *web.Mux, s *Store, drafts *journey.Store) {
	p := &pages{s, drafts}
	p.mine().Mount(m, drafts)
	m.Page("/my/equality/done", nqsw, p.mineDone)
	m.Form("/my/equality/wipe", nqsw, p.mineWipe)
	m.Page("/outcomes", count, p.outcomesShow)
	m.Page("/outcomes/download", count, p.outcomesFile)
	m.Page("/registrations-by-cohort", count, p.registrationsShow)
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
