package equality

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/equality/published"
)

// fewGroups is how many groups a sentence can list before it only gives the
// lowest and the highest.
const fewGroups = 3

// Finding says in one sentence what the counts of a table are, and no more than
// they are: not why, and not whether it could be chance.
func (t Table) Finding() string {
	groups := slices.DeleteFunc(slices.Clone(t.Groups), func(c Count) bool { return c.Total() == 0 })
	slices.SortStableFunc(groups, func(a, b Count) int {
		rateA, _ := a.Rate()
		rateB, _ := b.Rate()
		switch {
		case rateA > rateB:
			return -1
		case rateA < rateB:
			return 1
		}
		return 0
	})
	switch {
	case len(groups) == 0:
		return "No record that is counted has this characteristic yet."
	case len(groups) <= fewGroups:
		return t.listed(groups)
	}
	most, least := groups[0], groups[len(groups)-1]
	return fmt.Sprintf("Failed in every 100: from %s (%s; %s of %s) to %s (%s; %s of %s).",
		least.RateText(), t.Display(least.Group), thousands(least.Failed), thousands(least.Total()),
		most.RateText(), t.Display(most.Group), thousands(most.Failed), thousands(most.Total()))
}

func (t Table) listed(groups []Count) string {
	var parts []string
	for i, c := range groups {
		part := fmt.Sprintf("%s: %s of %s failed, %s in every 100", t.Display(c.Group), thousands(c.Failed), thousands(c.Total()), c.RateText())
		if i > 0 {
			part = fmt.Sprintf("%s: %s of %s, %s", t.Display(c.Group), thousands(c.Failed), thousands(c.Total()), c.RateText())
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ") + "."
}

// Display is a group as a page writes it, where its name in files is too short
// to stand alone.
func (t Table) Display(group string) string {
	if t.Characteristic.Key != "deferrals" {
		return group
	}
	switch group {
	case "0":
		return "No deferrals"
	case "1":
		return "1 deferral"
	}
	return group + " deferrals"
}

// Comparable reports whether a report counts what the published figures count:
// the same programme and cohorts, and complete records only.
func (r Report) Comparable() bool {
	o := published.Read().Outcomes
	return r.Query.CompleteOnly && r.Query.Programme == o.Programme && slices.Equal(cohortTexts(r.Query.Cohorts), o.Cohorts)
}

// compare says how a count stands to the published one.
func compare(c Count, p published.Group) string {
	if c.Failed == p.Failed && c.Total() == p.Total && c.RateText() == p.Percent {
		return "Matches"
	}
	return "Differs"
}
