package figures

import (
	"fmt"
	"net/http"
	"strconv"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/table"
)

// cohortShowView is what the page of outcomes over time shows.
type cohortShowView struct {
	frame
	Study *analyse.Analysis
}

// cohortShow serves outcomes by cohort: does the rate rise or fall, and does a gap
// between groups stay what it is?
func (p *pages) cohortShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, overTime)
	if err != nil {
		return err
	}
	v := cohortShowView{frame: f}
	if v.Study, err = f.study(); err != nil {
		return err
	}
	if asked(r) && f.counts() {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, cohortShowPage(v))
}

// inCohorts are the counts of a group in each cohort; everybody's when the
// characteristic is empty.
func (v cohortShowView) inCohorts(key, group string) []equality.Count {
	c := v.Report.Cube
	cohorts := equality.ColumnOf(c, equality.ByCohort)
	out := make([]equality.Count, len(c.Columns[cohorts].Levels))
	at := equality.ColumnOf(c, key)
	c.Cells(func(levels []uint16, n int64) {
		if at >= 0 && c.Columns[at].Levels[levels[at]] != group {
			return
		}
		switch c.Columns[0].Levels[levels[0]] {
		case equality.Passed:
			out[levels[cohorts]].Passed += int(n)
		case equality.Failed:
			out[levels[cohorts]].Failed += int(n)
		}
	})
	for i := range out {
		out[i].Group = c.Columns[cohorts].Levels[i]
	}
	return out
}

// trend says whether the rate rises or falls from cohort to cohort.
func (v cohortShowView) trend() string {
	var x, n []int64
	var years []float64
	for i, c := range v.inCohorts("", "") {
		if c.Total() > 0 {
			x, n, years = append(x, int64(c.Failed)), append(n, int64(c.Total())), append(years, float64(v.Report.Query.Cohorts[i]))
		}
	}
	t, err := table.TrendOf(x, n, years)
	if err != nil {
		return "With one cohort there is no telling whether the rate rises or falls."
	}
	p := t.Exact.MidTwoSided
	if !p.Defined() {
		p = t.Asymptotic.P
	}
	return fmt.Sprintf("If every cohort failed at one rate, chance would make the rates rise or fall as steadily as this in %s such sets of records.", equality.OutOf(p))
}

// all draws the rate of each cohort.
func (v cohortShowView) all() ui.PlotOptions {
	return v.plot("all", "Everybody: how many in every 100 failed, by cohort", [][]equality.Count{v.inCohorts("", "")}, nil)
}

// by draws the rates of the groups of a characteristic; false where there are more
// than can be told apart.
func (v cohortShowView) by(t equality.Table) (ui.PlotOptions, bool) {
	groups := t.WithRecords()
	if len(groups) < 2 || len(groups) > 3 {
		return ui.PlotOptions{}, false
	}
	var series [][]equality.Count
	var names []string
	for _, g := range groups {
		series, names = append(series, v.inCohorts(t.Characteristic.Key, g.Group)), append(names, t.Display(g.Group))
	}
	return v.plot(t.Characteristic.Key, t.Characteristic.Name+": how many in every 100 failed, by cohort", series, names), true
}

func (v cohortShowView) plot(id, title string, series [][]equality.Count, names []string) ui.PlotOptions {
	o := ui.PlotOptions{ID: "plot-" + id, Title: title, Names: v.years(), Series: names, Across: "Cohort, by the year in which it begins", Up: "Failed in every 100",
		Description: "For each cohort a point on a line from the lowest to the highest rate with which its counts agree. The table below gives the same figures."}
	for s, counts := range series {
		for i, c := range counts {
			if c.Total() == 0 {
				continue
			}
			value, _ := c.Rate()
			low, high := table.Wilson(int64(c.Failed), int64(c.Total()), equality.Level)
			x := float64(i+1) + 0.16*(float64(s)-float64(len(series)-1)/2)
			o.Points = append(o.Points, ui.PlotPoint{X: x, Y: value, Low: 100 * low, High: 100 * high, Series: s})
			if o.MaxY = max(o.MaxY, value); c.Total() >= few {
				o.MaxY = max(o.MaxY, 100*high)
			}
		}
	}
	return o
}

// years are the names of cohorts along the axis, short enough for a telephone; of
// very many, every second or third.
func (v cohortShowView) years() []string {
	var out []string
	every := (len(v.Report.Query.Cohorts) + 6) / 7
	for i, c := range v.Report.Query.Cohorts {
		name := ""
		if i%every == 0 {
			name = strconv.Itoa(int(c))
		}
		out = append(out, name)
	}
	return out
}

// table has a row for each cohort, and two columns for each group.
func (v cohortShowView) table(caption string, names []string, series [][]equality.Count) ui.TableOptions {
	o := ui.TableOptions{Caption: caption, CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true, Head: []ui.Column{{Text: "Cohort"}}}
	for _, name := range names {
		o.Head = append(o.Head, ui.Column{Text: name + ": failed", Numeric: true}, ui.Column{Text: name + ": failed in every 100", Numeric: true})
	}
	for i, cohort := range v.Report.Query.Cohorts {
		row := []ui.Cell{ui.Text(cohort.String())}
		for _, counts := range series {
			row = append(row, ui.Number(ui.Thousands(counts[i].Failed)+" of "+ui.Thousands(counts[i].Total())), ui.Number(rate(counts[i])))
		}
		o.Rows = append(o.Rows, row)
	}
	return o
}

func (v cohortShowView) allTable() ui.TableOptions {
	return v.table("Outcomes by cohort", []string{"All"}, [][]equality.Count{v.inCohorts("", "")})
}

func (v cohortShowView) byTable(t equality.Table) ui.TableOptions {
	var names []string
	var series [][]equality.Count
	for _, g := range t.WithRecords() {
		names, series = append(names, t.Display(g.Group)), append(series, v.inCohorts(t.Characteristic.Key, g.Group))
	}
	return v.table("Outcomes by cohort and "+lower(t.Characteristic.Name), names, series)
}

// gaps says of each comparison what it is within cohorts, and whether the cohorts
// agree on it.
func (v cohortShowView) gaps(t equality.Table) []string {
	return gapsWithin(t, v.Study, "within each cohort", "in every cohort", "cohorts")
}

// tables are all that the page shows.
func (v cohortShowView) tables() []ui.TableOptions {
	out := []ui.TableOptions{v.allTable()}
	for _, t := range v.Report.Tables {
		if len(t.WithRecords()) > 0 {
			out = append(out, v.byTable(t))
		}
	}
	return out
}
