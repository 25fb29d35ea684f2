package change

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// outcomeRecordView is an outcome as typed.
type outcomeRecordView struct {
	sheet
	Outcome           registration.Outcome
	DecidedOn, ToldOn ui.DateField
}

// outcomeRecord asks how the year ended, then what that result needs, then
// shows what will happen.
func (p *pages) outcomeRecord(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Record the outcome")
	if err != nil {
		return err
	}
	v := outcomeRecordView{sheet: s}
	problems := v.read(r)
	if r.Posted() && r.Value("step") == "result" {
		return v.chosen(w, r)
	}
	return p.run(w, r, s, flow{
		shut:     func(rec registration.Record) error { return rec.Decide(registration.Outcome{}, r.Today) },
		form:     func(s sheet) templ.Component { v.sheet = s; return v.question() },
		check:    func(s sheet) templ.Component { v.sheet = s; return outcomeCheck(v) },
		problems: problems,
		fields:   []string{"result", "decided_on", "told_on", "reason", "concerns", "note"},
		judge:    func(rec registration.Record) error { return rec.Decide(v.Outcome, r.Today) },
		save:     func(seen int) error { return p.store.Decide(r.Context(), r.Scope, s.Record.ID, seen, v.Outcome) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Outcome", Theirs: outcomeText(now), Yours: v.typed()}}
		},
		said: func(now registration.Record) notice {
			return notice{Location: paths.RegistrationOutcomeRecorded(now.ID)}
		},
	})
}

// read takes the outcome out of what was typed. Answers that belong to another
// result are left behind.
func (v *outcomeRecordView) read(r *web.Request) fault.Problems {
	var bad fault.Problems
	o := &v.Outcome
	o.Result, o.Note = registration.Result(r.Value("result")), r.Value("note")
	v.DecidedOn, o.DecidedOn = r.Date("decided_on", "The date", &bad)
	switch o.Result {
	case registration.ResultFailed:
		v.ToldOn, o.ToldOn = r.Date("told_on", "The date on which the NQSW was told", &bad)
	case registration.ResultWithdrawn:
		o.Reason, o.Concerns = r.Value("reason"), r.Value("concerns")
	}
	return bad
}

// chosen judges the first question alone, and goes on to what it leads to.
func (v outcomeRecordView) chosen(w http.ResponseWriter, r *web.Request) error {
	err := v.Record.Decide(v.Outcome, r.Today)
	if fault.KindOf(err) == fault.Conflict {
		return r.Stale(w, closed(v.sheet, err.Error()))
	}
	if text := fault.ProblemsOf(err).For("result"); text != "" {
		v.Problems = fault.Problems{{Field: "result", Text: text}}
		return r.Refuse(w, outcomeChoose(v))
	}
	return r.Render(w, outcomeDetails(v))
}

// question is the page that can show the problems there are.
func (v outcomeRecordView) question() templ.Component {
	if v.Outcome.Result == "" || v.Problems.For("result") != "" {
		return outcomeChoose(v)
	}
	return outcomeDetails(v)
}

// upcoming reports whether the year has not started: it can then only be
// withdrawn.
func (v outcomeRecordView) upcoming() bool { return v.Record.StartsOn.After(v.Today) }

// planned reports whether a pause has been recorded that has not begun.
func (v outcomeRecordView) planned() bool {
	open := v.Record.OpenPause()
	return open != nil && open.Planned(v.Today)
}

func (v outcomeRecordView) lasts() string {
	if v.upcoming() {
		return "The year starts on " + v.Record.StartsOn.String() + ". Until then it can only be withdrawn, as when it was registered by mistake or the NQSW does not come."
	}
	return "The last day of the year is " + v.ends().String() + "."
}

func (v outcomeRecordView) results() []ui.Choice {
	all := []ui.Choice{
		{Value: string(registration.ResultPassed), Text: "Passed", Hint: "The assessor’s recommendation was confirmed by internal moderation."},
		{Value: string(registration.ResultFailed), Text: "Failed", Hint: "The standard was not met by the end of the year, any extension included."},
		{Value: string(registration.ResultWithdrawn), Text: "Withdrawn", Hint: "The year ended without a decision on the standard."},
	}
	if v.upcoming() {
		return all[2:]
	}
	return all
}

func (v outcomeRecordView) reasons() []ui.Choice {
	items := []ui.Choice{{Value: "", Text: "Choose a reason"}}
	for _, one := range v.Record.Rules.Withdrawals {
		items = append(items, ui.Choice{Value: one.Key, Text: one.Label})
	}
	return items
}

func (v outcomeRecordView) word() string {
	return registration.Status(v.Outcome.Result).String()
}

func (v outcomeRecordView) dateLegend() string {
	switch {
	case v.Outcome.Result == registration.ResultWithdrawn && v.upcoming():
		return "When was it known?"
	case v.Outcome.Result == registration.ResultWithdrawn:
		return "Last day on the programme"
	}
	return "When was it decided?"
}

func (v outcomeRecordView) dateHint() string {
	if v.upcoming() {
		return "The day on which you knew that the year would not begin, for example 27 3 2027"
	}
	return "For example, 27 3 2027"
}

func (v outcomeRecordView) dateKey() string {
	switch {
	case v.Outcome.Result == registration.ResultWithdrawn && v.upcoming():
		return "Known on"
	case v.Outcome.Result == registration.ResultWithdrawn:
		return v.dateLegend()
	}
	return "Decided on"
}

func (v outcomeRecordView) rows() []ui.SummaryRow {
	o := v.Outcome
	rows := []ui.SummaryRow{{Key: "Outcome", Text: v.word()}, {Key: v.dateKey(), Text: o.DecidedOn.String()}}
	switch o.Result {
	case registration.ResultFailed:
		rows = append(rows, ui.SummaryRow{Key: "Told in writing on", Text: o.ToldOn.String()})
	case registration.ResultWithdrawn:
		rows = append(rows, ui.SummaryRow{Key: "Reason", Text: v.Record.Rules.Withdrawals.Label(o.Reason)},
			ui.SummaryRow{Key: "Concerns about practice", Text: yesNo(o.Concerns)})
	}
	return append(rows, ui.SummaryRow{Key: "Note", Text: orText(o.Note, "None")})
}

// consequences say plainly what saving does.
func (v outcomeRecordView) consequences() []string {
	o, name := v.Outcome, v.Record.Name()
	seen := name + " sees the outcome in their own record."
	switch o.Result {
	case registration.ResultFailed:
		seen = name + " sees the outcome in their own record at once. Save it only after they have been told."
	case registration.ResultWithdrawn:
		seen = name + " sees the outcome and its reason in their own record, and not the answer about concerns."
	}
	ends := fmt.Sprintf("The year of %s ends on %s, as %s.", name, o.DecidedOn, lower(v.word()))
	if v.upcoming() {
		ends = fmt.Sprintf("The year of %s does not begin: it is %s.", name, lower(v.word()))
	}
	return []string{ends,
		"The record is closed: no pause, extension, change of hours or move can be recorded any more.",
		seen, "It can be undone only with a reason, and the history keeps both."}
}

// early warns of a decision before the year has run its length.
func (v outcomeRecordView) early() string {
	last := v.Record.Schedule(v.Today).LastDay
	days := v.Outcome.DecidedOn.DaysUntil(last)
	if days <= 0 || v.Outcome.Result == registration.ResultWithdrawn {
		return ""
	}
	return "This is " + plural(days, "day") + " before the last day of the year, " + last.String() + ". Save it only if the decision has been made."
}

func (v outcomeRecordView) typed() string {
	text := v.word() + ", " + written(v.DecidedOn)
	if v.Outcome.Result == registration.ResultFailed {
		text += ", told in writing on " + written(v.ToldOn)
	}
	reason := ""
	if v.Outcome.Reason != "" {
		reason = v.Record.Rules.Withdrawals.Label(v.Outcome.Reason)
	}
	return sentences(text, reason, v.Outcome.Note)
}

// outcomeText tells how the year of a record ended.
func outcomeText(rec registration.Record) string {
	o := rec.Outcome()
	if o == nil {
		return "None yet"
	}
	return registration.Status(o.Result).String() + ", " + o.DecidedOn.String()
}

func yesNo(key string) string {
	if key == "yes" {
		return "Yes"
	}
	return "No"
}
