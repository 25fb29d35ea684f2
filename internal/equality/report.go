package equality

import (
	"slices"
	"strconv"
	"strings"
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
	return slices.ContainsFunc(append(slices.Clone(t.Groups), t.NotKnown), Count.small)
}

func (c Count) small() bool {
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

// counting counts records one at a time and keeps none of them.
type counting struct {
	report Report
	by     []map[string]*Count
}

func newCounting(q Query) *counting {
	t := &counting{report: Report{Query: q}}
	for _, key := range q.By {
		c, _ := characteristic(key)
		groups := map[string]*Count{}
		for _, g := range c.groups {
			groups[g] = &Count{Group: g}
		}
		t.by = append(t.by, groups)
		t.report.Tables = append(t.report.Tables, Table{Characteristic: c, NotKnown: Count{Group: notKnown}})
	}
	return t
}

func (t *counting) add(r record) {
	t.report.Registrations++
	if r.result == "withdrawn" {
		t.report.Withdrawn++
	}
	if r.result != "passed" && r.result != "failed" {
		return
	}
	t.report.WithOutcome++
	complete := isComplete(r)
	if complete {
		t.report.Complete++
	}
	if t.report.Query.CompleteOnly && !complete {
		return
	}
	bump(&t.report.Passed, &t.report.Failed, r)
	for i, table := range t.report.Tables {
		t.count(i, table.Characteristic.of(r), r)
	}
}

// count puts a record into its group, or among those whose group is not known.
func (t *counting) count(table int, group string, r record) {
	if none := &t.report.Tables[table].NotKnown; group == "" {
		bump(&none.Passed, &none.Failed, r)
		return
	}
	c := t.by[table][group]
	if c == nil {
		c = &Count{Group: group}
		t.by[table][group] = c
	}
	bump(&c.Passed, &c.Failed, r)
	t.report.Tables[table].Known++
}

func bump(passed, failed *int, r record) {
	if r.result == "failed" {
		*failed++
	} else {
		*passed++
	}
}

// isComplete is EQU-11. The number of deferrals is always known here: it is the
// number of pauses on record.
func isComplete(r record) bool {
	return known(Sexes(), r.sex) != "" && ethnicity(r) != ""
}

// done puts the groups in order and gives the report.
func (t *counting) done() Report {
	for i := range t.report.Tables {
		table := &t.report.Tables[i]
		table.Of = t.report.WithOutcome
		for _, c := range t.by[i] {
			table.Groups = append(table.Groups, *c)
		}
		order := table.Characteristic.groups
		slices.SortFunc(table.Groups, func(a, b Count) int { return compareGroups(order, a.Group, b.Group) })
	}
	return t.report
}

// compareGroups follows the list where there is one, then numbers by size, then
// the alphabet.
func compareGroups(order []string, a, b string) int {
	at := func(g string) int {
		if i := slices.Index(order, g); i >= 0 {
			return i
		}
		return len(order)
	}
	if d := at(a) - at(b); d != 0 {
		return d
	}
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	if errA == nil && errB == nil {
		return m - n
	}
	return strings.Compare(a, b)
}
