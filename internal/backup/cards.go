package backup

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Cards tells those who look after the whole service when the last good backup
// is too old, when the shipped log is behind, and where nothing makes backups.
func (s *Store) Cards(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
	h, err := s.Health(ctx, scope)
	if fault.KindOf(err) == fault.Forbidden {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var cards []web.Card
	add := func(c web.Card) {
		c.Action, c.Href = "See the backups", paths.AdminBackups()
		cards = append(cards, c)
	}
	switch {
	case h.Late && h.Found:
		add(web.Card{Heading: "The last good backup is " + Ago(h.Age) + " old", Urgent: true, Order: 5,
			Text: "If the machine were lost now, everything since then would be lost with it."})
	case h.Late:
		add(web.Card{Heading: "There is no good backup", Urgent: true, Order: 5,
			Text: "If the machine were lost now, everything would be lost with it."})
	case !h.Set && !h.Found:
		add(web.Card{Heading: "Nothing makes backups", Order: 50,
			Text: "The service can make them by itself once it is told where to and for whom."})
	}
	if h.Lagging {
		add(web.Card{Heading: "The shipped log is " + Ago(h.Behind) + " behind", Urgent: true, Order: 6,
			Text: "What was written since then is on this machine alone."})
	}
	return cards, nil
}
