package figures

import (
	"fmt"
	"math"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/workbook"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// unreliable is how many people a rate needs at least not to be marked: the numbers
// of the workforce race equality standard are marked below it. Our own choice.
const unreliable = 20

// book is a report as a workbook: a worksheet for each characteristic, and one for
// how complete the records are. It holds exact counts, and says so on its cover.
func book(r equality.Report, study *analyse.Analysis, programme string, day asye.Date) workbook.Book {
	b := workbook.Book{Title: "Outcomes by characteristic", Subject: "How the years of newly qualified social workers ended, by characteristic, as counted.",
		Cover: []string{"These are exact counts for those who may see them. They are not a release: do not publish them, and do not pass them on.",
			"Each rate and each comparison stands with the range with which the counts agree, at 95%. What each figure is stands on the page of the service on how figures are worked out."},
		Programme: programme, Coverage: "England, cohorts " + equality.CohortList(cohortTexts(r.Query.Cohorts)) + ", " + r.Basis(),
		By: "The national body of the service", Contact: "The page “Get help” of the service", Date: day, Keywords: []string{"ASYE", "outcomes", "equality"},
		Notes: []workbook.Note{
			{Text: "A rate is how many failed in every 100 of those who passed or failed. Those who withdrew, and those without an outcome yet, are in no rate."},
			{Text: "Interval of a rate: Wilson. Difference in every 100 with its interval: Newcombe. Ratio with its interval: score with the correction for skewness (SCAS). Chance: mid-P, corrected for the comparisons of the table by Holm’s method."},
		},
		Sheets: []workbook.Sheet{completeness(r)}}
	for i, t := range r.Tables {
		b.Sheets = append(b.Sheets, outcomeSheet(i+2, section{Table: t, Study: study.Tables[i]}))
	}
	return b
}

const fromRecords = "The records of this service."

// completeness has one line for each number on top of the page, and for each
// characteristic how many are known.
func completeness(r equality.Report) workbook.Sheet {
	s := workbook.Sheet{Name: "1_Completeness", Title: "Table 1: How complete the records are", Source: fromRecords,
		Columns: []workbook.Column{{Head: "What is counted", Kind: workbook.Words}, {Head: "Records", Kind: workbook.Figures}}}
	add := func(what string, n int) {
		s.Rows = append(s.Rows, []workbook.Value{workbook.Text(what), workbook.Whole(n)})
	}
	add("Registrations", r.Registrations)
	add("Passed or failed", r.WithOutcome)
	add("Withdrew", r.Withdrawn)
	add("No outcome yet", r.NoOutcome())
	add("Complete records", r.Complete)
	add("Counted in the tables", r.Counted())
	add("Failed, of those counted", r.Failed)
	for _, t := range r.Tables {
		add(t.Characteristic.Name+" known, of those counted", t.Known)
	}
	return s
}

// outcomeSheet is the table of one characteristic.
func outcomeSheet(number int, s section) workbook.Sheet {
	out := workbook.Sheet{Name: fmt.Sprintf("%d_%s", number, tab(s.Characteristic.Name)), Title: fmt.Sprintf("Table %d: Outcomes by %s %s %s", number, lower(s.Characteristic.Name), workbook.Ref(1), workbook.Ref(2)),
		Intro: []string{s.Completeness()}, Source: fromRecords}
	if s.Small() {
		out.Intro = append(out.Intro, s.Warning())
	}
	out.Columns = []workbook.Column{{Head: "Group", Kind: workbook.Words}}
	for _, head := range []string{"Failed", "Passed or failed", "Failed in every 100", "Lowest", "Highest"} {
		out.Columns = append(out.Columns, workbook.Column{Head: head, Kind: workbook.Figures})
	}
	out.Columns = append(out.Columns, workbook.Column{Head: "How reliable", Kind: workbook.Words}, workbook.Column{Head: "Compared with", Kind: workbook.Words})
	for _, head := range []string{"More in every 100", "More, lowest", "More, highest", "Times as often", "Times, lowest", "Times, highest", "Chance", "Chance, corrected"} {
		out.Columns = append(out.Columns, workbook.Column{Head: head, Kind: workbook.Figures})
	}
	for _, c := range append(append(s.Groups[:len(s.Groups):len(s.Groups)], s.NotKnown), s.All()) {
		out.Rows = append(out.Rows, s.row(c))
	}
	return out
}

// tab is a name short enough for a worksheet's tab.
func tab(name string) string { return strings.ReplaceAll(name, " ", "_") }

func (s section) row(c equality.Count) []workbook.Value {
	row := []workbook.Value{workbook.Text(s.Display(c.Group)), workbook.Whole(c.Failed), workbook.Whole(c.Total())}
	reliable := workbook.Text("as counted")
	if c.Total() == 0 {
		row = append(row, none, none, none)
		reliable = none
	} else {
		value, _ := c.Rate()
		low, high := table.Wilson(int64(c.Failed), int64(c.Total()), equality.Level)
		row = append(row, workbook.Number(value, 1), workbook.Number(100*low, 1), workbook.Number(100*high, 1))
		if c.Total() < unreliable {
			reliable = workbook.Mark(workbook.Unreliable)
		}
	}
	row = append(row, reliable)
	one, found := s.comparison(c.Group)
	if !found {
		return append(row, none, none, none, none, none, none, none, none, none)
	}
	ci := one.CI[levelName]
	row = append(row, workbook.Text(s.Display(one.Reference)), number(100*one.RD, 1), number(100*ci.Newcombe[0], 1), number(100*ci.Newcombe[1], 1),
		number(one.RR, 2), number(ci.SCAS[0], 2), number(ci.SCAS[1], 2), number(one.MidTwoSided, 4), number(one.Holm, 4))
	return row
}

// none stands where there can be no number.
var none = workbook.Mark(workbook.NotApplicable)

func number(v figure.Figure, decimals int) workbook.Value {
	if !v.Defined() || math.IsInf(float64(v), 0) {
		return none
	}
	return workbook.Number(float64(v), decimals)
}
