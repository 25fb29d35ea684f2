package employers

import (
	"context"
	"fmt"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

var (
	national    = access.Employers.For(asye.National)
	coordinator = access.Employers.For(asye.Coordinator)
	own         = access.Employers.For(asye.Coordinator, asye.Director)
)

// pages serves the pages of employers.
type pages struct {
	store  *Store
	drafts *journey.Store
}

// Mount puts the pages of employers on the mux; drafts keeps endings that are
// half filled in.
func Mount(m *web.Mux, s *Store, drafts *journey.Store) {
	p := &pages{s, drafts}
	m.Page("/employers", national, web.Plain, p.employerList)
	m.Form("/employers/new", national, web.Plain, web.Once, p.employerNew)
	m.Page("/employers/{org}", national, web.Plain, p.employerShow)
	m.Form("/employers/{org}/edit", national, web.Plain, web.Once, p.employerEdit)
	m.Form("/employers/{org}/reopen", national, web.Plain, web.Once, p.employerReopen)
	p.ending().Mount(m, drafts)
	m.Page("/organisation", own, web.Plain, p.organisationShow)
	m.Form("/organisation/edit", coordinator, web.Plain, web.Once, p.organisationEdit)
}

func orgOf(r *web.Request) asye.OrganisationID { return asye.OrganisationID(r.PathValue("org")) }

// DirectorCards lead a director to whom their employer names.
func DirectorCards(context.Context, tenant.Scope, asye.Date) ([]web.Card, error) {
	return []web.Card{{Heading: "Your organisation", Text: "Whom the national team can ask about your NQSWs, and whom it has on record as the director.",
		Action: "See your organisation", Href: paths.Organisation(), Order: 20}}, nil
}

// Cards tells a coordinator, and the national team, when an employer has nobody
// who could be asked about its NQSWs.
func (s *Store) Cards(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
	if scope.Role() != asye.Coordinator && scope.Role() != asye.National {
		return nil, nil
	}
	n, err := s.Missing(ctx, scope)
	if err != nil || n == 0 {
		return nil, err
	}
	if scope.Role() == asye.Coordinator {
		return []web.Card{{Heading: "Your organisation has no primary contact", Text: "Say whom the national team can ask about your NQSWs.",
			Action: "Add a contact", Href: paths.OrganisationEdit(), Order: 80}}, nil
	}
	have := "employers have"
	if n == 1 {
		have = "employer has"
	}
	return []web.Card{{Heading: "Employers without a primary contact", One: "Employer without a primary contact", Count: n,
		Text:   fmt.Sprintf("%d %s neither an e-mail address nor a phone number of a contact.", n, have),
		Action: "See the employers", Href: paths.Employers(), Order: 80}}, nil
}
