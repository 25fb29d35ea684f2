package figures

import (
	"fmt"
	"math"
	"net/http"
	"strings"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/small"
	"example.org/asye/internal/stat/table"
)

// combinationShowView is what the page of combinations shows.
type combinationShowView struct {
	frame
	Cells []combination
	Model small.BetaBinomial
	Many  bool // more characteristics were ticked than are crossed
	Why   string
}

// combination is everybody with one combination of groups.
type combination struct {
	equality.Count
	groups []string
	ratio  figure.Figure // against everybody else
	limits figure.Pair
	chance figure.Figure // corrected for every combination
	shrunk small.Shrunk
}

// crossed is how many characteristics are crossed at most: with more, nearly every
// combination is of a handful of people.
const crossed = 3

// combinationShow serves outcomes by combinations of characteristics, in which a
// gap can be larger than each by itself would say.
func (p *pages) combinationShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, combined)
	if err != nil {
		return err
	}
	v := combinationShowView{frame: f, Many: len(f.Query.By) > crossed}
	if f.counts() {
		if err := v.cross(); err != nil {
			return err
		}
	}
	if asked(r) && f.counts() {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, combinationShowPage(v))
}

// keys are the characteristics that are crossed.
func (v combinationShowView) keys() []string { return v.Query.By[:min(len(v.Query.By), crossed)] }

// cross counts every combination of which all is known and somebody passed or
// failed, and draws each rate towards that of all.
func (v *combinationShowView) cross() error {
	v.Cells = v.combinations()
	if len(v.Cells) < 2 {
		v.Why = "There are not two combinations to set beside each other. Tick two characteristics of which something is known."
		return nil
	}
	all := equality.Count{}
	var counts []small.Count
	for _, c := range v.Cells {
		all.Passed, all.Failed = all.Passed+c.Passed, all.Failed+c.Failed
		counts = append(counts, small.Count{X: int64(c.Failed), N: int64(c.Total())})
	}
	var p []float64
	for i, c := range v.Cells {
		rest := table.TwoByTwo{A: int64(c.Failed), B: int64(c.Passed), C: int64(all.Failed - c.Failed), D: int64(all.Passed - c.Passed)}
		low, high := rest.RatioInterval(equality.Level, scas)
		v.Cells[i].ratio, v.Cells[i].limits = figure.Figure(rest.Ratio()), figure.Between(low, high)
		p = append(p, float64(rest.Exact().MidTwoSided))
	}
	adjusted, err := table.Adjust(p)
	if err != nil {
		return err
	}
	model, shrunk, err := small.Shrink(counts)
	if err != nil {
		return err
	}
	v.Model = model
	for i := range v.Cells {
		v.Cells[i].chance, v.Cells[i].shrunk = adjusted.BH[i], shrunk[i]
	}
	return nil
}

func (v *combinationShowView) combinations() []combination {
	c := v.Report.Cube
	columns := []int{0}
	for _, key := range v.keys() {
		columns = append(columns, equality.ColumnOf(c, key))
	}
	counts := c.Margin(columns...)
	half := len(counts) / len(c.Columns[0].Levels)
	var out []combination
	for cell := range half {
		one := combination{Count: equality.Count{Passed: int(counts[cell]), Failed: int(counts[half+cell])}}
		rest := cell
		for i := len(columns) - 1; i > 0; i-- {
			levels := c.Columns[columns[i]].Levels
			one.groups = append([]string{v.Report.Tables[i-1].Display(levels[rest%len(levels)])}, one.groups...)
			rest /= len(levels)
		}
		if one.Total() > 0 && !equality.AnyUnknown(one.groups) {
			out = append(out, one)
		}
	}
	return out
}

// smallCells is what stands above small numbers.
const smallCells = "Some numbers here are so small that they could give away how somebody’s year ended. Do not publish them, and do not pass them on."

// small reports whether a combination could tell on somebody.
func (v combinationShowView) small() bool {
	for _, c := range v.Cells {
		if c.Small() {
			return true
		}
	}
	return false
}

// said is whether combinations differ by more than chance.
func (v combinationShowView) said() string {
	if v.Model.Boundary {
		return "The counts agree with one rate for all combinations: all that is seen of each could be chance."
	}
	return fmt.Sprintf("If all combinations had one rate, chance would spread them as far apart as this in %s such sets of records. The drawn-in rate is the best guess for each: what it has seen, drawn towards what all have, the more the fewer people it has.",
		equality.OutOf(v.Model.LRPMix))
}

func (v combinationShowView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Outcomes by combination", CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: strings.Join(v.names(), ", ")}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true}, {Text: "Failed in every 100", Numeric: true},
			{Text: "Drawn-in rate, in every 100", Numeric: true}, {Text: "Times as often as all others", Numeric: true}, {Text: "Chance would do as much in", Numeric: true}}}
	for _, c := range v.Cells {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(strings.Join(c.groups, ", ")), ui.Number(ui.Thousands(c.Failed)), ui.Number(ui.Thousands(c.Total())), ui.Number(rate(c.Count)),
			ui.Number(equality.Per100(c.shrunk.Mean, figure.Pair{c.shrunk.Low, c.shrunk.High})), ui.Number(equality.Times(c.ratio, c.limits)), ui.Number(equality.OutOf(c.chance))})
	}
	return o
}

func (v combinationShowView) names() []string {
	var out []string
	for _, t := range v.Report.Tables[:len(v.keys())] {
		out = append(out, t.Characteristic.Name)
	}
	return out
}

// together says whether two differences add up to what those see who have both;
// empty where that cannot be asked. The interval is made of those of the four
// rates (Zou and Donner, Statistics in Medicine 27, 2008, 1693).
func (v combinationShowView) together() string {
	if len(v.keys()) != 2 || len(v.Cells) != 4 {
		return ""
	}
	one, other := v.Cells[0].groups, v.Cells[3].groups
	sum, below, above := 0.0, 0.0, 0.0
	for i, c := range v.Cells {
		sign := []float64{1, -1, -1, 1}[i]
		p := float64(c.Failed) / float64(c.Total())
		low, high := table.Wilson(int64(c.Failed), int64(c.Total()), equality.Level)
		sum += sign * p
		if sign < 0 {
			low, high = high, low
		}
		below, above = below+math.Pow(p-low, 2), above+math.Pow(high-p, 2)
	}
	limits := figure.Pair{figure.Figure(sum - math.Sqrt(below)), figure.Figure(sum + math.Sqrt(above))}
	return fmt.Sprintf("%s and %s together against %s and %s: %s in every 100 beyond what the two differences add up to.",
		other[0], other[1], one[0], one[1], equality.Difference(figure.Figure(sum), limits))
}

// tables are all that the page shows.
func (v combinationShowView) tables() []ui.TableOptions {
	if v.Why != "" {
		return nil
	}
	return []ui.TableOptions{v.table()}
}
