package queue

import (
	"context"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

var (
	mayJudge = access.Pairs.For(asye.National)
	mayRule  = access.Disputes.For(asye.National)
)

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

type pages struct{ store *registration.Store }

// Mount serves the pages of this package.
func Mount(m *web.Mux, s *registration.Store) {
	p := &pages{s}
	m.Page(paths.Duplicates(), mayJudge, web.Personal("duplicates", ""), p.duplicateList)
	m.Form(placeholders.Replace(paths.Duplicate("{id}")), mayJudge, web.Personal("duplicate", "id"), web.Once, p.duplicateJudge)
	m.Page(paths.Disputes(), mayRule, web.Personal("disputes", ""), p.disputeList)
	m.Form(placeholders.Replace(paths.Dispute("{id}")), mayRule.Fresh(), web.Personal("transfer", "id"), web.Once, p.disputeRule)
}

// Cards gives the home page of the national team what waits for them.
func Cards(s *registration.Store) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.National {
			return nil, nil
		}
		twins, err := s.Twins(ctx, scope)
		if err != nil {
			return nil, err
		}
		disputes, err := s.Disputes(ctx, scope)
		if err != nil {
			return nil, err
		}
		var cards []web.Card
		if n := len(disputes); n > 0 {
			cards = append(cards, web.Card{Heading: "Disputed moves", One: "Disputed move", Text: "Employers or NQSWs disagree, and the years stay where they are until you decide.",
				Count: n, Action: "Decide on disputed moves", Href: paths.Disputes(), Urgent: true, Order: 10})
		}
		if n := len(twins); n > 0 {
			cards = append(cards, web.Card{Heading: "Possible duplicates", One: "Possible duplicate", Text: "Pairs of records that may be one person.",
				Count: n, Action: "Look at possible duplicates", Href: paths.Duplicates(), Order: 20})
		}
		return cards, nil
	}
}
