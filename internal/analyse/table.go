package analyse

import (
	"fmt"
	"slices"
	"strconv"

	"example.org/asye/internal/stat/crosstab"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// table looks at one characteristic.
func (v *view) table(name string) (Table, error) {
	at := v.column(name)
	groups := v.groups(at)
	reference, err := v.reference(name, groups)
	if err != nil {
		return Table{}, err
	}
	t := Table{Characteristic: name, Groups: groups, Comparisons: []Comparison{}}
	if reference < 0 {
		return t, nil
	}
	t.Reference = groups[reference].Group
	var p []float64
	for i, g := range groups {
		if i == reference || g.Missing || g.Total == 0 {
			continue
		}
		c, err := v.compare(at, g, groups[reference])
		if err != nil {
			return t, fmt.Errorf("%s, %s: %w", name, g.Group, err)
		}
		t.Comparisons = append(t.Comparisons, c)
		p = append(p, float64(c.MidTwoSided))
	}
	if len(p) > 0 {
		adjusted, err := table.Adjust(p)
		if err != nil {
			return t, err
		}
		for i := range t.Comparisons {
			t.Comparisons[i].Holm, t.Comparisons[i].BH = adjusted.Holm[i], adjusted.BH[i]
		}
	}
	t.Whole = whole(groups)
	if slices.Contains(v.Trend, name) {
		t.trend()
	}
	return t, nil
}

// groups counts everybody by the values of a column.
func (v *view) groups(at int) []Group {
	counts := v.Margin(at, 0)
	width := len(v.Columns[0].Levels)
	var out []Group
	var events, total int64 // of those whose value is known
	for i, name := range v.Columns[at].Levels {
		g := Group{Group: name, Missing: v.missing(name)}
		for outcome, n := range counts[i*width : (i+1)*width] {
			g.Records += n
			if v.counts[outcome] {
				g.Total += n
			}
			if outcome == v.event {
				g.Events += n
			}
		}
		if !g.Missing {
			events, total = events+g.Events, total+g.Total
		}
		out = append(out, g)
	}
	for i := range out {
		out[i].measure(events, total, v.Level)
	}
	return out
}

// measure works out what follows from the counts of a group, where events and
// total are those of all groups whose value is known.
func (g *Group) measure(events, total int64, level float64) {
	g.Rate = ratio(g.Events, g.Total)
	g.CI = map[string]table.RateIntervals{table.LevelName(level): table.Rate(g.Events, g.Total, level)}
	g.Events1, g.People1, g.RR, g.Rest.Rate, g.Rest.Likelihood = figure.Undefined, figure.Undefined, figure.Undefined, figure.Undefined, figure.Undefined
	if g.Missing {
		return
	}
	g.Rest = Rest{Events: events - g.Events, Total: total - g.Total, Rate: ratio(events-g.Events, total-g.Total), Likelihood: figure.Undefined}
	g.Events1, g.People1 = ratio(g.Events, events), ratio(g.Total, total)
	if g.People1.Defined() && g.Events1.Defined() && g.Total > 0 {
		g.RR = g.Events1 / g.People1
	}
	if g.Total > 0 && g.Rest.Total > 0 {
		g.Rest.Likelihood = figure.Figure(table.TwoByTwo{A: g.Events, B: g.Total - g.Events, C: g.Rest.Events, D: g.Rest.Total - g.Rest.Events}.Ratio())
	}
}

// reference is the group that others are compared with: the one asked for,
// otherwise the largest; -1 where nobody's value is known.
func (v *view) reference(name string, groups []Group) (int, error) {
	if wanted, ok := v.Reference[name]; ok {
		for i, g := range groups {
			if g.Group == wanted {
				return i, nil
			}
		}
		return -1, fmt.Errorf("no record has %q in the column %s, with which its groups were to be compared. What stands there is %s", wanted, name, some(v.Columns[v.column(name)].Levels))
	}
	best := -1
	for i, g := range groups {
		if !g.Missing && g.Total > 0 && (best < 0 || g.Total > groups[best].Total) {
			best = i
		}
	}
	return best, nil
}

func (v *view) compare(at int, g, reference Group) (Comparison, error) {
	c := Comparison{Group: g.Group, Reference: reference.Group}
	var err error
	if c.Groups, err = table.Compare(against(g, reference), []float64{v.Level}); err != nil {
		return c, err
	}
	if v.Stratify == "" || v.column(v.Stratify) == at {
		return c, nil
	}
	strata, err := table.StrataOf(v.strata(at, g.Group, reference.Group))
	if err != nil {
		c.Why = err.Error()
	} else {
		c.Strata = &strata
	}
	return c, nil
}

func against(g, reference Group) table.TwoByTwo {
	return table.TwoByTwo{A: g.Events, B: g.Total - g.Events, C: reference.Events, D: reference.Total - reference.Events}
}

// strata are the tables of two groups, one within each value of the column of
// strata.
func (v *view) strata(at int, group, reference string) []table.TwoByTwo {
	by := v.column(v.Stratify)
	counts := v.Margin(by, at, 0)
	levels, outcomes := v.Columns[at].Levels, len(v.Columns[0].Levels)
	one, other := slices.Index(levels, group), slices.Index(levels, reference)
	cell := func(stratum, level int) (events, others int64) {
		begin := (stratum*len(levels) + level) * outcomes
		for outcome, n := range counts[begin : begin+outcomes] {
			if outcome == v.event {
				events += n
			} else if v.counts[outcome] {
				others += n
			}
		}
		return events, others
	}
	var out []table.TwoByTwo
	for stratum, name := range v.Columns[by].Levels {
		if v.missing(name) {
			continue
		}
		var t table.TwoByTwo
		t.A, t.B = cell(stratum, one)
		t.C, t.D = cell(stratum, other)
		if t.A+t.B+t.C+t.D > 0 {
			out = append(out, t)
		}
	}
	return out
}

// effort is how much exact work is worth while somebody waits for several tables:
// none where so many had the event that it could not be done.
func effort(cells [][]int64) int {
	var events, others int64
	for _, row := range cells {
		events, others = events+row[0], others+row[1]
	}
	if len(cells) > 2 && min(events, others) > 1000 {
		return 0
	}
	return crosstab.Effort / 50
}

// whole tests all groups at once; nil where there are not two.
func whole(groups []Group) *Whole {
	var cells [][]int64
	for _, g := range groups {
		if !g.Missing && g.Total > 0 {
			cells = append(cells, []int64{g.Events, g.Total - g.Events})
		}
	}
	if len(cells) < 2 {
		return nil
	}
	result, err := crosstab.Test(cells, effort(cells))
	if err != nil {
		return &Whole{Error: err.Error()}
	}
	return &Whole{Result: result}
}

// trend looks whether rates rise or fall along groups that are numbers.
func (t *Table) trend() {
	var x, n []int64
	var scores []float64
	for _, g := range t.Groups {
		if g.Missing || g.Total == 0 {
			continue
		}
		score, err := strconv.ParseFloat(g.Group, 64)
		if err != nil {
			t.TrendError = fmt.Sprintf("%q is not a number, so that there is no order in which to look for a trend", g.Group)
			return
		}
		x, n, scores = append(x, g.Events), append(n, g.Total), append(scores, score)
	}
	trend, err := table.TrendOf(x, n, scores)
	if err != nil {
		t.TrendError = err.Error()
		return
	}
	t.Trend = &trend
}
