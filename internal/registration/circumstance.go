package registration

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Pause is a stretch of the year that does not count: a deferral.
type Pause struct {
	ID             string
	Period         asye.Period // End is the day of return; zero until then
	ExpectedReturn asye.Date
	Reason         string // a key of the programme's list
	Note           string
	RecordedAt     asye.Instant
}

// Planned reports whether the pause has still to begin on a day.
func (p Pause) Planned(today asye.Date) bool { return p.Period.Start.After(today) }

// Extension is time added to the end of the year.
type Extension struct {
	ID           string
	Months, Days int
	Reason       string // a key of the programme's list
	Note         string
	Approver     string
	ApprovedOn   asye.Date
	RecordedAt   asye.Instant
	UndoneAt     asye.Instant
	UndoneReason string
}

// errEnded refuses a change to a year that has its outcome.
func (r Record) errEnded() error {
	if o := r.Outcome(); o != nil {
		return fault.New(fault.Conflict, "This year ended on %s as %s. Undo the outcome first if that is wrong", o.DecidedOn, o.Result)
	}
	return nil
}

// Pause judges a new pause (REG-20 to REG-24).
func (r Record) Pause(p Pause, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	if open := r.OpenPause(); open != nil {
		if open.Planned(today) {
			return fault.New(fault.Conflict, "A pause from %s is planned already. Remove it first, if it is another", open.Period.Start)
		}
		return fault.New(fault.Conflict, "The year is already paused, since %s. Record the return first", open.Period.Start)
	}
	var bad fault.Problems
	start := p.Period.Start
	bad.If(start.IsZero(), "starts_on", "Enter the first day of the pause, like 27 3 2027")
	bad.If(!start.IsZero() && start.Before(r.StartsOn), "starts_on", "The pause cannot start before the year does, on %s", r.StartsOn)
	bad.If(start.After(today.AddMonths(12)), "starts_on", "The pause cannot start more than 12 months from today")
	bad.If(!p.Period.IsOpen() && !start.Before(p.Period.End), "ends_on", "The day of return must be after the first day of the pause")
	bad.If(!p.ExpectedReturn.IsZero() && !start.Before(p.ExpectedReturn), "expected_return_on", "The expected day of return must be after the first day of the pause")
	r.checkPauseReason(&bad, p.Reason)
	bad.If(len([]rune(p.Note)) > longestNote, "note", "The note must be %d characters or fewer", longestNote)
	for _, other := range r.Pauses {
		bad.If(!start.IsZero() && other.Period.Overlaps(p.Period), "starts_on", "The pause overlaps the one of %s", other.Period)
	}
	return bad.Err()
}

func (r Record) checkPauseReason(bad *fault.Problems, reason string) {
	for _, never := range r.Rules.Pauses.NotReasons {
		if reason == never.Key {
			bad.If(true, "reason", "%s", trimStop(never.Text))
			return
		}
	}
	_, known := r.Rules.Pauses.Reasons.Find(reason)
	bad.If(!known, "reason", "Choose the reason for the pause")
}

// Return judges the end of the open pause: the day on which work starts again.
func (r Record) Return(on, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	open := r.OpenPause()
	if open == nil {
		return fault.New(fault.Conflict, "The year is not paused, so there is no return to record")
	}
	if open.Planned(today) {
		return fault.New(fault.Conflict, "The pause starts on %s, so there is no return to record yet. If it will not happen, remove it", open.Period.Start)
	}
	var bad fault.Problems
	bad.If(on.IsZero(), "ends_on", "Enter the day of return, like 27 3 2027")
	bad.If(!on.IsZero() && !open.Period.Start.Before(on), "ends_on", "The day of return must be after the pause started, on %s", open.Period.Start)
	bad.If(on.After(today.AddMonths(1)), "ends_on", "The day of return cannot be more than a month from today. Record it nearer the time")
	for _, other := range r.Pauses {
		later := other.ID != open.ID && other.Period.Overlaps(asye.Period{Start: open.Period.Start, End: on})
		bad.If(!on.IsZero() && later, "ends_on", "The pause would overlap the one of %s", other.Period)
	}
	return bad.Err()
}

// WorkFrom judges a new working pattern from a day on (REG-25).
func (r Record) WorkFrom(p Pattern) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	var bad fault.Problems
	start := p.Period.Start
	bad.If(start.IsZero(), "starts_on", "Enter the day from which the hours count, like 27 3 2027")
	bad.If(!start.IsZero() && start.Before(r.StartsOn), "starts_on", "The hours cannot count from before the year starts, on %s", r.StartsOn)
	checkHours(&bad, p.Hours, p.FullTimeHours)
	for _, other := range r.Patterns {
		bad.If(!start.IsZero() && other.Period.Start.After(start), "starts_on",
			"Hours are already recorded from %s. Enter a later day", other.Period.Start)
	}
	return bad.Err()
}

// Extend judges an extension (REG-26). What is merely unusual is not refused.
func (r Record) Extend(e Extension, today asye.Date) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	var bad fault.Problems
	bad.If(e.Months < 0 || e.Days < 0 || e.Months > 24 || e.Days > 366, "months", "The extension must be from 1 day to 24 months")
	bad.If(e.Months == 0 && e.Days == 0, "months", "Enter how many months or days are added")
	_, known := r.Rules.Extensions.Find(e.Reason)
	bad.If(!known, "reason", "Choose the reason for the extension")
	bad.If(e.Approver == "", "approver", "Enter the name of the person who approved the extension")
	bad.If(len([]rune(e.Approver)) > longestText, "approver", "The approver's name must be %d characters or fewer", longestText)
	bad.If(e.ApprovedOn.IsZero(), "approved_on", "Enter the date on which it was approved, like 27 3 2027")
	bad.If(e.ApprovedOn.After(today), "approved_on", "The date of approval must be today or in the past")
	bad.If(len([]rune(e.Note)) > longestNote, "note", "The note must be %d characters or fewer", longestNote)
	return bad.Err()
}

// LongestNote is the most that a note or a reason may hold, in characters.
const LongestNote = 2000

const longestNote = LongestNote

// words judges what somebody must say in their own words.
func words(field, text, missing string) error {
	var bad fault.Problems
	bad.If(text == "", field, "%s", missing)
	bad.If(len([]rune(text)) > longestNote, field, "Use %d characters or fewer", longestNote)
	return bad.Err()
}

func trimStop(sentence string) string {
	if n := len(sentence); n > 0 && sentence[n-1] == '.' {
		return sentence[:n-1]
	}
	return sentence
}

// Allocate judges a change of team, assessor or coordinator (REG-27).
func (r Record) Allocate(a Allocate) error {
	if err := r.errEnded(); err != nil {
		return err
	}
	var bad fault.Problems
	bad.If(len([]rune(a.Team)) > longestText, "team", "The team must be %d characters or fewer", longestText)
	bad.If(len([]rune(a.AssessorName)) > longestText, "assessor_name", "The assessor's name must be %d characters or fewer", longestText)
	bad.If(!validEmail(a.AssessorEmail), "assessor_email", "Enter the assessor's e-mail address in the correct form, like name@example.org")
	bad.If(a.AssessorEmail != "" && a.AssessorName == "", "assessor_name", "Enter the assessor's name as well as the e-mail address")
	bad.If(a.From.IsZero(), "from", "Enter the day from which this counts, like 27 3 2027")
	for _, before := range append([]Allocation{r.AssessedBy()}, r.CoordinatedBy()) {
		bad.If(!a.From.IsZero() && a.From.Before(before.Period.Start), "from", "The day must not be before %s, when the present allocation began", before.Period.Start)
	}
	return bad.Err()
}
