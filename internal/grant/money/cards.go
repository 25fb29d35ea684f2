package money

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// late is after how many days money that has been paid should have arrived.
const late = 7

// Cards tells a coordinator of payments that fell short, and of money that
// nobody expected.
func Cards(s *statement.Store) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, today asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.Coordinator {
			return nil, nil
		}
		all, err := s.Mine(ctx, scope)
		if err != nil {
			return nil, err
		}
		received, err := s.Remittances(ctx, scope)
		if err != nil {
			return nil, err
		}
		held, unexpected := statement.Reconcile(all, received, today)
		return cards(held, unexpected), nil
	}
}

func cards(held []statement.Reconciled, unexpected []statement.Remittance) (out []web.Card) {
	short, missing, unknown := 0, 0, 0
	for _, h := range held {
		switch {
		case h.Standing == statement.Short:
			short++
		case h.Standing == statement.Waiting && h.Days > late:
			missing++
		}
	}
	for _, r := range unexpected {
		if r.Note == "" {
			unknown++
		}
	}
	if short > 0 {
		out = append(out, web.Card{Heading: "Payments that fell short", One: "Payment that fell short", Text: "Less arrived than the funder has authorised.",
			Count: short, Action: "See money received", Href: paths.GrantMoney(), Urgent: true, Order: 30})
	}
	if missing > 0 {
		out = append(out, web.Card{Heading: "Payments that have not arrived", One: "Payment that has not arrived", Text: "The funder says that it paid more than a week ago, and nothing has been brought in.",
			Count: missing, Action: "See money received", Href: paths.GrantMoney(), Order: 31})
	}
	if unknown > 0 {
		out = append(out, web.Card{Heading: "Unexpected amounts of money", One: "Unexpected amount of money", Text: "Your bank received money, and nobody has said what it is for.",
			Count: unknown, Action: "Say what it is for", Href: paths.GrantMoney(), Order: 32})
	}
	return out
}
