package mine

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// Answered tells which people have sent the equality section; never what they
// said in it.
type Answered func(ctx context.Context, scope tenant.Scope, people []asye.PersonID) (map[asye.PersonID]bool, error)

// Needs is what these pages are built on.
type Needs struct {
	Store    *registration.Store
	Answered Answered
}

var (
	mayLive  = access.Years.For(asye.NQSW)
	mayMove  = access.Moves.For(asye.NQSW)
	everyone = access.Public.ForEveryone()
)

type pages struct{ Needs }

// Mount serves the pages of this package.
func Mount(m *web.Mux, n Needs) {
	p := &pages{n}
	m.Page(paths.MyYear(), mayLive, web.Plain, p.yearShow)
	m.Page(paths.MyHistory(), mayLive, web.Plain, p.historyList)
	m.Form(paths.MyDetails(), mayLive, web.Plain, web.Once, p.detailsConfirm)
	m.Form(paths.MyDetailsEdit(), mayLive.Fresh(), web.Plain, web.Once, p.detailsEdit)
	m.Form(paths.MyMove(), mayMove, web.Plain, web.Once, p.moveConfirm)
	m.Page(paths.Privacy(), everyone, web.Plain, p.privacyShow)
	m.Page(paths.Help(), everyone, web.Plain, p.helpShow)
	m.Page(paths.Accessibility(), everyone, web.Plain, accessibilityShow)
}

// answered tells whether the person at work has sent the equality section.
func (n Needs) answered(ctx context.Context, scope tenant.Scope) (bool, error) {
	if n.Answered == nil {
		return false, nil
	}
	sent, err := n.Answered(ctx, scope, []asye.PersonID{scope.Person()})
	return sent[scope.Person()], err
}

// Cards gives the home page what an NQSW has to do; nobody else has a year. The
// equality section has a card of its own capability.
func Cards(n Needs) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, today asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.NQSW {
			return nil, nil
		}
		rec, err := n.Store.Mine(ctx, scope)
		if fault.KindOf(err) == fault.NotFound {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		var cards []web.Card
		for i, t := range todos(rec, true) {
			if !t.done {
				cards = append(cards, web.Card{Heading: t.title, Text: t.hint, Action: t.title, Href: t.href, Urgent: t.urgent, Order: 10 + i})
			}
		}
		year := web.Card{Heading: "Your year", Text: standing(rec, today), Action: "See your year", Href: paths.MyYear(), Order: 20}
		return append(cards, year), nil
	}
}
