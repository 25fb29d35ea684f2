package equality

import (
	"fmt"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/small"
)

// Own is what an employer sees of its own figures: what follows from records that
// it keeps itself. Nothing is by what NQSWs say of themselves: an employer knows
// how each year ended, so that the smallest table would tell it answers (EQU-19).
type Own struct {
	Cohorts       []asye.Cohort
	Registrations int
	Passed        int
	Failed        int
	Withdrawn     int
	NoOutcome     int
	Here          small.Employer // the employer among all
	Everywhere    *small.Report  // all employers, for the rate of all and the limits; none is named
	Tables        []Table        // by what the employer has on record
}

// onRecord are the characteristics that stand in records which coordinators keep.
func onRecord() []string { return []string{"deferrals", "age_band", "route"} }

// ownOf picks an employer's own figures out of those of all.
func ownOf(c *tally.Cube, employer string) (Own, error) {
	at, cohort := ColumnOf(c, ByEmployer), ColumnOf(c, ByCohort)
	here := c.Only(func(levels []uint16) bool { return c.Columns[at].Levels[levels[at]] == employer })
	results := here.Margin(0)
	out := Own{Registrations: int(here.Records), Passed: int(results[passedAt]), Failed: int(results[failedAt]), Withdrawn: int(results[2]), NoOutcome: int(results[3])}
	for i, n := range here.Margin(cohort) {
		if n > 0 {
			year, err := asye.ParseCohort(c.Columns[cohort].Levels[i])
			if err != nil {
				return out, err
			}
			out.Cohorts = append(out.Cohorts, year)
		}
	}
	var err error
	if out.Everywhere, err = EmployersOf(c); err != nil {
		return out, err
	}
	if out.Everywhere != nil {
		out.stand(employer)
	}
	for _, key := range onRecord() {
		one, _ := characteristic(key)
		t := tableOf(one, here)
		t.Of = out.Passed + out.Failed
		out.Tables = append(out.Tables, t)
	}
	return out, nil
}

// stand finds the employer among all, and forgets the others: they are nobody's
// business. The rate of all goes too where it would tell that of few others, or
// of one: whoever knows how their own ended takes them off.
func (o *Own) stand(employer string) {
	var others []small.Employer
	for _, e := range o.Everywhere.Employers {
		if e.Employer == employer {
			o.Here = e
		} else {
			others = append(others, e)
		}
	}
	if o.Everywhere.Employers = nil; tellOfOne(others) {
		o.Everywhere = nil
	}
}

// tellOfOne tells whether employers together are so few people, or so nearly one
// employer, that their rate must not be known.
func tellOfOne(list []small.Employer) bool {
	p, err := disclosure.For(disclosure.Public, disclosure.TenFive)
	var failed, total, mostFailed, most int
	for _, e := range list {
		x, n := int(e.X), int(e.N)
		failed, total, mostFailed, most = failed+x, total+n, max(mostFailed, x), max(most, n)
	}
	few := func(n int) bool { return n > 0 && n < p.Threshold }
	nearly := func(one, all int) bool { return one*100 > p.Share*all }
	return err != nil || total < p.Threshold || few(failed) || few(total-failed) || nearly(most, total) || nearly(mostFailed, failed)
}

// EmployersOf looks at the employers of whose NQSWs somebody passed or failed; nil
// where there are none.
func EmployersOf(c *tally.Cube) (*small.Report, error) {
	at := ColumnOf(c, ByEmployer)
	counts, levels := c.Margin(0, at), c.Columns[at].Levels
	var list []small.Count
	for i, name := range levels {
		if passed, failed := counts[passedAt*len(levels)+i], counts[failedAt*len(levels)+i]; passed+failed > 0 {
			list = append(list, small.Count{Name: name, X: failed, N: passed + failed})
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	return small.Rates(list)
}

// Place says where the employer stands among all.
func (o Own) Place() string {
	switch e := o.Here; {
	case e.N == 0:
		return "Nobody here has passed or failed yet."
	case o.Everywhere == nil:
		return "There are too few others to compare with, or nearly all of them are of one employer."
	case !e.PMid.Defined():
		return "There is nothing to compare with yet."
	case o.Everywhere.Theta0 == 0:
		return "Nobody has failed anywhere, so that there is nothing by which employers could differ."
	}
	text := fmt.Sprintf("%s of %s failed here, %s in every 100; of all employers together %s in every 100.", thousands(o.Failed), thousands(int(o.Here.N)),
		InHundred(100*float64(o.Here.Rate)), InHundred(100*float64(o.Everywhere.Theta0)))
	switch {
	case Above(o.Here, "0.975"):
		text += " That is above the line below which 39 of 40 employers of this size would lie if all had one rate. It is a reason to look, and no more: one employer in forty lies there by chance."
	case Below(o.Here, "0.025"):
		text += " That is below the line above which 39 of 40 employers of this size would lie if all had one rate. One employer in forty lies there by chance."
	default:
		text += " For an employer of this size, that is within what chance does if all employers have one rate."
	}
	return text
}

// CohortNames are the cohorts counted.
func (o Own) CohortNames() string { return CohortList(cohortTexts(o.Cohorts)) }

// Above reports whether an employer lies above a line of the funnel. The line of a
// very small one can run below none, and nobody lies above it by having no fails.
func Above(e small.Employer, line string) bool {
	limit := e.Limits[line]
	return e.X > 0 && limit.Defined() && e.Rate > limit
}

// Below reports whether an employer lies below a line of the funnel.
func Below(e small.Employer, line string) bool {
	limit := e.Limits[line]
	return limit.Defined() && e.Rate < limit
}
