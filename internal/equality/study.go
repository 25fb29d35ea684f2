package equality

import (
	"slices"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/analyse/tally"
)

// Level is how sure every interval of figures is.
const Level = 0.95

// Study works out what the counts of a report say: intervals, comparisons, trends
// and tests. The tables stand in the order of the report. An error is one of
// arithmetic, and no fault of whoever asked.
func (r Report) Study() (*analyse.Analysis, error) {
	if len(r.Query.Cohorts) > 1 {
		return r.Within(ByCohort)
	}
	return r.Within("")
}

// Within is the same study, in which groups are compared within each value of a
// column too, such as ByEmployer, and what is found there is put together.
func (r Report) Within(column string) (*analyse.Analysis, error) {
	if r.Cube == nil || r.Cube.Records == 0 {
		return &analyse.Analysis{Outcome: ByResult, Event: Failed, Level: Level, Tables: make([]analyse.Table, len(r.Tables))}, nil
	}
	q := r.request(r.Query.By)
	q.By = r.Query.By
	if slices.Contains(q.By, "deferrals") {
		q.Trend = []string{"deferrals"}
	}
	q.Stratify = column
	return analyse.Cube(r.Cube, q)
}

// Model fits what is left of a difference when others are held equal, to the
// records of which every term is known. The number of deferrals acts linearly.
func (r Report) Model(terms []string) (*analyse.Analysis, error) {
	q := r.request(terms)
	for _, key := range terms {
		q.Model = append(q.Model, analyse.Term{Column: key, Number: key == "deferrals"})
	}
	return analyse.Cube(r.Cube, q)
}

// request asks for what every study of a report has in common. Groups are compared
// with the one that the characteristic names, where anybody is in it.
func (r Report) request(keys []string) analyse.Request {
	q := analyse.Request{Outcome: ByResult, Event: Failed, Among: []string{Passed, Failed}, Unknown: Unknown(), Level: Level, Reference: map[string]string{}}
	for _, key := range keys {
		c, _ := characteristic(key)
		if c.against != "" && decided(r.Cube, ColumnOf(r.Cube, key), c.against) > 0 {
			q.Reference[key] = c.against
		}
	}
	return q
}

// decided is how many records of a group passed or failed.
func decided(c *tally.Cube, at int, group string) int64 {
	levels := c.Columns[at].Levels
	i := slices.Index(levels, group)
	if i < 0 {
		return 0
	}
	counts := c.Margin(0, at)
	return counts[passedAt*len(levels)+i] + counts[failedAt*len(levels)+i]
}
