package figures

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// DirectorCards lead a director to how the programme that they answer for goes.
func DirectorCards(context.Context, tenant.Scope, asye.Date) ([]web.Card, error) {
	return []web.Card{{Heading: "Outcomes", Text: "How many of your NQSWs passed, failed and withdrew, by what your organisation has on record, and where it stands among all employers.",
		Action: "See your outcomes", Href: paths.OurOutcomes(), Order: 10}}, nil
}
