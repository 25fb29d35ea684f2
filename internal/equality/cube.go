package equality

import (
	"slices"
	"strconv"

	"example.org/asye/internal/analyse/tally"
)

// The columns of a [Store.Cube] besides the characteristics. What stands in
// ByEmployer is the identifier of the organisation that has the registration now.
// Record keys are for noise alone, and never leave.
const (
	ByResult   = "result" // always the first
	ByEmployer = "employer"
	ByCohort   = "cohort"
	ByKey      = "record key" // 0 where a registration has none yet
)

// The results of a registration; NoOutcome is one without an outcome that stands.
const (
	Passed    = "passed"
	Failed    = "failed"
	Withdrawn = "withdrawn"
	NoOutcome = "no outcome"
)

// Results lists them.
func Results() []string { return []string{Passed, Failed, Withdrawn, NoOutcome} }

// cross makes a cube of the result and of some columns, and gives what counts a
// record in it.
func cross(q Query, by []string) (*tally.Builder, func(record)) {
	of := []func(record) string{resultOf}
	columns := []tally.Column{{Name: ByResult, Levels: Results()}}
	for _, key := range by {
		column := tally.Column{Name: key}
		switch one, found := characteristic(key); {
		case found:
			column.Levels = one.groups
			of = append(of, one.level)
		case key == ByEmployer:
			of = append(of, func(r record) string { return r.employer })
		case key == ByKey:
			of = append(of, func(r record) string { return strconv.Itoa(r.key) })
		default:
			column.Levels = cohortTexts(q.Cohorts)
			of = append(of, func(r record) string { return r.cohort.String() })
		}
		columns = append(columns, column)
	}
	builder, levels := tally.Build(columns...), make([]string, len(columns))
	return builder, func(r record) {
		for i, level := range of {
			levels[i] = level(r)
		}
		builder.Add(levels...)
	}
}

func resultOf(r record) string {
	if r.result == "" {
		return NoOutcome
	}
	return r.result
}

// completing are the characteristics that a complete record has (EQU-11). The
// number of deferrals is always known here: it is the number of pauses on record.
func completing() []string { return []string{"gender", "ethnicity"} }

// completeIn tells which cells of a cube are of complete records.
func completeIn(c *tally.Cube) func(levels []uint16) bool {
	places := make([]int, len(completing()))
	for i, key := range completing() {
		places[i] = ColumnOf(c, key)
	}
	return func(levels []uint16) bool {
		return !slices.ContainsFunc(places, func(at int) bool { return slices.Contains(Unknown(), c.Columns[at].Levels[levels[at]]) })
	}
}

// ColumnOf is where a column stands in a cube; -1 when it does not.
func ColumnOf(c *tally.Cube, name string) int {
	return slices.IndexFunc(c.Columns, func(column tally.Column) bool { return column.Name == name })
}

// AnyUnknown reports whether a group is none, but a reason for which nothing is
// known.
func AnyUnknown(groups []string) bool {
	return slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(Unknown(), g) })
}
