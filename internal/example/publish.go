package example

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/stat/disclosure"
)

// publishedOn is the day on which the release of the example was published: when
// the years of the past had been brought in.
var publishedOn = asye.MustDate("2026-06-16")

// publish releases the figures of the cohorts that the annual report is about, as an
// analyst prepares them and two people approve them. The cohort after them is left
// for whoever tries it.
func (b *builder) publish(ctx context.Context) error {
	b.stand(publishedOn)
	s := publication.NewStore(b.db, b.answers)
	analyst := tenant.SignedIn(b.personas["hina.qureshi@example.org"], b.national, asye.Analyst)
	nation := tenant.SignedIn(b.personas["ruth.illingworth@example.org"], b.national, asye.National)
	id, err := s.Prepare(ctx, analyst, publication.Plan{Title: "How the ASYE ended, cohorts 2018-19 to 2020-21", Period: "outcomes recorded by 16 June 2026",
		Programme: equality.ChildAndFamily, Cohorts: []asye.Cohort{2018, 2019, 2020}, Method: disclosure.TenFive,
		Tables: []string{"gender", "ethnicity", "ethnic_group", "deferrals", "age_band", "disability"}})
	if err != nil {
		return err
	}
	r, err := s.Check(ctx, analyst, id)
	if err != nil {
		return err
	}
	for _, who := range []tenant.Scope{analyst, nation} {
		if err := s.Approve(ctx, who, id, r.Hash); err != nil {
			return err
		}
	}
	return nil
}
