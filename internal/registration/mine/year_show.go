package mine

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// latestEvents is how many things of the past the year's own page tells.
const latestEvents = 5

// yearShowView is everything that year_show.templ may show.
type yearShowView struct {
	ui.Page
	Record   registration.Record
	Today    asye.Date
	Ends     registration.Ends
	Schedule programme.Schedule // the one to plan with: after the return, where one is expected
	Tasks    []ui.Task
	History  []ui.TimelineItem
	More     bool // there is more history than is shown
}

// yearShow serves "My year".
func (p *pages) yearShow(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if fault.KindOf(err) == fault.NotFound {
		return r.Render(w, yearEmpty(r.Page("My year")))
	}
	if err != nil {
		return err
	}
	answered, err := p.answered(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	events, total, err := p.Store.MyHistory(r.Context(), r.Scope, latestEvents)
	if err != nil {
		return err
	}
	v := yearShowView{Page: r.Page("My year"), Record: rec, Today: r.Today, Ends: rec.Ends(r.Today),
		History: timeline(events, rec), More: total > len(events)}
	v.Schedule = v.Ends.Then
	for _, t := range todos(rec, answered) {
		v.Tasks = append(v.Tasks, t.task())
	}
	return r.Render(w, yearShow(v))
}

// standing says in one or two sentences where a year stands.
func standing(rec registration.Record, today asye.Date) string {
	if o := rec.Outcome(); o != nil {
		return ended(rec, *o)
	}
	ends := rec.Ends(today)
	switch rec.Status(today) {
	case registration.Upcoming:
		return "Your year starts on " + rec.StartsOn.String() + ". " + lastDay(ends) + planned(rec, today)
	case registration.Paused:
		return "Your year has been paused since " + rec.PausedSince.String() + ". " + lastDay(ends)
	case registration.Overdue:
		return "The last day of your year was " + ends.Now.LastDay.String() + ". Your coordinator has still to record how it ended. You need do nothing."
	}
	return lastDay(ends) + planned(rec, today)
}

// lastDay says when a year ends. The day to plan with comes first.
func lastDay(ends registration.Ends) string {
	switch {
	case ends.Expected():
		return "If you return on " + ends.Back.String() + ", the last day of your year is " + ends.Then.LastDay.String() +
			". The earliest it could be is " + ends.Now.LastDay.String() + ": every day of the pause is added at the end."
	case ends.Now.Provisional:
		return "The last day of your year is " + ends.Now.LastDay.String() + " at the earliest: every day of the pause is added at the end."
	}
	return "The last day of your year is " + ends.Now.LastDay.String() + "."
}

// planned tells of a pause that has not begun.
func planned(rec registration.Record, today asye.Date) string {
	if open := rec.OpenPause(); open != nil && open.Planned(today) {
		return " A pause is planned from " + open.Period.Start.String() + "."
	}
	return ""
}

// ended says how a year ended, in words addressed to the one whose year it was.
func ended(rec registration.Record, o registration.Outcome) string {
	switch o.Result {
	case registration.ResultPassed:
		return "You passed. Your year was completed on " + o.DecidedOn.String() + "."
	case registration.ResultFailed:
		return "On " + o.DecidedOn.String() + " it was decided that the standard was not met. You were told in writing on " +
			o.ToldOn.String() + ". Your letter says how to appeal, and your coordinator can explain it."
	}
	if o.DecidedOn.Before(rec.StartsOn) {
		return "Your registration was withdrawn on " + o.DecidedOn.String() + ", before the year began. The reason recorded is: " +
			rec.Rules.Withdrawals.Label(o.Reason) + "."
	}
	return "You left the programme, and your last day on it was " + o.DecidedOn.String() + ". The reason recorded is: " +
		rec.Rules.Withdrawals.Label(o.Reason) + "."
}

// next is the first review that has not passed; empty after the last.
func (v yearShowView) next() string {
	if v.Record.Outcome() != nil {
		return ""
	}
	for _, due := range v.Schedule.Milestones {
		if !due.By.Before(v.Today) {
			return due.Key
		}
	}
	return ""
}

// reviews are the milestones with their days.
func (v yearShowView) reviews() []ui.SummaryRow {
	var rows []ui.SummaryRow
	next := v.next()
	for _, due := range v.Schedule.Milestones {
		text := "By " + due.By.String()
		if due.Provisional {
			text += " at the earliest"
		}
		if due.Optional {
			text += ", if your employer holds one"
		}
		switch {
		case due.Key == next:
			text += ". This is your next review"
		case due.By.Before(v.Today):
			text += ". This date has passed"
		}
		rows = append(rows, ui.SummaryRow{Key: due.Name, Text: text + "."})
	}
	return rows
}

// people are those who go through the year with the NQSW.
func (v yearShowView) people() []ui.SummaryRow {
	row := func(key string, a registration.Allocation, missing string) ui.SummaryRow {
		if a.Name == "" {
			return ui.SummaryRow{Key: key, Text: missing}
		}
		return ui.SummaryRow{Key: key, Value: person(a)}
	}
	rows := []ui.SummaryRow{{Key: "Employer", Text: v.Record.OrgName}}
	if v.Record.Team != "" {
		rows = append(rows, ui.SummaryRow{Key: "Team", Text: v.Record.Team})
	}
	if v.Record.Outcome() != nil {
		if n := len(v.Record.Coordinators); n > 0 {
			rows = append(rows, row("Coordinator", v.Record.Coordinators[n-1], ""))
		}
		return rows
	}
	return append(rows, row("Assessor", v.Record.AssessedBy(), "Nobody is named yet. Ask your coordinator."),
		row("Coordinator", v.Record.CoordinatedBy(), "Nobody is named yet. Ask your manager who coordinates the programme."))
}

// facts are what the dates follow from.
func (v yearShowView) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Programme", Text: v.Record.Rules.Name}, {Key: "First day", Text: v.Record.StartsOn.String()}}
	for _, pattern := range v.Record.Patterns {
		rows = append(rows, ui.SummaryRow{Key: "Hours", Text: pattern.String() + ", " + from(pattern.Period) + "."})
	}
	for _, pause := range v.Record.Pauses {
		rows = append(rows, ui.SummaryRow{Key: "Pause", Text: v.Record.Rules.Pauses.Reasons.Label(pause.Reason) + ", " + from(pause.Period) + "."})
	}
	for _, e := range v.Record.Extensions {
		if e.UndoneAt.IsZero() {
			rows = append(rows, ui.SummaryRow{Key: "Extension", Text: e.String() + ", for: " + v.Record.Rules.Extensions.Label(e.Reason) +
				". Approved by " + e.Approver + " on " + e.ApprovedOn.String() + "."})
		}
	}
	return append(rows, ui.SummaryRow{Key: "Reference", Text: v.Record.Reference})
}

func from(p asye.Period) string {
	if p.IsOpen() {
		return p.String()
	}
	return "from " + p.String()
}

func (v yearShowView) standing() string { return standing(v.Record, v.Today) }

func (v yearShowView) status() ui.TagOptions {
	status := v.Record.Status(v.Today)
	tag := ui.TagOptions{Text: status.String(), Colour: ui.TagColour(status.Colour())}
	switch status {
	case registration.Overdue:
		tag = ui.TagOptions{Text: "Waiting for the outcome", Colour: ui.TagGrey}
	case registration.Failed:
		tag = ui.TagOptions{Text: "Not passed", Colour: ui.TagGrey}
	}
	return tag
}

// todo is one thing that only the NQSW can do.
type todo struct {
	title, hint, href string
	done              bool
	waits             bool // done, as far as it is the NQSW's to do
	urgent            bool
}

// todos lists them for a record, in the order in which they matter.
func todos(rec registration.Record, answered bool) []todo {
	var list []todo
	if open := rec.OpenTransfer(); open != nil {
		title, confirmed := "Confirm your move", open.Status == registration.TransferConfirmed
		if confirmed {
			title = "Your move is confirmed"
		}
		list = append(list, todo{title: title, hint: moveHint(*open), href: paths.MyMove(),
			urgent: open.Status == registration.TransferAgreed, done: open.Status != registration.TransferAgreed,
			waits: open.Status != registration.TransferAgreed && !confirmed})
	}
	return append(list,
		todo{title: "Confirm your details", hint: "Name, date of birth and registration number. About two minutes.",
			href: paths.MyDetails(), done: !rec.NQSW.ConfirmedAt.IsZero()},
		todo{title: "Answer the equality questions", hint: "Every question is optional, and your employer never sees your answers. About three minutes.",
			href: paths.MyEquality(), done: answered})
}

func moveHint(t registration.Transfer) string {
	if t.Status == registration.TransferAgreed {
		return "Your year waits for you: say whether the dates are right."
	}
	return t.Waiting() + "."
}

// task is the line of the task list.
func (t todo) task() ui.Task {
	task := ui.Task{Title: t.title, Href: t.href, Hint: t.hint}
	switch {
	case t.waits:
		task.Status = "Waiting for others"
	case t.done && t.href == paths.MyMove():
		task.Status = "Done"
	case t.done:
		task.Status = "Done"
		task.Hint = ""
	default:
		task.Tag = ui.TagOptions{Text: "To do", Colour: ui.TagBlue}
	}
	return task
}
