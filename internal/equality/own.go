package equality

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/disclosure/lattice"
	"example.org/asye/internal/stat/small"
)

// Own is what an employer sees of its own figures. How the years of its NQSWs
// ended it knows from their records; how many are of which group is protected,
// because it must not learn anybody's answers (EQU-19).
type Own struct {
	Cohorts       []asye.Cohort
	Registrations int
	Passed        int
	Failed        int
	Withdrawn     int
	NoOutcome     int
	Here          small.Employer // the employer among all
	Everywhere    *small.Report  // all employers, for the rate of all and the limits; none is named
	Makeup        []Makeup       // by characteristic
}

// Makeup is how many of an employer's NQSWs are of which group: to the nearest 5,
// and hidden where few are.
type Makeup struct {
	Characteristic Characteristic
	Groups         []MakeupGroup
	Withheld       bool // nothing can be shown that does not tell on somebody
	Outcomes       []Count
}

// MakeupGroup is one line of it.
type MakeupGroup struct {
	Group string
	disclosure.Figure
}

// whoAnswer are the characteristics that NQSWs tell of themselves, by which an
// employer's people are counted.
func whoAnswer() []string { return []string{"gender", "ethnicity", "disability"} }

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
	for _, key := range whoAnswer() {
		one, _ := characteristic(key)
		m, err := makeupOf(here, one)
		if err != nil {
			return out, err
		}
		out.Makeup = append(out.Makeup, m)
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

// makeupOf counts an employer's people by a characteristic, and protects it. The
// employer knows how many they are: that is part of what the groups are hidden
// from.
func makeupOf(c *tally.Cube, one Characteristic) (Makeup, error) {
	out := Makeup{Characteristic: one}
	policy, err := disclosure.For(disclosure.Public, disclosure.TenFive)
	if err != nil {
		return out, err
	}
	names, counts := people(c, one)
	total := 0
	for _, n := range counts {
		total += n
	}
	if total < policy.Threshold {
		out.Withheld = true
		return out, nil
	}
	l, err := lattice.New([]lattice.Dim{lattice.WithTotal(one.Key, names...)}, counts)
	if err != nil {
		return out, err
	}
	all := l.Index(len(names))
	t := disclosure.Table{Lattice: l, Outcome: toldOf(names), Keep: map[int]bool{all: true}, Before: map[int]disclosure.Bounds{all: {Low: total, High: total}}}
	policy.Group = total + 1 // that nobody or everybody is in a group tells the answers of all, however many they are
	release, err := disclosure.Suppress(t, policy)
	if err != nil {
		out.Withheld = true // the groups cannot be hidden from somebody who knows the whole
		return out, nil
	}
	report, err := release.Audit(t)
	if err != nil {
		return out, err
	}
	out.Withheld = !report.Safe
	if out.Withheld {
		return out, nil
	}
	for i, name := range names {
		out.Groups = append(out.Groups, MakeupGroup{name, release.Figures[l.Index(i)]})
	}
	out.Outcomes = largeOutcomes(tableOf(one, c), policy.Threshold)
	return out, nil
}

// toldOf makes the groups what is told of people, of which none tells as much as
// all.
func toldOf(groups []string) *disclosure.Outcome {
	out := &disclosure.Outcome{}
	for i := range groups {
		out.Adverse = append(out.Adverse, i)
	}
	return out
}

// people are everybody registered by group, those of whom nothing is known last.
func people(c *tally.Cube, one Characteristic) (names []string, counts []int) {
	at := ColumnOf(c, one.Key)
	unknown := 0
	for i, n := range c.Margin(at) {
		if level := c.Columns[at].Levels[i]; slices.Contains(Unknown(), level) {
			unknown += int(n)
		} else {
			names, counts = append(names, level), append(counts, int(n))
		}
	}
	return append(names, notKnown), append(counts, unknown)
}

// largeOutcomes are the outcomes of each group, only where so many of every group
// passed and failed that no count is small: with fewer, an employer that knows who
// failed would learn of which group they are. To the nearest 5, like everything
// that it sees by group.
func largeOutcomes(t Table, threshold int) []Count {
	groups := append(slices.Clone(t.Groups), t.NotKnown)
	few := func(c Count) bool { return c.Passed < threshold || c.Failed < threshold }
	if slices.ContainsFunc(groups, few) {
		return nil
	}
	for i, c := range groups { // exact, the group of whoever passed or failed last would be the one that grows
		failed := disclosure.Nearest5(c.Failed)
		groups[i] = Count{Group: c.Group, Failed: failed, Passed: disclosure.Nearest5(c.Total()) - failed}
	}
	return groups
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

// Text is a figure as it is shown: c stands for one that is hidden.
func (g MakeupGroup) Text() string {
	if g.Hidden {
		return "c"
	}
	return thousands(g.Value)
}

// Hides reports whether a line is hidden.
func (m Makeup) Hides() bool {
	return slices.ContainsFunc(m.Groups, func(g MakeupGroup) bool { return g.Hidden })
}

// OutcomeText is the outcomes of each group in one line.
func (m Makeup) OutcomeText() string {
	var parts []string
	for _, c := range m.Outcomes {
		parts = append(parts, fmt.Sprintf("%s: %s", c.Group, c.failed()))
	}
	return strings.Join(parts, "; ")
}

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
