package equality

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/equality/published"
)

// What a sentence can say of a group by its name without an interval beside it
// (EQU-16).
// The two are our own choice.
const (
	fewGroups     = 3   // a sentence lists no more
	enoughRecords = 100 // a rate of fewer moves by a whole one in every 100 with each record
)

// Finding says in one sentence what the counts of a table are, and no more than
// they are: not why, and not whether it could be chance. It names groups only
// where all of them are large; otherwise it gives the rate of the whole.
func (t Table) Finding() string {
	if t.Known == 0 {
		return "No record that is counted has this characteristic yet."
	}
	small := func(c Count) bool { return c.Total() < enoughRecords }
	if len(t.Groups) > fewGroups || slices.ContainsFunc(t.Groups, small) {
		return t.All().failed() + ". The table shows each group."
	}
	var parts []string
	for _, c := range t.Groups {
		if parts == nil {
			parts = append(parts, t.Display(c.Group)+": "+c.failed())
			continue
		}
		parts = append(parts, c.after(t.Display(c.Group)))
	}
	if mostlyKnown(t.Known, t.All().Total()) {
		return strings.Join(parts, "; ") + "."
	}
	return strings.Join(append(parts, t.NotKnown.after("not known")), "; ") + "."
}

// failed reads "18 of 1,486 failed, 1.2 in every 100".
func (c Count) failed() string {
	return fmt.Sprintf("%s of %s failed, %s in every 100", thousands(c.Failed), thousands(c.Total()), c.RateText())
}

// after reads "Male: 6 of 174, 3.4", in a sentence that has said what is
// counted.
func (c Count) after(name string) string {
	return fmt.Sprintf("%s: %s of %s, %s", name, thousands(c.Failed), thousands(c.Total()), c.RateText())
}

// Sentence is the whole in one line: "All: 24 of 1,660 failed, 1.4 in every 100."
func (r Report) Sentence() string {
	all := r.All()
	return all.Group + ": " + all.failed() + "."
}

// mostlyKnown reports whether at least nine in ten of some records are known,
// so that the rates of the known can stand for all. The nine is our own choice.
func mostlyKnown(known, of int) bool { return 10*known >= 9*of }

// smallText is the warning that stands above a table with small numbers.
const smallText = "Some numbers in this table are so small that it could give away how somebody’s year ended. " +
	"Do not publish it, and do not pass it on: here every number is shown as it was counted. What can be published is prepared as a release."

// Warning is what stands above the table when it is small.
func (t Table) Warning() string { return smallText }

// Display is a group as a page writes it, where its name in files is too short
// to stand alone.
func (t Table) Display(group string) string {
	if t.Characteristic.Key != "deferrals" {
		return group
	}
	switch group {
	case notKnown, everybody:
		return group
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

// Matches says how a count stands to the published one.
func Matches(c Count, p published.Group) string {
	if c.Failed == p.Failed && c.Total() == p.Total && (p.Percent == "" || c.RateText() == p.Percent) {
		return "matches"
	}
	return "differs"
}
