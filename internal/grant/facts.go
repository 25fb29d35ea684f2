package grant

import (
	"slices"

	"example.org/asye/internal/asye"
)

// Facts are what is known of one registration as far as money hangs on it. They
// are kept with a claim as they were when it was made, and never change there.
type Facts struct {
	Enrolment asye.EnrolmentID `json:"enrolment"`
	Person    asye.PersonID    `json:"person"`
	Reference string           `json:"reference"`
	Programme string           `json:"programme"`
	Start     asye.Date        `json:"start"`
	Ended     asye.Date        `json:"ended"` // the first day after the year; zero while it runs
	Due       asye.Date        `json:"due"`   // the first day after the year as it stands to end
	Result    Result           `json:"result"`
	Decided   asye.Date        `json:"decided"` // when the outcome was decided
	Funded    bool             `json:"funded"`
	Unfunded  string           `json:"unfunded"` // why not
	Agency    bool             `json:"agency"`
	Stays     []Stay           `json:"stays"`      // with whom, the earliest first
	Pauses    []asye.Period    `json:"pauses"`     //
	CheckedOn asye.Date        `json:"checked_on"` // when the regulator's register was last looked at
	CheckGood bool             `json:"check_good"` // and whether it raised no question
	Standing  []Standing       `json:"-"`          // what has been claimed for the person on this programme
}

// Result is how a year ended; empty while it runs.
type Result string

// How a year can end.
const (
	Passed    Result = "passed"
	Failed    Result = "failed"
	Withdrawn Result = "withdrawn"
)

// Stay is a stretch of the year with one employer.
type Stay struct {
	Org    asye.OrganisationID `json:"org"`
	Type   asye.EmployerType   `json:"type"`
	Period asye.Period         `json:"period"`
}

// Standing is a claim that was sent for a milestone of the person and has not
// been returned or taken back: there is at most one in the nation.
type Standing struct {
	ID        string
	Milestone string
	Scheme    string
	Org       asye.OrganisationID
	State     State // Claimed, Paid or Recover
	On        asye.Date
	Pence     Pence
}

// standing finds the claim that stands for a milestone; nil when none does.
func (f Facts) standing(milestone string) *Standing {
	at := slices.IndexFunc(f.Standing, func(s Standing) bool { return s.Milestone == milestone })
	if at < 0 {
		return nil
	}
	return &f.Standing[at]
}

// with is the stay on a day: the last that has begun by then, and the first
// where none has.
func (f Facts) with(day asye.Date) Stay {
	var in Stay
	for i, s := range f.Stays {
		if i == 0 || !s.Period.Start.After(day) {
			in = s
		}
	}
	return in
}

// on reports whether the year runs on a day.
func (f Facts) on(day asye.Date) bool {
	return !day.Before(f.Start) && (f.Ended.IsZero() || day.Before(f.Ended))
}

// pausedOn reports whether the year is paused on a day.
func (f Facts) pausedOn(day asye.Date) bool {
	return slices.ContainsFunc(f.Pauses, func(p asye.Period) bool { return p.Contains(day) })
}
