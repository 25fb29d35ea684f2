package web

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

// Card is one thing that needs somebody today, for the home page of their role.
type Card struct {
	Heading string // what it is: "Registrations to confirm"
	One     string // what it is where Count is 1: "Registration to confirm"; Heading when empty
	Text    string // one sentence: who waits for what
	Count   int    // how many; 0 shows no number
	Action  string // what the link says: "See the cohort"
	Href    string
	Urgent  bool // overdue, or somebody is blocked
	Order   int  // lower comes first
}

// Title is what the card is about, in words that go with its count.
func (c Card) Title() string {
	if c.Count == 1 && c.One != "" {
		return c.One
	}
	return c.Heading
}

// Cards gives a capability's cards for one person; none when nothing needs them.
type Cards func(ctx context.Context, scope tenant.Scope, today asye.Date) ([]Card, error)
