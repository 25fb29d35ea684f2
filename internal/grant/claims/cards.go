package claims

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Cards tells a coordinator what can be claimed and what a claim waits for, a
// director of claims to sign, and the national team of rules to confirm.
func Cards(due *grant.Store, claims *claim.Store) web.Cards {
	p := &pages{due, claims}
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		switch scope.Role() {
		case asye.Coordinator:
			return p.coordinatorCards(ctx, scope)
		case asye.Director:
			return p.directorCards(ctx, scope)
		case asye.National:
			return p.nationalCards(ctx, scope)
		}
		return nil, nil
	}
}

func (p *pages) coordinatorCards(ctx context.Context, scope tenant.Scope) ([]web.Card, error) {
	rows, err := p.due.Due(ctx, scope)
	if err != nil {
		return nil, err
	}
	list, err := p.claims.List(ctx, scope)
	if err != nil {
		return nil, err
	}
	lines, err := p.claims.Payments(ctx, scope)
	if err != nil {
		return nil, err
	}
	var out []web.Card
	if c, ok := claimableCard(rows, list, p.due.At().Now); ok {
		out = append(out, c)
	}
	drafts, signed := byState(list, claim.Draft), byState(list, claim.Signed)
	if n := len(signed); n > 0 {
		out = append(out, web.Card{Heading: "Signed claims to submit", One: "Signed claim to submit", Text: "The director has signed, and nothing has been sent to the funder yet.",
			Count: n, Action: "Submit", Href: hrefOf(signed), Urgent: true, Order: 12})
	}
	if n := len(drafts); n > 0 {
		out = append(out, web.Card{Heading: "Claims not signed", One: "Claim not signed", Text: "A draft waits for the director’s signature, or for something that the scheme asks for.",
			Count: n, Action: "See the draft", Href: hrefOf(drafts), Order: 26})
	}
	if n := returnedNow(lines, rows); n > 0 {
		out = append(out, web.Card{Heading: "Payments that the funder returned", One: "Payment that the funder returned", Text: "Each says why. Put it right, and claim it again.",
			Count: n, Action: "See them", Href: paths.GrantsWith(filter{State: grant.Claimable}.query()), Urgent: true, Order: 13})
	}
	return out, nil
}

// claimableCard counts what can be claimed at once and is in no claim yet.
func claimableCard(rows []grant.Row, list []claim.Claim, now asye.Instant) (web.Card, bool) {
	n, sum, closes, by := 0, grant.Pence(0), asye.Instant{}, ""
	for _, r := range rows {
		if r.State != grant.Claimable || len(r.Missing) > 0 || openOf(list, r.Scheme.Key) != nil {
			continue
		}
		n, sum = n+1, sum+r.Pence
		if now.Before(r.Closes) && (closes.IsZero() || r.Closes.Before(closes)) {
			closes, by = r.Closes, until(r.Scheme, r.On)
		}
	}
	text := sum.String() + "."
	if by != "" {
		text = sum.String() + ", by " + by + "."
	}
	return web.Card{Heading: "Payments can be claimed", One: "Payment can be claimed", Text: text, Count: n, Action: "Claim", Href: paths.Grants(),
		Urgent: isSoon(now, closes), Order: 25}, n > 0
}

func byState(list []claim.Claim, s claim.State) []claim.Claim {
	var out []claim.Claim
	for _, c := range list {
		if c.State == s {
			out = append(out, c)
		}
	}
	return out
}

// hrefOf leads to the one claim, or to the list of several.
func hrefOf(list []claim.Claim) string {
	if len(list) == 1 {
		return paths.GrantClaim(list[0].ID)
	}
	return paths.GrantClaims()
}

// returnedNow counts the payments that were returned when they were claimed last,
// and that can be claimed again.
func returnedNow(lines []claim.Line, rows []grant.Row) int {
	last := map[claim.Key]claim.Payment{}
	for _, l := range lines { // the latest first
		if _, known := last[l.Key()]; !known {
			last[l.Key()] = l.Payment
		}
	}
	n := 0
	for _, r := range rows {
		if r.State == grant.Claimable && last[keyOf(r)] == claim.PaymentReturned {
			n++
		}
	}
	return n
}

func (p *pages) directorCards(ctx context.Context, scope tenant.Scope) ([]web.Card, error) {
	list, err := p.claims.List(ctx, scope)
	if err != nil {
		return nil, err
	}
	var waiting []claim.Claim
	for _, c := range byState(list, claim.Draft) {
		_, content, err := p.claims.Open(ctx, scope, c.ID)
		if err != nil {
			return nil, err
		}
		if content.Ready() == nil {
			waiting = append(waiting, c)
		}
	}
	if len(waiting) == 0 {
		return nil, nil
	}
	return []web.Card{{Heading: "Claims wait for your signature", One: "A claim waits for your signature", Text: "Look at what it says, and sign exactly that. Nothing is sent without you.",
		Count: len(waiting), Action: "Look at it and sign", Href: hrefOf(waiting), Urgent: true, Order: 5}}, nil
}

func (p *pages) nationalCards(ctx context.Context, scope tenant.Scope) ([]web.Card, error) {
	n := 0
	for _, s := range p.due.Book().Schemes() {
		said, err := p.due.Confirmations(ctx, scope, s.Key)
		if err != nil {
			return nil, err
		}
		n += len(unconfirmed(s, said))
	}
	if n == 0 {
		return nil, nil
	}
	return []web.Card{{Heading: "Assumed rules of grants", One: "Assumed rule of a grant", Text: "No source was found for them. Confirm each with its funder, or change the file of its scheme.",
		Count: n, Action: "See the rules", Href: paths.GrantSchemes(), Order: 60}}, nil
}
