package equality

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Cards tells an NQSW who has not been asked yet that there are questions, and
// that they are free not to answer.
func (s *Store) Cards(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
	if scope.Role() != asye.NQSW {
		return nil, nil
	}
	a, err := s.Mine(ctx, scope)
	if err != nil || a.Answered() {
		return nil, err
	}
	return []web.Card{{Heading: "Equality questions", Text: "Four short questions, each optional. Your employer never sees your answers.",
		Action: "See the questions", Href: paths.MyEquality(), Order: 60}}, nil
}
