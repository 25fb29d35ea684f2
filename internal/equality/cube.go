package equality

import (
	"slices"

	"example.org/asye/internal/analyse/tally"
)

// The columns of a [Store.Cube] besides the characteristics. What stands in
// ByEmployer is the identifier of the organisation that has the registration now.
const (
	ByResult   = "result" // always the first
	ByEmployer = "employer"
	ByCohort   = "cohort"
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

// cube counts records by everything at once.
type cube struct {
	complete bool // complete records only
	by       []func(record) string
	builder  *tally.Builder
	levels   []string
}

// newCube counts by result and by the given columns: keys of characteristics,
// ByEmployer or ByCohort.
func newCube(q Query, by []string) *cube {
	c := &cube{complete: q.CompleteOnly, by: []func(record) string{resultOf}}
	columns := []tally.Column{{Name: ByResult, Levels: Results()}}
	for _, key := range by {
		column := tally.Column{Name: key}
		switch one, found := characteristic(key); {
		case found:
			column.Levels = slices.Clone(one.groups)
			c.by = append(c.by, one.level)
		case key == ByEmployer:
			c.by = append(c.by, func(r record) string { return r.employer })
		default:
			column.Levels = cohortTexts(q.Cohorts)
			c.by = append(c.by, func(r record) string { return r.cohort.String() })
		}
		columns = append(columns, column)
	}
	c.builder, c.levels = tally.Build(columns...), make([]string, len(columns))
	return c
}

func (c *cube) add(r record) {
	if c.complete && !isComplete(r) {
		return
	}
	for i, of := range c.by {
		c.levels[i] = of(r)
	}
	c.builder.Add(c.levels...)
}

func resultOf(r record) string {
	if r.result == "" {
		return NoOutcome
	}
	return r.result
}
