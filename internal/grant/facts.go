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
	Decided   asye.Date        `json:"decided"` // when the outcome was decided; of a withdrawal, the last day on the programme
	Funded    bool             `json:"funded"`
	Unfunded  string           `json:"unfunded"` // why not
	Agency    bool             `json:"agency"`
	Mistaken  bool             `json:"mistaken"`   // the year was registered by mistake
	Twin      bool             `json:"twin"`       // another record may be the same person, and nobody has said yet
	Stays     []Stay           `json:"stays"`      // with whom, the earliest first
	Pauses    []asye.Period    `json:"pauses"`     //
	CheckedOn asye.Date        `json:"checked_on"` // when the regulator's register was last looked at
	CheckGood bool             `json:"check_good"` // and whether it raised no question
	Late      []string         `json:"late"`       // milestones that the funder lets the employer claim after their deadline
	Standing  []Standing       `json:"-"`          // what has been claimed for the person on this programme, the first sent first
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
// been returned or taken back: there is at most one in the nation, and it may be
// for another year of the same person.
type Standing struct {
	ID        string
	Enrolment asye.EnrolmentID // the year that it was claimed for
	Milestone string
	Scheme    string
	Org       asye.OrganisationID
	State     State // Claimed, Paid or Recover
	Accepted  bool  // the funder has accepted it
	On        asye.Date
	Pence     Pence
}

// standing finds the claim that stands for a milestone: that for this year, or
// else one for another year of the person; nil when none does.
func (f *Facts) standing(milestone string) *Standing {
	var other *Standing
	for i := range f.Standing {
		s := &f.Standing[i]
		switch {
		case s.Milestone != milestone:
		case s.of(f):
			return s
		case other == nil:
			other = s
		}
	}
	return other
}

// again reports whether the same milestone was claimed before for another record,
// which turned out to be the same person.
func (f *Facts) again(s *Standing) bool {
	at := slices.IndexFunc(f.Standing, func(one Standing) bool { return one.Milestone == s.Milestone })
	return at >= 0 && f.Standing[at].ID != s.ID
}

// of reports whether the claim was made for this year, and not for another of
// the same person.
func (s *Standing) of(f *Facts) bool { return s.Enrolment == "" || s.Enrolment == f.Enrolment }

// with is the stay on a day: the last that has begun by then, and the first
// where none has. The zero stay means that no employer is known.
func (f *Facts) with(day asye.Date) Stay {
	var in Stay
	for i, s := range f.Stays {
		if i == 0 || !s.Period.Start.After(day) {
			in = s
		}
	}
	return in
}

// neverBegan reports whether somebody withdrew before the first day. The record
// of such a year takes up its first day all the same.
func (f *Facts) neverBegan() bool { return f.Result == Withdrawn && f.Decided.Before(f.Start) }

// on reports whether the year runs on a day.
func (f *Facts) on(day asye.Date) bool {
	return !day.Before(f.Start) && (f.Ended.IsZero() || day.Before(f.Ended))
}

// overdue reports whether a year that runs should have ended by a day.
func (f *Facts) overdue(today asye.Date) bool {
	return f.Result == "" && !f.Due.IsZero() && !f.Due.After(today)
}

// endsBefore reports whether a year that runs, and is not overdue, will have
// ended by its plan before a day.
func (f *Facts) endsBefore(day, today asye.Date) bool {
	return f.Result == "" && f.Due.After(today) && !f.Due.After(day)
}

// soonest is the first day on which a year that runs can end as it stands.
func (f *Facts) soonest(today asye.Date) asye.Date {
	if f.Due.IsZero() {
		return later(f.Start, today)
	}
	return later(f.Due.AddDays(-1), today)
}

// waits says in a sentence what the outcome of a year that runs waits for.
func (f *Facts) waits(today asye.Date) string {
	away := slices.ContainsFunc(f.Pauses, func(p asye.Period) bool { return p.IsOpen() && p.Contains(today) })
	switch {
	case f.Due.IsZero():
		return "It is not known yet when the year ends"
	case away && f.overdue(today):
		return "The year is paused, and it is not known when it ends"
	case away:
		return "The year is paused, and ends on " + f.Due.AddDays(-1).String() + " at the earliest"
	case f.overdue(today):
		return "The year has run its time, and its outcome has not been decided"
	}
	return "The year is expected to end on " + f.Due.AddDays(-1).String()
}

// pausedOn reports whether the year is paused on a day.
func (f *Facts) pausedOn(day asye.Date) bool {
	return slices.ContainsFunc(f.Pauses, func(p asye.Period) bool { return p.Contains(day) })
}
