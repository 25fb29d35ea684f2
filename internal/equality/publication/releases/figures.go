package releases

import (
	"strings"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/ui"
)

// figures draws the tables of a release. It has the released content and nothing
// else, so that nothing else can be told.
type figures struct{ Content publication.Content }

// standing is the table of completeness.
func (f figures) standing() ui.TableOptions {
	o := ui.TableOptions{Caption: "Registrations of these cohorts, and how far they have come", CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Registrations"}, {Text: "How many", Numeric: true}, {Text: "In every 100", Numeric: true}}}
	whole, _ := f.Content.Standing.Row(publication.All, publication.Whole)
	for _, r := range f.Content.Standing.Rows {
		o.Rows = append(o.Rows, []ui.Cell{ui.Text(r.Name), ui.Number(r.Total.Text()), ui.Number(share(r.Total, whole.Total))})
	}
	return o
}

// share is a part of a whole, as far as both are told.
func share(part, whole publication.Figure) string {
	switch {
	case part.Mark != publication.Shown || whole.Mark != publication.Shown:
		return string(publication.Confidential)
	case whole.N == 0:
		return string(publication.NotApplied)
	}
	return publication.Hundred(float64(part.N) / float64(whole.N))
}

// table is one table with what is worked out from it.
func (f figures) table(t publication.Table) ui.TableOptions {
	o := ui.TableOptions{Caption: "Failed, by " + lower(t.Name), CaptionSize: "s", RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: t.Name}, {Text: "Failed", Numeric: true}, {Text: "Passed or failed", Numeric: true}, {Text: "Failed in every 100", Numeric: true},
			{Text: "95% interval of the rate", Numeric: true}}}
	with, compared := f.Content.Reference(t)
	beside := map[string]publication.Comparison{}
	for _, c := range f.Content.Comparisons(t) {
		beside[c.Group.Key] = c
	}
	if compared = compared && len(beside) > 0; compared {
		o.Head = append(o.Head, ui.Column{Text: "More or fewer in every 100 than " + with.Name, Numeric: true}, ui.Column{Text: "Times as often as " + with.Name, Numeric: true})
	}
	for _, r := range t.Rows {
		rate := f.Content.Rate(r)
		row := []ui.Cell{ui.Text(r.Name), ui.Number(r.Failed.Text()), ui.Number(r.Total.Text()), ui.Number(rate.Text()), ui.Number(rate.Interval())}
		if compared {
			row = append(row, compare(r, with, beside)...)
		}
		o.Rows = append(o.Rows, row)
	}
	return o
}

func compare(r, with publication.Row, beside map[string]publication.Comparison) []ui.Cell {
	c, ok := beside[r.Key]
	switch {
	case r.Key == with.Key && r.Sort == with.Sort:
		return []ui.Cell{ui.Number("compared with this"), ui.Number("compared with this")}
	case r.Sort != publication.Group:
		return []ui.Cell{ui.Number(string(publication.NotApplied)), ui.Number(string(publication.NotApplied))}
	case !ok:
		return []ui.Cell{ui.Number(string(publication.NotAvailable)), ui.Number(string(publication.NotAvailable))}
	}
	return []ui.Cell{ui.Number(c.DifferenceText()), ui.Number(c.RatioText())}
}

// chart draws the rates that are told, each with its interval; false where there
// are not two to set against each other.
func (f figures) chart(t publication.Table) (ui.BarChartOptions, bool) {
	o := ui.BarChartOptions{ID: "chart-" + t.Key, Title: "Failed in every 100, by " + lower(t.Name), Axis: "Failed in every 100", Points: true,
		Description: "A point for each group whose rate is told, on a line that is its 95% interval. The table below gives the same figures."}
	for _, r := range t.Rows {
		rate := f.Content.Rate(r)
		if r.Sort != publication.Group || !rate.Known() || len(o.Bars) >= mostDrawn {
			continue
		}
		o.Bars = append(o.Bars, ui.Bar{Label: r.Name, Value: 100 * rate.Of, Low: 100 * rate.Low, High: 100 * rate.High,
			Text: r.Failed.Text() + " of " + r.Total.Text() + " (" + rate.Interval() + " in every 100)"})
	}
	return o, len(o.Bars) > 1
}

// mostDrawn is how many groups a chart has at most.
const mostDrawn = 24

// drawable reports whether a table has a chart.
func (f figures) drawable(t publication.Table) bool {
	_, ok := f.chart(t)
	return ok
}

func (f figures) drawn(t publication.Table) ui.BarChartOptions {
	o, _ := f.chart(t)
	return o
}

// lower is a name within a sentence.
func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }
