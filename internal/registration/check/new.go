package check

import (
	"fmt"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
)

// judgeNew judges a row that would register somebody.
func (c *checker) judgeNew(r *reading) {
	if number, ok := c.Numbers[c.layout.Cell(r.row, "reference").Text]; ok && r.Entry.Number != "" && number != r.Entry.Number {
		column, _ := c.Columns.Of("regulator_number")
		c.problem(r, column, "The reference in this row belongs to the NQSW with the number "+string(number),
			"To change the number, open that record. To register somebody else, empty the reference")
	}
	registered, err := registration.Register(r.Entry, c.Catalogue, c.Today)
	c.problems(r, fault.ProblemsOf(err))
	c.checkEarlier(r)
	if len(r.Problems) == 0 {
		c.warnNew(r, registered)
	}
}

// checkEarlier looks at the years that this employer has on record and that
// have ended: a new one must come after them.
func (c *checker) checkEarlier(r *reading) {
	column, _ := c.Columns.Of("starts_on")
	for _, year := range c.Years[r.Entry.Number] {
		if r.Entry.StartsOn.Before(year.EndsOn) {
			c.problem(r, column, fmt.Sprintf("The year %s of this NQSW ended on %s, after this start date", year.Reference, year.EndsOn.AddDays(-1)),
				"Check the start date. If that year should go on, undo its outcome on its record")
			return
		}
		c.warn(r, "regulator_number", fmt.Sprintf("This NQSW has been registered here before, as %s. This row registers another year", year.Reference), "")
	}
}
