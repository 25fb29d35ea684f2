package app

import (
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/tenant"
)

type outcomesCommand struct {
	By        []string `help:"Characteristics: gender, ethnicity, ethnic_group, ethnic_background, deferrals, age_band, disability, route, employer_type, region." placeholder:"NAME"`
	Cohorts   []string `help:"Financial years, like 2018-19; every one when left out." placeholder:"YEAR"`
	Programme string   `help:"The key of the programme." default:"child-and-family"`
	Complete  bool     `help:"Count complete records only."`
	Format    string   `help:"text, json or csv." default:"text"`
}

func (outcomesCommand) Help() string {
	return "Each table says how many records were complete enough to count.\n\n" +
		"Example: asye outcomes --by gender,ethnicity,deferrals \\\n  --cohorts 2018-19,2019-20,2020-21 --complete"
}

// Run counts outcomes, and writes the tables.
func (c outcomesCommand) Run(r *run) error {
	s, err := r.open()
	if err != nil {
		return err
	}
	defer s.close()
	cohorts, err := equality.ReadCohorts(c.Cohorts)
	if err != nil {
		return misuse(err)
	}
	report, err := s.equality.Count(r.ctx, tenant.System("asye outcomes"), equality.Query{Cohorts: cohorts,
		Programme: c.Programme, By: c.By, CompleteOnly: c.Complete})
	if err != nil {
		return misuse(err)
	}
	return misuse(equality.Release(report).Write(r.Out, equality.Format(c.Format)))
}

// open opens the service on the database of the settings, for one command.
func (r *run) open() (*service, error) {
	cfg, err := r.config(nil)
	if err != nil {
		return nil, err
	}
	return open(r.ctx, cfg, clock.Real(), cfg.logger(r.Err))
}
