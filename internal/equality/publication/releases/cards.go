package releases

import (
	"context"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Cards tells those who approve releases which wait for them.
func Cards(s *publication.Store) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.National && scope.Role() != asye.Analyst {
			return nil, nil
		}
		all, err := s.List(ctx, scope)
		if err != nil {
			return nil, err
		}
		n := 0
		for _, r := range all {
			mine := slices.ContainsFunc(r.Approvals(), func(a publication.Act) bool { return a.Person == scope.Person() })
			if r.State == publication.Prepared && !mine {
				n++
			}
		}
		if n == 0 {
			return nil, nil
		}
		return []web.Card{{Heading: "Releases to approve", One: "Release to approve", Text: "Figures wait for two people to approve them before everybody can read them.",
			Count: n, Action: "See the releases", Href: paths.Publication(), Order: 30}}, nil
	}
}
