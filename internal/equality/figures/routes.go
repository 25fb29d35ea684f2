package figures

import (
	"slices"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
)

var (
	count = access.Counts.For(asye.Analyst, asye.National)
	own   = access.OwnCounts.For(asye.Coordinator, asye.Director)
)

// pages serves the pages of figures.
type pages struct {
	store      *equality.Store
	programmes []programme.Programme // those that somebody can be on
}

// Mount puts the pages on the mux; the catalogue names the programmes that can be
// counted.
func Mount(m *web.Mux, s *equality.Store, catalogue *programme.Catalogue) {
	isDraft := func(p programme.Programme) bool { return p.Draft }
	p := &pages{s, slices.DeleteFunc(catalogue.Programmes(), isDraft)}
	shows := web.Personal("outcomes", "")
	m.Page("/outcomes", count, shows, p.outcomeShow)
	m.Page("/outcomes/over-time", count, shows, p.cohortShow)
	m.Page("/outcomes/held-equal", count, shows, p.modelShow)
	m.Page("/outcomes/combined", count, shows, p.combinationShow)
	m.Page("/outcomes/stages", count, shows, p.stageShow)
	m.Page("/outcomes/employers", count, shows, p.employerShow)
	m.Page("/outcomes/representation", count, shows, p.proportionShow)
	m.Page("/outcomes/not-known", count, shows, p.unknownShow)
	m.Page("/outcomes/download", count, shows, p.outcomeFile)
	m.Page("/organisation/outcomes", own, shows, p.ownShow)
	m.Page("/registrations-by-cohort", count, web.Plain, p.registrationShow)
}
