package equality

import (
	"fmt"
	"slices"
	"strconv"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/stat/table"
)

// Report is what was counted. It holds counts only; see [Release] for the way
// out.
type Report struct {
	Query         Query
	Registrations int // enrolments in the cohorts (EQU-8)
	WithOutcome   int // those that passed or failed (EQU-9)
	Withdrawn     int // listed apart, and in no rate (EQU-9)
	Complete      int // with an outcome, and gender, ethnicity and deferrals known (EQU-11)
	Passed        int // among the records counted: all with an outcome, or the complete ones
	Failed        int // likewise
	Tables        []Table
	// Cube has the records counted, by everything at once, for what is worked out
	// from counts: the result, gender, ethnicity, deferrals, cohorts, what was
	// asked for, and what else was crossed with it.
	Cube *tally.Cube
}

// Table is the outcomes by one characteristic.
type Table struct {
	Characteristic Characteristic
	Groups         []Count
	NotKnown       Count // the records counted that are in no group
	Known          int   // records in a group
	Of             int   // records with an outcome, known or not
}

// What the two rows below the groups are called.
const (
	notKnown  = "Not known"
	everybody = "All"
)

// All is every record that the table counts, in a group or not (EQU-13).
func (t Table) All() Count {
	all := Count{Group: everybody}
	for _, c := range append(slices.Clone(t.Groups), t.NotKnown) {
		all.Passed += c.Passed
		all.Failed += c.Failed
	}
	return all
}

// What makes a number small enough to tell on somebody (EQU-16).
const (
	fewRecords = 10 // a group of fewer is small
	fewFailed  = 5  // and so is one of which fewer failed, but somebody did
)

// Small reports whether the table could tell on somebody.
func (t Table) Small() bool {
	return slices.ContainsFunc(append(slices.Clone(t.Groups), t.NotKnown), Count.Small)
}

// Small reports whether the group could tell on somebody.
func (c Count) Small() bool {
	return c.Total() > 0 && c.Total() < fewRecords || c.Failed > 0 && c.Failed < fewFailed
}

// Count is the outcomes of one group.
type Count struct {
	Group          string
	Passed, Failed int
}

// Total is everybody in the group who passed or failed.
func (c Count) Total() int { return c.Passed + c.Failed }

// Rate is how many in every hundred failed; false when the group is empty.
func (c Count) Rate() (float64, bool) {
	if c.Total() == 0 {
		return 0, false
	}
	return 100 * float64(c.Failed) / float64(c.Total()), true
}

// RateText is the rate to one decimal, or a dash when there is none.
func (c Count) RateText() string {
	rate, ok := c.Rate()
	if !ok {
		return "–"
	}
	return strconv.FormatFloat(rate, 'f', 1, 64)
}

// Counted is how many records the report counts.
func (r Report) Counted() int { return r.Passed + r.Failed }

// All is every record that the report counts.
func (r Report) All() Count { return Count{everybody, r.Passed, r.Failed} }

// NoOutcome is how many registrations have no outcome yet.
func (r Report) NoOutcome() int { return r.Registrations - r.WithOutcome - r.Withdrawn }

// reportOf makes the report out of a cube of the result, of what makes a record
// complete, of cohorts, and of the characteristics asked for.
func reportOf(q Query, c *tally.Cube) Report {
	r := Report{Query: q, Registrations: int(c.Records)}
	complete := completeIn(c)
	c.Cells(func(levels []uint16, n int64) {
		switch c.Columns[0].Levels[levels[0]] {
		case Withdrawn:
			r.Withdrawn += int(n)
		case Passed, Failed:
			r.WithOutcome += int(n)
			if complete(levels) {
				r.Complete += int(n)
			}
		}
	})
	r.Cube = c
	if q.CompleteOnly {
		r.Cube = c.Only(complete)
	}
	for _, key := range q.By {
		one, _ := characteristic(key)
		t := tableOf(one, r.Cube)
		t.Of = r.WithOutcome
		r.Tables = append(r.Tables, t)
	}
	results := r.Cube.Margin(0)
	r.Passed, r.Failed = int(results[passedAt]), int(results[failedAt])
	return r
}

// Where two of Results stand in a cube.
const passedAt, failedAt = 0, 1

// InNoRate says who is left out of every rate.
func (r Report) InNoRate() string {
	return fmt.Sprintf("%s withdrew and %s have no outcome yet; neither is in a rate", thousands(r.Withdrawn), thousands(r.NoOutcome()))
}

// tableOf counts the outcomes by one characteristic.
func tableOf(one Characteristic, c *tally.Cube) Table {
	t := Table{Characteristic: one, NotKnown: Count{Group: notKnown}}
	at := ColumnOf(c, one.Key)
	counts, groups := c.Margin(0, at), c.Columns[at].Levels
	for i, group := range groups {
		passed, failed := int(counts[passedAt*len(groups)+i]), int(counts[failedAt*len(groups)+i])
		switch {
		case slices.Contains(Unknown(), group):
			t.NotKnown.Passed, t.NotKnown.Failed = t.NotKnown.Passed+passed, t.NotKnown.Failed+failed
			continue
		case passed+failed == 0 && !slices.Contains(one.groups, group):
			continue
		}
		t.Groups = append(t.Groups, Count{group, passed, failed})
		t.Known += passed + failed
	}
	return t
}

// WithRecords are the groups of which somebody passed or failed.
func (t Table) WithRecords() []Count {
	return slices.DeleteFunc(slices.Clone(t.Groups), func(c Count) bool { return c.Total() == 0 })
}

// AgainstOthers sets a group beside everybody else whose group is known.
func (t Table) AgainstOthers(g Count) table.TwoByTwo {
	out := table.TwoByTwo{A: int64(g.Failed), B: int64(g.Passed)}
	for _, c := range t.Groups {
		if c.Group != g.Group {
			out.C, out.D = out.C+int64(c.Failed), out.D+int64(c.Passed)
		}
	}
	return out
}
