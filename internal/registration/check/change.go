package check

import (
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// judgeChange judges a row about a year that is recorded already.
func (c *checker) judgeChange(r *reading) {
	was := columns.EntryOf(*r.year)
	c.compare(r, was)
	switch {
	case len(r.Differences) == 0:
		r.Kind = Same
		return
	case r.year.Result != "":
		r.Problems = append(r.Problems, Finding{Row: r.Row, Reason: "This year has ended, so nothing of it can be changed",
			Mend: "Open the record " + r.Reference + ". If the outcome is wrong, undo it first"})
		return
	}
	r.Kind = Changed
	r.Amendment = amend(*r.year, was, r.Entry, c.Today)
	c.problems(r, fault.ProblemsOf(r.Amendment.Check(recordOf(*r.year), c.Today)))
	if len(r.Problems) == 0 {
		c.warnChange(r)
	}
}

// compare lists what the row would change, refuses what a spreadsheet may not
// change, and says what stays as it was answered.
func (c *checker) compare(r *reading, was registration.Entry) {
	for _, column := range c.Columns.Read() {
		if r.wrong[column.Key] {
			continue
		}
		before, after := column.Text(was), column.Text(r.Entry)
		if before == after {
			continue
		}
		switch column.Hold {
		case columns.Changes:
			r.Differences = append(r.Differences, Difference{column.Key, before, after})
		case columns.Refuses:
			c.problem(r, column, fmt.Sprintf("This year is registered with %s, and uploading cannot change that", columns.Quoted(before)),
				"Write what is recorded, or leave the cell empty. If the record is wrong, withdraw it as registered by mistake and register the NQSW again")
		case columns.Keeps:
			c.warn(r, column.Key, "The answer given when the year was registered, "+orNothing(before)+", is kept", "")
		}
	}
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return columns.Quoted(text)
}

// amend says which parts of a running year a row changes. Hours and allocations
// count from today, or from the start of a year that is still to come.
func amend(year registration.Full, was, now registration.Entry, today asye.Date) registration.Amendment {
	var a registration.Amendment
	from := latest(today, year.StartsOn)
	if before, after := detailsOf(was), detailsOf(now); before != after {
		a.Details = &after
	}
	if was.Hours != now.Hours || was.FullTimeHours != now.FullTimeHours {
		a.Hours = &registration.Pattern{Period: asye.Since(from), Hours: now.Hours, FullTimeHours: now.FullTimeHours}
	}
	if was.Team != now.Team || was.AssessorName != now.AssessorName || was.AssessorEmail != now.AssessorEmail {
		a.Allocate = &registration.Allocate{Team: now.Team, AssessorName: now.AssessorName, AssessorEmail: now.AssessorEmail,
			From: latest(from, year.AssessorFrom)}
	}
	return a
}

func latest(a, b asye.Date) asye.Date {
	if a.After(b) {
		return a
	}
	return b
}

func detailsOf(e registration.Entry) registration.Details {
	return registration.Details{Identity: e.Identity, DateOfBirth: e.DateOfBirth, Number: e.Number,
		AddedToRegisterOn: e.AddedToRegisterOn, Qualification: e.Qualification, QualifiedYear: e.QualifiedYear,
		EntryRoute: e.EntryRoute, EntryRouteOther: e.EntryRouteOther}
}

// recordOf is as much of a record as an amendment is judged by. What it lacks
// is judged when the amendment is made.
func recordOf(f registration.Full) registration.Record {
	r := registration.Record{Row: f.Row, NQSW: f.NQSW}
	r.Patterns = []registration.Pattern{{Period: asye.Since(f.HoursFrom), Hours: f.Hours, FullTimeHours: f.FullTimeHours}}
	if f.Assessor != "" {
		r.Assessors = []registration.Allocation{{Name: f.Assessor, Email: f.AssessorEmail, Period: asye.Since(f.AssessorFrom)}}
	}
	return r
}
