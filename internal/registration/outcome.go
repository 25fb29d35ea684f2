package registration

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Result is how a year ended.
type Result string

// How a year can end.
const (
	ResultPassed    Result = "passed"
	ResultFailed    Result = "failed"
	ResultWithdrawn Result = "withdrawn"
)

// Outcome is how a year ended, and the record of that.
type Outcome struct {
	ID           string
	Result       Result
	DecidedOn    asye.Date // for a withdrawal, the last day on the programme
	ToldOn       asye.Date // the NQSW was told in writing; required for a fail
	Reason       string    // of a withdrawal: a key of the programme's list
	Concerns     string    // of a withdrawal: "yes" or "no", whether there were any
	Note         string
	RecordedAt   asye.Instant
	UndoneAt     asye.Instant
	UndoneReason string
}

// Decide judges an outcome (REG-30 to REG-35, and REG-37 for a year that has
// not started). There is one to an enrolment.
func (r Record) Decide(o Outcome, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	if t := r.OpenTransfer(); t != nil {
		return fault.New(fault.Conflict, "A transfer to another employer is under way. Finish or cancel it first")
	}
	var bad fault.Problems
	on := o.DecidedOn
	bad.If(on.IsZero(), "decided_on", "Enter the date, like 27 3 2027")
	bad.If(on.After(today), "decided_on", "The date must be today or in the past")
	ahead := r.StartsOn.After(today)
	bad.If(!on.IsZero() && on.Before(r.StartsOn) && !ahead, "decided_on", "The date cannot be before the year started, on %s", r.StartsOn)
	bad.If(ahead && (o.Result == ResultPassed || o.Result == ResultFailed), "result", "The year has not started, so it can only be withdrawn")
	bad.If(len([]rune(o.Note)) > longestNote, "note", "The note must be %d characters or fewer", longestNote)
	switch o.Result {
	case ResultPassed:
		r.checkPaused(&bad, today)
	case ResultFailed:
		r.checkPaused(&bad, today)
		bad.If(o.ToldOn.IsZero(), "told_on", "Enter the date on which the NQSW was told in writing, like 27 3 2027")
		bad.If(!o.ToldOn.IsZero() && o.ToldOn.Before(on), "told_on", "The NQSW cannot have been told in writing before the decision, on %s", on)
		bad.If(o.ToldOn.After(today), "told_on", "The date on which the NQSW was told must be today or in the past")
	case ResultWithdrawn:
		_, known := r.Rules.Withdrawals.Find(o.Reason)
		bad.If(!known, "reason", "Choose the reason for the withdrawal")
		bad.If(o.Concerns != "yes" && o.Concerns != "no", "concerns", "Say whether there were concerns about the NQSW's practice")
	default:
		bad.If(true, "result", "Choose how the year ended")
	}
	return bad.Err()
}

// checkPaused refuses a result while the year is paused. A pause that is only
// planned stands in nobody's way: it falls away when the year ends (REG-33).
func (r Record) checkPaused(bad *fault.Problems, today asye.Date) {
	if open := r.OpenPause(); open != nil && !open.Planned(today) {
		bad.If(true, "result", "The year is paused, since %s. Record the return before the outcome", open.Period.Start)
	}
}

// EndsOn is the first day after a year that has this outcome. A year withdrawn
// before it began takes up its first day, since no period is empty (REG-37).
func (o Outcome) EndsOn(startsOn asye.Date) asye.Date {
	return later(o.DecidedOn, startsOn).AddDays(1)
}

// Undo judges the taking back of the outcome that stands (REG-36).
func (r Record) Undo(reason string) error {
	if r.Outcome() == nil {
		return fault.New(fault.Conflict, "There is no outcome to undo")
	}
	var bad fault.Problems
	bad.If(reason == "", "reason", "Say why the outcome is undone")
	bad.If(len([]rune(reason)) > longestNote, "reason", "The reason must be %d characters or fewer", longestNote)
	return bad.Err()
}
