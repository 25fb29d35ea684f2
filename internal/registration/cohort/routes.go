// Package cohort has the coordinator's list of registrations, and the cards by
// which the home page leads to those that need something.
package cohort

import (
	"context"
	"fmt"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// Deps is what the list needs from others.
type Deps struct {
	Store    *registration.Store
	Drafts   *journey.Store        // of unfinished registrations
	Answered registration.Answered // nil leaves the column out
}

// Mount puts the list on the mux.
func Mount(m *web.Mux, d Deps) {
	p := &pages{d}
	m.Page(paths.Registrations(nil), access.Years.For(asye.Coordinator), web.Personal("enrolments", ""), p.registrationList)
}

type pages struct{ Deps }

// Cards gives a coordinator's home page what needs them.
func Cards(store *registration.Store) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.Coordinator {
			return nil, nil
		}
		waiting, err := store.Waiting(ctx, scope)
		if err != nil {
			return nil, err
		}
		return cards(waiting), nil
	}
}

func cards(w registration.Waiting) []web.Card {
	all := []web.Card{
		{Heading: "Outcomes overdue", One: "Outcome overdue", Count: w.Overdue, Urgent: true, Order: 10,
			Text:   people(w.Overdue, "has", "have") + " reached the end of the year and no outcome is recorded.",
			Action: one(w.Overdue, "Record the outcome", "Record the outcomes"), Href: everyCohort("status", string(registration.Overdue))},
		{Heading: "Transfers to answer", One: "Transfer to answer", Count: w.Claims, Urgent: true, Order: 20,
			Text: counted(w.Claims, "NQSW of yours is", "NQSWs of yours are") +
				" claimed by another employer, which waits for you to say whether they leave.",
			Action: one(w.Claims, "Answer the claim", "Answer the claims"), Href: paths.Transfers()},
		{Heading: "Returns from pause", One: "Return from pause", Count: w.Returning, Order: 30,
			Text: people(w.Returning, "is", "are") + fmt.Sprintf(" expected back from a pause within %d days, or should be back already.",
				registration.ReturnWithin),
			Action: "See who returns", Href: everyCohort("need", string(registration.Returning))},
		{Heading: "Years that end soon", One: "Year that ends soon", Count: w.Ending, Order: 40,
			Text:   people(w.Ending, "has", "have") + fmt.Sprintf(" a last day within the next %d days.", registration.EndWithin),
			Action: "See whose year ends", Href: everyCohort("need", string(registration.Ending))},
		{Heading: "NQSWs without an assessor", One: "NQSW without an assessor", Count: w.Assessing, Order: 45,
			Text:   people(w.Assessing, "has", "have") + " nobody named who assesses the year.",
			Action: "See who has none", Href: everyCohort("need", string(registration.Assessing))},
		{Heading: "NQSWs with details not confirmed", One: "NQSW with details not confirmed", Count: w.Confirming, Order: 50,
			Text:   people(w.Confirming, "has", "have") + " not yet confirmed the details that you gave.",
			Action: "See who has not", Href: everyCohort("need", string(registration.Confirming))},
	}
	var out []web.Card
	for _, card := range all {
		if card.Count > 0 {
			out = append(out, card)
		}
	}
	return out
}

// one chooses the words for one or for many.
func one(n int, single, many string) string {
	if n == 1 {
		return single
	}
	return many
}

func people(n int, one, many string) string { return counted(n, "NQSW "+one, "NQSWs "+many) }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func everyCohort(key, value string) string {
	return paths.Registrations(map[string][]string{"cohort": {"all"}, key: {value}})
}
