package figures

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/table"
)

// outcomeShowView is what the page of outcomes by characteristic shows.
type outcomeShowView struct {
	frame
	Study   *analyse.Analysis
	Figures published.Outcomes
}

// outcomeShow serves outcomes by characteristic: each group, how sure its rate is,
// and how it compares.
func (p *pages) outcomeShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, byCharacteristic)
	if err != nil {
		return err
	}
	v := outcomeShowView{frame: f, Figures: published.Read().Outcomes}
	if v.Study, err = f.study(); err != nil {
		return err
	}
	return f.show(w, r, outcomeShowPage(v))
}

// section is what the page says of one characteristic.
type section struct {
	equality.Table
	Study analyse.Table
	Look  *analyse.Look // its test among all that were made
	Looks int
}

func (v outcomeShowView) sections() []section {
	var out []section
	for i, t := range v.Report.Tables {
		s := section{Table: t, Study: v.Study.Tables[i], Looks: len(v.Study.Family)}
		for _, look := range v.Study.Family {
			if look.Characteristic == t.Characteristic.Key {
				s.Look = &look
			}
		}
		out = append(out, s)
	}
	return out
}

// comparison finds what was said of a group; false for the one that others are
// compared with, and for one without records.
func (s section) comparison(group string) (analyse.Comparison, bool) {
	at := slices.IndexFunc(s.Study.Comparisons, func(c analyse.Comparison) bool { return c.Group == group })
	if at < 0 {
		return analyse.Comparison{}, false
	}
	return s.Study.Comparisons[at], true
}

// sentences are what each comparison says; open says that they are few enough to
// stand on the page unfolded.
func (s section) sentences() (said []string, open bool) {
	for _, c := range s.Study.Comparisons {
		said = append(said, s.Said(c))
	}
	return said, len(said) <= 3
}

// doubts are how often chance would do as much, and what could have been found.
func (s section) doubts() []string {
	var out []string
	for _, c := range s.Study.Comparisons {
		out = append(out, strings.TrimSpace(s.Chance(c, len(s.Study.Comparisons))+" "+s.CouldShow(c)))
	}
	return out
}

// atOnce is what the test of all groups says, and with it what is left of the
// chance when every characteristic of the page is taken into account.
func (s section) atOnce() string {
	if s.Look == nil || len(s.Study.Comparisons) < 2 && s.Looks < 2 {
		return ""
	}
	return equality.AllAtOnce(*s.Look, len(s.Study.Comparisons)+1, s.Looks)
}

// trend is what the test of a trend says; empty where none was asked for.
func (s section) trend() string {
	if s.Study.Trend == nil {
		return ""
	}
	p := s.Study.Trend.Exact.MidTwoSided
	if !p.Defined() {
		p = s.Study.Trend.Asymptotic.P
	}
	return fmt.Sprintf("Along the number of deferrals: if it made no difference, chance would line the rates up as steeply as this in %s such sets of records. "+
		"A deferral often follows from trouble; it is not something with which people begin.", equality.OutOf(p))
}

// within is what is left of each comparison when groups are compared within each
// cohort; empty where there is one cohort.
func (s section) within() []string {
	var out []string
	for _, c := range s.Study.Comparisons {
		if c.Strata == nil || !c.Strata.RD.Defined() || !c.Strata.RDCI[0].Defined() {
			continue
		}
		if s.handful(c) {
			out = append(out, s.Display(c.Group)+": too few records to be compared so")
			continue
		}
		out = append(out, fmt.Sprintf("%s: %s in every 100 against %s", s.Display(c.Group),
			equality.Difference(c.Strata.RD, c.Strata.RDCI), s.Display(c.Reference)))
	}
	return out
}

// handful reports whether a comparison has a group so small that the interval
// within cohorts, which is one for large numbers, would be far too narrow.
func (s section) handful(c analyse.Comparison) bool {
	return slices.ContainsFunc(s.Groups, func(g equality.Count) bool {
		return (g.Group == c.Group || g.Group == c.Reference) && g.Total() < few
	})
}

// table has a row for each group, for those not known, and for all.
func (v outcomeShowView) table(s section) ui.TableOptions {
	o := ui.TableOptions{Caption: "Outcomes by " + lower(s.Characteristic.Name), CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: s.Characteristic.Name}, {Text: "Failed", Numeric: true}, {Text: "Total", Numeric: true},
			{Text: "Failed in every 100", Numeric: true}, {Text: "More or fewer in every 100", Numeric: true}, {Text: "Times as often", Numeric: true}}}
	beside := v.comparisons(s.Table)
	if len(beside) > 0 {
		o.Head = append(o.Head, ui.Column{Text: "Published"})
	}
	for _, c := range append(slices.Clone(s.Groups), s.NotKnown, s.All()) {
		row := []ui.Cell{ui.Text(s.Display(c.Group)), ui.Number(ui.Thousands(c.Failed)), ui.Number(ui.Thousands(c.Total())), ui.Number(rate(c))}
		row = append(row, s.compared(c)...)
		if len(beside) > 0 {
			row = append(row, besideCell(c, beside))
		}
		o.Rows = append(o.Rows, row)
	}
	return o
}

// compared are the two cells that set a group against the reference.
func (s section) compared(c equality.Count) []ui.Cell {
	if one, found := s.comparison(c.Group); found {
		return []ui.Cell{ui.Number(equality.More(one)), ui.Number(equality.Times(one.RR, one.CI[levelName].SCAS))}
	}
	if c.Group == s.Study.Reference && len(s.Study.Comparisons) > 0 {
		return []ui.Cell{ui.Number("compared with this"), ui.Number("compared with this")}
	}
	return []ui.Cell{ui.Number("–"), ui.Number("–")}
}

var levelName = table.LevelName(equality.Level)

const scas = table.SCAS

// rate is how many in every 100 failed, with the interval.
func rate(c equality.Count) string {
	if c.Total() == 0 {
		return "–"
	}
	low, high := table.Wilson(int64(c.Failed), int64(c.Total()), equality.Level)
	return fmt.Sprintf("%s (%.1f to %.1f)", c.RateText(), 100*low, 100*high)
}

// comparisons lists the published lines beside which a table can stand.
func (v outcomeShowView) comparisons(t equality.Table) map[string]published.Group {
	out := map[string]published.Group{}
	if v.Report.Comparable() {
		for _, g := range v.Figures.By[t.Characteristic.Key] {
			out[g.Group] = g
		}
	}
	if len(out) > 0 {
		out[t.All().Group] = published.Group{Failed: v.Figures.Failed, Total: v.Figures.CompleteRecords}
	}
	return out
}

func besideCell(c equality.Count, beside map[string]published.Group) ui.Cell {
	p, found := beside[c.Group]
	if !found {
		return ui.Text("Not published")
	}
	text := fmt.Sprintf("%s of %s", ui.Thousands(p.Failed), ui.Thousands(p.Total))
	if p.Percent != "" {
		text += ", " + p.Percent
	}
	return ui.Text(text + ": " + equality.Matches(c, p))
}

// chart draws the rate of each group with its interval. All charts of the page
// have one axis, which does not stretch for the interval of a handful of records.
func (v outcomeShowView) chart(t equality.Table) ui.BarChartOptions {
	o := ui.BarChartOptions{ID: "chart-" + t.Characteristic.Key, Title: t.Finding(), Axis: "Failed in every 100", Max: v.highest(), Points: true, Cut: true,
		Description: "For each group a point, how many in every 100 failed, on a line from the lowest to the highest rate with which its counts agree. " +
			"A line without an end goes on past the axis. Every chart on this page has the same axis. The table below gives the same figures."}
	for _, c := range t.Groups {
		if value, known := c.Rate(); known {
			low, high := table.Wilson(int64(c.Failed), int64(c.Total()), equality.Level)
			o.Bars = append(o.Bars, ui.Bar{Label: t.Display(c.Group), Value: value, Low: 100 * low, High: 100 * high,
				Text: fmt.Sprintf("%s of %s: %s", ui.Thousands(c.Failed), ui.Thousands(c.Total()), rate(c))})
		}
	}
	return o
}

// few is how many records a group has at least for its interval to set the axis,
// and to be compared within cohorts; the number is our own choice.
const few = 100

// highest is the highest rate, or end of an interval of a group that is not tiny,
// on the page.
func (v outcomeShowView) highest() (most float64) {
	for _, t := range v.Report.Tables {
		for _, c := range t.Groups {
			value, _ := c.Rate()
			most = max(most, value)
			if c.Total() >= few {
				_, high := table.Wilson(int64(c.Failed), int64(c.Total()), equality.Level)
				most = max(most, 100*high)
			}
		}
	}
	return most
}

func cohortsOf(o published.Outcomes) string { return equality.CohortList(o.Cohorts) }
