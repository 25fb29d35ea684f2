package registration

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// Record is everything known about one enrolment: who, where, under which
// rules, and what has happened since.
type Record struct {
	Row
	NQSW         NQSW
	RecordedAt   asye.Instant
	Employments  []Employment
	Patterns     []Pattern
	Pauses       []Pause
	Extensions   []Extension
	Coordinators []Allocation
	Assessors    []Allocation
	Outcomes     []Outcome // the standing one and those undone, latest first
	Transfers    []Transfer
	Checks       []RegisterCheck
	Evidence     programme.Evidence
	Rules        programme.Version
}

// NQSW is the person the record is about, apart from name and e-mail.
type NQSW struct {
	Person            asye.PersonID
	Identity          asye.Identity
	DateOfBirth       asye.Date
	Number            Number
	AddedToRegisterOn asye.Date
	Qualification     string
	QualifiedYear     int
	EntryRoute        string
	EntryRouteOther   string
	InvitedAt         asye.Instant
	ConfirmedAt       asye.Instant // when the NQSW confirmed these details
	Version           int
}

// Employment is a stretch with one employer, for as long as the year runs.
type Employment struct {
	ID     string
	Org    asye.OrganisationID
	Name   string // of the employer
	Period asye.Period
}

// Pattern is a working pattern: hours a week from a day on.
type Pattern struct {
	ID            string
	Period        asye.Period
	Hours         Hours
	FullTimeHours Hours
}

// Allocation is who coordinates or assesses, and for how long. Person is empty
// for an assessor who cannot sign in.
type Allocation struct {
	ID     string
	Person asye.PersonID
	Name   string
	Email  string
	Period asye.Period
}

// RegisterCheck is one look at the regulator's register.
type RegisterCheck struct {
	ID             string
	Number         Number
	CheckedOn      asye.Date
	Result         string // registered, lapsed, removed, name_differs or not_found
	RegisteredName string
	Source         string
}

// Facts are what the dates of the year follow from. Time between two employers
// earns nothing, and is not a pause that anybody decided on.
func (r Record) Facts(today asye.Date) programme.Facts {
	f := programme.Facts{Start: r.StartsOn, Today: today}
	for _, p := range r.Patterns {
		f.Patterns = append(f.Patterns, programme.Pattern{From: p.Period.Start, Hours: int(p.Hours), FullTime: int(p.FullTimeHours)})
	}
	for _, p := range r.Pauses {
		f.Pauses = append(f.Pauses, programme.Pause{Period: p.Period, Reason: r.Rules.Pauses.Reasons.Label(p.Reason)})
	}
	for i := 1; i < len(r.Employments); i++ {
		gap := asye.Period{Start: r.Employments[i-1].Period.End, End: r.Employments[i].Period.Start}
		if !gap.Start.IsZero() && gap.Start.Before(gap.End) {
			f.Pauses = append(f.Pauses, programme.Pause{Period: gap, Reason: "Between employers"})
		}
	}
	for _, e := range r.Extensions {
		if e.UndoneAt.IsZero() {
			f.Extensions = append(f.Extensions, programme.Extension{Months: e.Months, Days: e.Days,
				Reason: r.Rules.Extensions.Label(e.Reason)})
		}
	}
	return f
}

// Schedule is the dates of the year with their working.
func (r Record) Schedule(today asye.Date) programme.Schedule {
	return r.Rules.Schedule(r.Facts(today))
}

// Outcome is the outcome that stands; nil while the year runs.
func (r Record) Outcome() *Outcome {
	for i := range r.Outcomes {
		if r.Outcomes[i].UndoneAt.IsZero() {
			return &r.Outcomes[i]
		}
	}
	return nil
}

// OpenPause is the pause that has not ended; nil when there is none.
func (r Record) OpenPause() *Pause {
	for i := range r.Pauses {
		if r.Pauses[i].Period.IsOpen() {
			return &r.Pauses[i]
		}
	}
	return nil
}

// OpenTransfer is the transfer under way; nil when there is none.
func (r Record) OpenTransfer() *Transfer {
	for i := range r.Transfers {
		if r.Transfers[i].IsOpen() {
			return &r.Transfers[i]
		}
	}
	return nil
}

// Pattern is the working pattern that has not ended; zero after the year.
func (r Record) Pattern() Pattern {
	for _, p := range r.Patterns {
		if p.Period.IsOpen() {
			return p
		}
	}
	return Pattern{}
}

// CoordinatedBy is who coordinates now; zero when nobody does.
func (r Record) CoordinatedBy() Allocation { return openOf(r.Coordinators) }

// AssessedBy is who assesses now; zero when nobody is named.
func (r Record) AssessedBy() Allocation { return openOf(r.Assessors) }

func openOf(all []Allocation) Allocation {
	for _, a := range all {
		if a.Period.IsOpen() {
			return a
		}
	}
	return Allocation{}
}
