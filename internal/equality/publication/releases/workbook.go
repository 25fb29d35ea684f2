package releases

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/workbook"
)

// book is a release as a workbook: how complete it is, then a worksheet for each
// table.
func book(r publication.Release, programme string) workbook.Book {
	c := r.Content
	b := workbook.Book{Title: c.Title, Subject: "How the years of newly qualified social workers ended, as published.",
		Cover:     []string{"Reference period: " + c.Period + ".", publication.MethodSaid(c.Method), intervals},
		Programme: programme, Coverage: "England, cohorts " + cohorts(c.Cohorts) + " together", By: "The national body of the service", Contact: "The page “Get help” of the service",
		Keywords: []string{"ASYE", "outcomes", "equality"}, Notes: []workbook.Note{{Text: "A rate is how many failed in every 100 of those who passed or failed. Those who withdrew, and those without an outcome yet, are in no rate."}}}
	if r.PublishedAt != nil {
		b.Date = clock.DateOf(*r.PublishedAt)
	}
	if r.State == publication.WithdrawnNow {
		b.Cover = append([]string{"This release was withdrawn: " + r.Reason}, b.Cover...)
	}
	b.Sheets = []workbook.Sheet{standingSheet(c)}
	for i, t := range c.Tables {
		b.Sheets = append(b.Sheets, sheet(c, t, i+2))
	}
	return b
}

// intervals says what an interval is.
const intervals = "An interval is where the rate could lie if chance alone were at work, with 95% confidence, and covers what rounding leaves open besides. None of them says why a difference is there."

const fromRelease = "The release of this name. Everything here is worked out from its figures and from nothing else."

func standingSheet(c publication.Content) workbook.Sheet {
	s := workbook.Sheet{Name: "1_Completeness", Title: "Table 1: How complete the figures are", Source: fromRelease,
		Columns: []workbook.Column{{Head: "Registrations", Kind: workbook.Words}, {Head: "How many", Kind: workbook.Figures}}}
	for _, r := range c.Standing.Rows {
		s.Rows = append(s.Rows, []workbook.Value{workbook.Text(r.Name), figure(r.Total)})
	}
	return s
}

func sheet(c publication.Content, t publication.Table, number int) workbook.Sheet {
	s := workbook.Sheet{Name: fmt.Sprintf("%d_%s", number, strings.ReplaceAll(t.Name, " ", "_")), Title: fmt.Sprintf("Table %d: Failed, by %s %s", number, lower(t.Name), workbook.Ref(1)),
		Source: fromRelease, Columns: []workbook.Column{{Head: t.Name, Kind: workbook.Words}, {Head: "Failed", Kind: workbook.Figures}, {Head: "Passed or failed", Kind: workbook.Figures},
			{Head: "Failed in every 100", Kind: workbook.Figures}, {Head: "Lowest", Kind: workbook.Figures}, {Head: "Highest", Kind: workbook.Figures}, {Head: "How reliable", Kind: workbook.Words}}}
	if text := c.Complete(t); text != "" {
		s.Intro = append(s.Intro, text)
	}
	with, _ := c.Reference(t)
	beside := map[string]publication.Comparison{}
	for _, one := range c.Comparisons(t) {
		beside[one.Group.Key] = one
	}
	if len(beside) > 0 {
		s.Intro = append(s.Intro, "Groups are compared with "+with.Name+", the largest whose rate is told. A difference below 0 is so many fewer.")
		for _, head := range []string{"More in every 100 than " + with.Name, "More, lowest", "More, highest", "Times as often as " + with.Name, "Times, lowest", "Times, highest"} {
			s.Columns = append(s.Columns, workbook.Column{Head: head, Kind: workbook.Figures})
		}
	}
	for _, r := range t.Rows {
		row := cells(c, r)
		if len(beside) > 0 {
			row = append(row, compared(r, with, beside)...)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// compared are the six cells that set a row against the group that others are
// compared with; fewer is a number below none.
func compared(r, with publication.Row, beside map[string]publication.Comparison) []workbook.Value {
	one, found := beside[r.Key]
	if r.Sort != publication.Group || r.Key == with.Key {
		return slices.Repeat([]workbook.Value{workbook.Mark(workbook.NotApplicable)}, 6)
	}
	if !found {
		return slices.Repeat([]workbook.Value{workbook.Mark(workbook.NotAvailable)}, 6)
	}
	var out []workbook.Value
	for _, value := range []float64{one.Difference, one.Low, one.High} {
		out = append(out, workbook.Number(math.Round(1000*value)/10, 1))
	}
	for _, value := range []float64{one.Ratio, one.RatioLow, one.RatioHigh} {
		if !one.HasRatio || math.IsInf(value, 0) || math.IsNaN(value) {
			out = append(out, workbook.Mark(workbook.NotAvailable))
			continue
		}
		out = append(out, workbook.Number(math.Round(100*value)/100, 2))
	}
	return out
}

func cells(c publication.Content, r publication.Row) []workbook.Value {
	out := []workbook.Value{workbook.Text(r.Name), figure(r.Failed), figure(r.Total)}
	rate := c.Rate(r)
	if !rate.Known() {
		mark := workbook.Mark(workbook.Symbol(rate.Mark))
		return append(out, mark, mark, mark, mark)
	}
	value, reliable := workbook.Number(100*rate.Of, 1), workbook.Text("as published")
	switch rate.Mark {
	case publication.Low:
		value = workbook.Mark(workbook.Low)
	case publication.Unreliable:
		reliable = workbook.Mark(workbook.Unreliable)
	}
	return append(out, value, workbook.Number(100*rate.Low, 1), workbook.Number(100*rate.High, 1), reliable)
}

func figure(f publication.Figure) workbook.Value {
	if f.Mark != publication.Shown {
		return workbook.Mark(workbook.Symbol(f.Mark))
	}
	return workbook.Whole(f.N)
}
