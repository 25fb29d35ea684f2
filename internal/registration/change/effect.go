package change

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/registration"
)

// effect is what a change does to the dates of a year, for a check page.
type effect struct {
	Name          string // whose year it is
	Before, After registration.Ends
}

func effectOf(s sheet, after registration.Record) effect {
	return effect{s.Record.GivenName, s.Record.Ends(s.Today), after.Ends(s.Today)}
}

// sentence says in one line when the year then ends, and whether that is later.
// What is expected comes first: it is the day to plan with.
func (e effect) sentence() string {
	moved := e.moved()
	if e.After.Expected() {
		text := "If " + e.Name + " returns on " + e.After.Back.String() + ", the last day is " + e.After.Then.LastDay.String()
		if moved != "" {
			text += ", " + moved + " than now"
		}
		return text + "."
	}
	if moved == "" {
		return "The last day of the year stays as it is."
	}
	if e.After.Now.Provisional {
		return "The year ends " + moved + " at least, and one more for each day until the return."
	}
	return "The year ends " + moved + "."
}

// moved is how far the last day moves; empty when it stays.
func (e effect) moved() string {
	switch days := e.Before.Then.End.DaysUntil(e.After.Then.End); {
	case days > 0:
		return plural(days, "day") + " later"
	case days < 0:
		return plural(-days, "day") + " sooner"
	}
	return ""
}

// days are the last days before and after the change.
func (e effect) days() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Last day now", Text: e.Before.String()}}
	if !e.After.Expected() {
		return append(rows, ui.SummaryRow{Key: "Last day after this", Text: e.After.String()})
	}
	return append(rows, ui.SummaryRow{Key: "Last day after this, if the return is on " + e.After.Back.String(), Text: e.After.Then.LastDay.String()},
		ui.SummaryRow{Key: "The earliest it could be", Text: e.After.Now.LastDay.String()})
}

// rows are the reviews whose day moves.
func (e effect) rows() [][]ui.Cell {
	var rows [][]ui.Cell
	before := e.Before.Then.Milestones
	for i, due := range e.After.Then.Milestones {
		if i < len(before) && before[i].By != due.By {
			rows = append(rows, []ui.Cell{ui.Text(due.Name), ui.Text(before[i].By.Short()), ui.Text(due.By.Short())})
		}
	}
	return rows
}

// working heads the steps that lead to the last day.
func (e effect) working() string {
	if e.After.Expected() {
		return "How the last day is worked out, with a return on " + e.After.Back.String()
	}
	return "How the last day is worked out"
}

func plural(n int, unit string) string {
	text := ui.Thousands(n) + " " + unit
	if n == 1 {
		return text
	}
	return text + "s"
}

// filled fills a date input in from a known date.
func filled(d asye.Date) ui.DateField {
	if d.IsZero() {
		return ui.DateField{}
	}
	return ui.NewDateField(d.Year(), int(d.Month()), d.Day())
}

// written is a date as it was typed, for the page that shows two texts.
func written(d ui.DateField) string {
	if d.Blank() {
		return ""
	}
	if read, err := asye.ParseUKDate(d.Day + " " + d.Month + " " + d.Year); err == nil {
		return read.String()
	}
	return d.Day + " " + d.Month + " " + d.Year
}
