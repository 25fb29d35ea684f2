package funder

import (
	"context"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Cards tells the national team what waits for it.
func Cards(n Needs) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.National {
			return nil, nil
		}
		claims, err := n.Claims.Waiting(ctx, scope)
		if err != nil {
			return nil, err
		}
		questions, err := n.questions(ctx, scope)
		if err != nil {
			return nil, err
		}
		batches, err := n.toApprove(ctx, scope)
		if err != nil {
			return nil, err
		}
		var out []web.Card
		for _, c := range []web.Card{
			{Heading: "Claims to check", One: "Claim to check", Text: "Employers have claimed grants, and wait for your answer.", Count: len(claims), Action: "See the claims",
				Href: paths.Funding(), Order: 12},
			{Heading: "Questions about grants", One: "Question about a grant", Text: "Payments that two employers claim, requests to claim late, and estimates.", Count: questions,
				Action: "See what waits", Href: paths.Funding(), Order: 13},
			{Heading: "Batches of payments to approve", One: "Batch of payments to approve", Text: "Payments wait for a second person, or for the first.", Count: batches,
				Action: "See the batches", Href: paths.FundingBatches(), Order: 14},
		} {
			if c.Count > 0 {
				out = append(out, c)
			}
		}
		return out, nil
	}
}

// questions counts what has to be decided besides claims.
func (n Needs) questions(ctx context.Context, scope tenant.Scope) (int, error) {
	clashes, err := n.Claims.Clashes(ctx, scope)
	if err != nil {
		return 0, err
	}
	late, err := n.Claims.LateWaiting(ctx, scope)
	if err != nil {
		return 0, err
	}
	estimates, err := n.Statements.Estimates(ctx, scope)
	return len(clashes) + len(late) + len(estimates), err
}

// toApprove counts the batches that wait for the person at work: not those that
// they have approved.
func (n Needs) toApprove(ctx context.Context, scope tenant.Scope) (int, error) {
	all, err := n.Statements.Batches(ctx, scope)
	waiting := 0
	for _, b := range all {
		mine := slices.ContainsFunc(b.Acts, func(a statement.Act) bool { return a.Person == scope.Person() && a.Approves() })
		if b.State == statement.BatchPrepared && !mine {
			waiting++
		}
	}
	return waiting, err
}
