package record

import (
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/registration"
)

// days are the first and last days of the year. What is expected comes before
// what is merely the earliest; a year that has ended says when.
func (v showView) days() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "First day", Text: v.Record.StartsOn.String()}}
	switch o := v.Record.Outcome(); {
	case o != nil && o.DecidedOn.Before(v.Record.StartsOn):
		return append(rows, ui.SummaryRow{Key: "Ended", Text: "It never began: " + result(*o) + " on " + o.DecidedOn.String()})
	case o != nil:
		return append(rows, ui.SummaryRow{Key: "Ended on", Text: o.DecidedOn.String()})
	case v.Ends.Expected():
		return append(rows, ui.SummaryRow{Key: "Last day", Text: "If " + v.Record.GivenName + " returns on " + v.Ends.Back.String() + ", the last day is " + v.Ends.Then.LastDay.String()},
			ui.SummaryRow{Key: "The earliest it could be", Text: v.Ends.Now.LastDay.String()})
	}
	return append(rows, ui.SummaryRow{Key: "Last day", Text: v.Ends.String()})
}

// heading adds to a heading about dates what those hang on.
func (v showView) heading(text string) string {
	switch {
	case !v.running():
		return text + ", as the year stood before it ended"
	case v.Ends.Expected():
		return text + ", with a return on " + v.Ends.Back.String()
	}
	return text
}

// steps are the working of the last day; the outcome is the last of them.
func (v showView) steps() []string {
	var steps []string
	for _, one := range v.Schedule.Working {
		steps = append(steps, one.Text)
	}
	o := v.Record.Outcome()
	if o == nil {
		return steps
	}
	if o.DecidedOn.Before(v.Record.StartsOn) {
		return append(steps, "The year never began: "+result(*o)+" on "+o.DecidedOn.String()+".")
	}
	text := "The year ended on " + o.DecidedOn.String() + ", as " + result(*o)
	switch days := o.DecidedOn.DaysUntil(v.Schedule.LastDay); {
	case days > 0:
		text += ", " + counted(days) + " before that last day"
	case days < 0:
		text += ", " + counted(-days) + " after that last day"
	}
	return append(steps, text+".")
}

func counted(days int) string {
	if days == 1 {
		return "1 day"
	}
	return ui.Thousands(days) + " days"
}

func result(o registration.Outcome) string { return lower(registration.Status(o.Result).String()) }
