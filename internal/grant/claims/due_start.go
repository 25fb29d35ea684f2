package claims

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/platform/web"
)

// start is what can be claimed of one scheme now.
type start struct {
	Scheme  grant.Scheme
	Content claim.Content
	Closes  asye.Instant // the first instant that is too late for one of the payments
	By      string       // the deadline as people say it
	Open    *claim.Claim // the claim that is open already
}

// starts are the schemes of which something can be claimed, or a claim is open.
func (p *pages) starts(r *web.Request, due []grant.Row) ([]start, error) {
	list, err := p.claims.List(r.Context(), r.Scope)
	if err != nil {
		return nil, err
	}
	var out []start
	for _, s := range p.due.Book().Schemes() {
		one := start{Scheme: s, Open: openOf(list, s.Key)}
		met, err := p.met(r, s)
		if err != nil {
			return nil, err
		}
		one.Content = claim.Compose(s, due, nil, met)
		for _, l := range one.Content.Now() {
			if one.Closes.IsZero() || l.Closes.Before(one.Closes) {
				one.Closes, one.By = l.Closes, until(s, l.On)
			}
		}
		if one.Open != nil || !one.Closes.IsZero() {
			out = append(out, one)
		}
	}
	return out, nil
}

// openOf is the claim of a scheme that is being made; nil when there is none.
func openOf(list []claim.Claim, scheme string) *claim.Claim {
	for i, c := range list {
		if c.Scheme.Key == scheme && (c.State == claim.Draft || c.State == claim.Signed) {
			return &list[i]
		}
	}
	return nil
}

// met are the conditions of a scheme that the employer at work has shown to be
// met.
func (p *pages) met(r *web.Request, s grant.Scheme) (map[string]bool, error) {
	out := map[string]bool{}
	if len(s.Conditions) == 0 {
		return out, nil
	}
	documents, err := p.claims.Documents(r.Context(), r.Scope, s.Key)
	for _, d := range documents {
		out[d.Condition] = true
	}
	return out, err
}

// ready says what can be claimed at once.
func (s start) ready() string {
	return some(len(s.Content.Lines), "payment") + ", " + claim.Total(s.Content.Lines).String() + " in total"
}

// deadline says until when, and how long that is.
func (s start) deadline(now asye.Instant) string {
	if s.Closes.IsZero() {
		return ""
	}
	if !now.Before(s.Closes) {
		return "The deadline was " + s.By + ". The funder lets you claim after it."
	}
	return "By " + s.By + ": " + left(now, s.Closes) + "."
}
