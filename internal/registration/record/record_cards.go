package record

import (
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// The cards of the record, each a heading with its facts and what can be done
// about them.

func (v showView) yearCard() ui.SummaryListOptions {
	r := v.Record
	rows := append(v.days(), ui.SummaryRow{Key: "Pauses (deferrals)", Text: strconv.Itoa(v.Schedule.Deferrals)},
		ui.SummaryRow{Key: "Rules", Text: r.Rules.String()})
	return ui.SummaryListOptions{CardTitle: "Dates", Rows: rows}
}

func (v showView) milestones() ui.TableOptions {
	t := ui.TableOptions{Caption: v.heading("Milestones"), CaptionSize: "s", Head: []ui.Column{{Text: "Milestone"}, {Text: "By"}}}
	for _, m := range v.Schedule.Milestones {
		name, by := m.Name, m.By.String()
		if m.Optional {
			name += " (optional)"
		}
		if m.Provisional {
			by += " at the earliest"
		}
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(name), ui.Text(by)})
	}
	return t
}

func (v showView) outcomeCards() []ui.SummaryListOptions {
	var cards []ui.SummaryListOptions
	for _, o := range v.Record.Outcomes {
		card := ui.SummaryListOptions{CardTitle: "Outcome", Rows: outcomeRows(o, v.Record)}
		if o.UndoneAt.IsZero() {
			card.CardActions = []ui.Link{{Text: "Undo", Href: paths.RegistrationOutcomeUndo(v.Record.ID), Hidden: "this outcome"}}
		} else {
			card.CardTitle = "Outcome that was undone"
			card.Rows = append(card.Rows, ui.SummaryRow{Key: "Undone", Text: web.Moment(o.UndoneAt) + ": " + o.UndoneReason})
		}
		cards = append(cards, card)
	}
	return cards
}

func outcomeRows(o registration.Outcome, r registration.Record) []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Outcome", Text: registration.Status(o.Result).String()}, {Key: "Decided on", Text: o.DecidedOn.String()}}
	switch o.Result {
	case registration.ResultFailed:
		rows = append(rows, ui.SummaryRow{Key: "Told in writing on", Text: o.ToldOn.String()})
	case registration.ResultWithdrawn:
		rows[1].Key = "Last day on the programme"
		if o.DecidedOn.Before(r.StartsOn) {
			rows[1].Key = "Known on"
		}
		rows = append(rows, ui.SummaryRow{Key: "Reason", Text: r.Rules.Withdrawals.Label(o.Reason)},
			ui.SummaryRow{Key: "Concerns about practice", Text: yesNo(o.Concerns)})
	}
	return append(rows, known("Note", o.Note)...)
}

func yesNo(answer string) string {
	switch answer {
	case "yes":
		return "Yes"
	case "no":
		return "No"
	}
	return answer
}

// known is a row where there is something to say.
func known(key, text string) []ui.SummaryRow {
	if text == "" {
		return nil
	}
	return []ui.SummaryRow{{Key: key, Text: text}}
}

func (v showView) pausesCard() ui.SummaryListOptions {
	r := v.Record
	card := ui.SummaryListOptions{CardTitle: "Pauses", CardActions: v.while(v.pauseAction())}
	for _, p := range r.Pauses {
		text := r.Rules.Pauses.Reasons.Label(p.Reason)
		if !p.ExpectedReturn.IsZero() && p.Period.IsOpen() {
			text += ". Expected back on " + p.ExpectedReturn.String()
		}
		if p.Note != "" {
			text += ". " + p.Note
		}
		card.Rows = append(card.Rows, ui.SummaryRow{Key: v.pausePeriod(p), Text: text,
			Actions: v.while(ui.Link{Text: "Remove", Href: paths.RegistrationPauseRemove(r.ID, p.ID), Hidden: "the pause " + p.Period.String()})})
	}
	if len(card.Rows) == 0 {
		card.Rows = []ui.SummaryRow{{Key: "Pauses", Text: "None"}}
	}
	return card
}

func (v showView) pausePeriod(p registration.Pause) string {
	switch {
	case p.Planned(v.Today) && p.Period.IsOpen():
		return "Paused from " + p.Period.Start.String() + " (planned)"
	case p.Period.IsOpen():
		return "Since " + p.Period.Start.String()
	}
	return p.Period.String()
}

func (v showView) hoursCard() ui.SummaryListOptions {
	card := ui.SummaryListOptions{CardTitle: "Hours", CardActions: v.while(ui.Link{Text: "Change", Href: paths.RegistrationHours(v.Record.ID)})}
	for _, p := range v.Record.Patterns {
		card.Rows = append(card.Rows, ui.SummaryRow{Key: period(p.Period), Text: p.String()})
	}
	return card
}

func period(p asye.Period) string {
	if p.IsOpen() {
		return "From " + p.Start.String()
	}
	return p.String()
}

func (v showView) extensionsCard() ui.SummaryListOptions {
	r := v.Record
	card := ui.SummaryListOptions{CardTitle: "Extensions", CardActions: v.while(ui.Link{Text: "Extend the year", Href: paths.RegistrationExtend(r.ID)})}
	for _, e := range r.Extensions {
		row := ui.SummaryRow{Key: e.String(), Text: r.Rules.Extensions.Label(e.Reason) + ". Approved by " + e.Approver + " on " + e.ApprovedOn.String()}
		if e.Note != "" {
			row.Text += ". " + e.Note
		}
		if e.UndoneAt.IsZero() {
			row.Actions = v.while(ui.Link{Text: "Take back", Href: paths.RegistrationExtensionUndo(r.ID, e.ID), Hidden: "the extension of " + e.String()})
		} else {
			row.Text += ". Taken back on " + web.Moment(e.UndoneAt) + ": " + e.UndoneReason
		}
		card.Rows = append(card.Rows, row)
	}
	if len(card.Rows) == 0 {
		card.Rows = []ui.SummaryRow{{Key: "Extensions", Text: "None"}}
	}
	return card
}

func (v showView) peopleCard() ui.SummaryListOptions {
	r := v.Record
	card := ui.SummaryListOptions{CardTitle: "Team and people",
		CardActions: v.while(ui.Link{Text: "Change", Href: paths.RegistrationAllocation(r.ID)}),
		Rows:        []ui.SummaryRow{{Key: "Team", Text: orNone(r.Team)}}}
	card.Rows = append(card.Rows, allocations("Assessor", r.Assessors)...)
	return withRows(card, allocations("Coordinator", r.Coordinators))
}

func withRows(card ui.SummaryListOptions, rows []ui.SummaryRow) ui.SummaryListOptions {
	card.Rows = append(card.Rows, rows...)
	return card
}

// allocations is who has done something, the latest first.
func allocations(what string, all []registration.Allocation) []ui.SummaryRow {
	if len(all) == 0 {
		return []ui.SummaryRow{{Key: what, Text: "Nobody yet"}}
	}
	var rows []ui.SummaryRow
	for i := len(all) - 1; i >= 0; i-- {
		a, key := all[i], what
		if !a.Period.IsOpen() {
			key = what + " before"
			if i == len(all)-1 {
				key = "Last " + lower(what)
			}
		}
		text := a.Name
		if a.Email != "" {
			text += ", " + a.Email
		}
		rows = append(rows, ui.SummaryRow{Key: key, Text: text + " (" + lower(period(a.Period)) + ")"})
	}
	return rows
}

func lower(text string) string {
	if text == "" || text[0] < 'A' || text[0] > 'Z' {
		return text
	}
	return string(text[0]+'a'-'A') + text[1:]
}

func orNone(text string) string {
	if text == "" {
		return "None"
	}
	return text
}

func (v showView) employersCard() ui.SummaryListOptions {
	card := ui.SummaryListOptions{CardTitle: "Employers and moves", CardActions: v.moveActions()}
	for _, e := range v.Record.Employments {
		card.Rows = append(card.Rows, ui.SummaryRow{Key: e.Name, Text: period(e.Period)})
	}
	for _, t := range v.Record.Transfers {
		card.Rows = append(card.Rows, ui.SummaryRow{Key: "Move: " + lower(t.Status.String()), Value: lines(transferLines(t))})
	}
	return card
}

// transferLines is what is known of a move, a line for each who has said
// something.
func transferLines(t registration.Transfer) []string {
	text := "From " + t.FromName
	if t.ToName != "" {
		text += " to " + t.ToName
	}
	if !t.LeavesOn.IsZero() {
		text += ". Last day there: " + t.LeavesOn.AddDays(-1).String()
	}
	if !t.JoinsOn.IsZero() {
		text += ". First day with the next employer: " + t.JoinsOn.String()
	}
	all := []string{text + "."}
	if t.IsOpen() {
		all = append(all, t.Waiting()+".")
	}
	if t.Dispute != "" {
		all = append(all, strings.Split(t.Dispute, "\n")...)
	}
	if t.Resolution != "" {
		all = append(all, "How it was settled: "+t.Resolution)
	}
	return all
}

// moveActions are what this employer can do about a move just now.
func (v showView) moveActions() []ui.Link {
	r := v.Record
	t := r.OpenTransfer()
	if t == nil {
		return v.while(ui.Link{Text: "Report that they leave", Href: paths.RegistrationLeaving(r.ID)})
	}
	var links []ui.Link
	if t.ReportedAt.IsZero() {
		links = append(links, ui.Link{Text: "Report that they leave", Href: paths.RegistrationLeaving(r.ID)})
	}
	if !t.ClaimedAt.IsZero() && t.Status != registration.TransferDisputed {
		links = append(links, ui.Link{Text: "Object to the claim", Href: paths.RegistrationObject(r.ID)})
	}
	if t.Status == registration.TransferReported {
		links = append(links, ui.Link{Text: "Take the report back", Href: paths.RegistrationLeavingCancel(r.ID)})
	}
	return v.while(links...)
}

func (v showView) detailsCard() ui.SummaryListOptions {
	r := v.Record
	card := ui.SummaryListOptions{CardTitle: "Details", CardActions: []ui.Link{{Text: "Change", Href: paths.RegistrationDetails(r.ID)}}}
	for _, f := range r.NQSW.Details().Facts() {
		text := f.Text
		if text == "" {
			text = "Not given"
		}
		card.Rows = append(card.Rows, ui.SummaryRow{Key: f.Label, Text: text})
	}
	confirmed := "Not yet"
	if !r.NQSW.ConfirmedAt.IsZero() {
		confirmed = "On " + web.Moment(r.NQSW.ConfirmedAt)
	}
	card.Rows = append(card.Rows, ui.SummaryRow{Key: "Confirmed by the NQSW", Text: confirmed})
	if v.Answered != "" {
		card.Rows = append(card.Rows, ui.SummaryRow{Key: "Equality section", Value: equality(v.Answered)})
	}
	return card
}

func (v showView) invited() string {
	switch {
	case v.Record.Email == "":
		return "There is no e-mail address, so no invitation could be sent. Add one to the details, then send it."
	case v.Record.NQSW.InvitedAt.IsZero():
		return "No invitation has been sent yet."
	}
	return "The latest invitation was sent on " + web.Moment(v.Record.NQSW.InvitedAt) + "."
}

func (v showView) checksCard() ui.SummaryListOptions {
	card := ui.SummaryListOptions{CardTitle: "Regulator’s register",
		CardActions: []ui.Link{{Text: "Check now", Href: paths.RegistrationCheck(v.Record.ID)}}}
	for _, c := range v.Record.Checks {
		card.Rows = append(card.Rows, ui.SummaryRow{Key: "Checked on " + c.CheckedOn.String(), Text: checkText(c)})
	}
	if len(card.Rows) == 0 {
		card.Rows = []ui.SummaryRow{{Key: "Checked on", Text: "Not checked yet"}}
	}
	return card
}

func checkText(c registration.RegisterCheck) string {
	text := c.ResultText() + ". Number " + string(c.Number)
	if c.RegisteredName != "" {
		text += ", registered name " + c.RegisteredName
	}
	return text + ". Source: " + c.Source
}

func (v showView) funding() string {
	if v.Record.Funded {
		return "On these answers the year can be funded."
	}
	return "On these answers the year is not funded. The registration counts all the same."
}

// judged is one eligibility question as it was put and answered.
type judged struct{ Question, Answer, Told, Source string }

func (v showView) eligibility() []judged {
	var all []judged
	for _, a := range v.Record.Evidence.Answers {
		j := judged{Question: a.Question, Answer: yesNo(a.Answer), Source: "Source: " + a.Basis}
		if strings.HasPrefix(a.Basis, "Assumed: ") {
			j.Source = a.Basis
		}
		switch {
		case a.Reason == "":
		case a.Leads == programme.Unsettled:
			j.Told = "Not settled: " + a.Reason
		default:
			j.Told = "The NQSW is told: “" + a.Reason + "”"
		}
		if day, err := asye.ParseDate(a.Answer); err == nil {
			j.Answer = day.String()
		}
		if j.Answer == "" {
			j.Answer = "Not answered"
		}
		all = append(all, j)
	}
	return all
}
