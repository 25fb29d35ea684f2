package upload

import (
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
)

// judgeNew judges a row that would register somebody.
func (c *checker) judgeNew(r *reading) {
	if number, ok := c.numbers[c.cell(r.row, "reference").Text]; ok && r.entry.Number != "" && number != r.entry.Number {
		column, _ := Of(c.columns, "regulator_number")
		c.problem(r, column, "The reference in this row belongs to the NQSW with the number "+string(number),
			"To change the number, open that record. To register somebody else, empty the reference")
	}
	registered, err := registration.Register(r.entry, c.catalogue, c.today)
	c.problems(r, fault.ProblemsOf(err))
	c.checkEarlier(r)
	if len(r.Problems) == 0 {
		c.warnNew(r, registered)
	}
}

// checkEarlier looks at the years that this employer has on record and that
// have ended: a new one must come after them.
func (c *checker) checkEarlier(r *reading) {
	column, _ := Of(c.columns, "starts_on")
	for _, year := range c.years[r.entry.Number] {
		if r.entry.StartsOn.Before(year.EndsOn) {
			c.problem(r, column, fmt.Sprintf("The year %s of this NQSW ended on %s, after this start date", year.Reference, year.EndsOn.AddDays(-1)),
				"Check the start date. If that year should go on, undo its outcome on its record")
			return
		}
		c.warn(r, "regulator_number", fmt.Sprintf("This NQSW has been registered here before, as %s. This row registers another year", year.Reference), "")
	}
}

// judgeChange judges a row about a year that is recorded already.
func (c *checker) judgeChange(r *reading) {
	was := entryOf(*r.year)
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
	r.Line.amendment = amend(*r.year, was, r.entry, c.today)
	c.problems(r, fault.ProblemsOf(r.Line.amendment.Check(recordOf(*r.year), c.today)))
	if len(r.Problems) == 0 {
		c.warnChange(r)
	}
}

// compare lists what the row would change, refuses what a spreadsheet may not
// change, and says what stays as it was answered.
func (c *checker) compare(r *reading, was registration.Entry) {
	for _, column := range c.columns {
		if column.Written || r.wrong[column.Key] {
			continue
		}
		before, after := column.entry(was), column.entry(r.entry)
		if before == after {
			continue
		}
		switch column.hold {
		case changes:
			r.Differences = append(r.Differences, Difference{column.Key, before, after})
		case refuses:
			c.problem(r, column, fmt.Sprintf("This year is registered with %s, and uploading cannot change that", quoted(before)),
				"Write what is recorded, or leave the cell empty. If the record is wrong, withdraw it as registered by mistake and register the NQSW again")
		case keeps:
			c.warn(r, column.Key, "The answer given when the year was registered, "+orNothing(before)+", is kept", "")
		}
	}
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return quoted(text)
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
