package rights

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Cards tells those who look after the whole service of data whose time has
// come, where nothing erases it by itself.
func (s *Store) Cards(ctx context.Context, scope tenant.Scope, today asye.Date) ([]web.Card, error) {
	if s.settings.Applies {
		return nil, nil
	}
	due, err := s.Due(ctx, scope, today)
	if fault.KindOf(err) == fault.Forbidden {
		return nil, nil
	}
	if err != nil || len(due) == 0 {
		return nil, err
	}
	return []web.Card{{Heading: "People whose data has no reason to be kept", One: "Person whose data has no reason to be kept", Count: len(due),
		Text: "The period of the retention schedule is over for them.", Action: "See who", Href: paths.RetentionDue(), Order: 60}}, nil
}
