package change

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// effect is what a change does to the dates of a year, for a check page.
type effect struct {
	Before, After programme.Schedule
	Form          string // the form token
}

func effectOf(s sheet, after registration.Record) effect {
	return effect{s.Record.Schedule(s.Today), after.Schedule(s.Today), s.Form}
}

// sentence says in one line whether the year gets longer.
func (e effect) sentence() string {
	switch days := e.Before.End.DaysUntil(e.After.End); {
	case days == 0:
		return "The last day of the year stays as it is."
	case days > 0:
		return "The year ends " + plural(days, "day") + " later."
	default:
		return "The year ends " + plural(-days, "day") + " sooner."
	}
}

func (e effect) before() string { return lastDay{e.Before.LastDay, e.Before.Provisional}.String() }
func (e effect) after() string  { return lastDay{e.After.LastDay, e.After.Provisional}.String() }

// rows are the reviews whose day moves.
func (e effect) rows() [][]ui.Cell {
	var rows [][]ui.Cell
	for i, due := range e.After.Milestones {
		if i < len(e.Before.Milestones) && e.Before.Milestones[i].By != due.By {
			rows = append(rows, []ui.Cell{ui.Text(due.Name), ui.Text(e.Before.Milestones[i].By.Short()), ui.Text(due.By.Short())})
		}
	}
	return rows
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
