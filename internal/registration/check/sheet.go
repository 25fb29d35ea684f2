package check

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// Rules are what a sheet is judged by, apart from what is recorded.
type Rules struct {
	Columns   columns.List
	Catalogue *programme.Catalogue
	FewHours  int // percent of full time below which hours are pointed out
	Today     asye.Date
}

// Known is what is recorded about those whom a sheet names.
type Known struct {
	Years     map[registration.Number][]registration.Full // of this employer, the latest first
	Numbers   map[string]registration.Number              // of this employer, by the reference of the year
	Addresses map[string]asye.PersonID                    // whose an e-mail address is
	Elsewhere map[registration.Number]bool                // registered with another employer
}

// checker judges one sheet.
type checker struct {
	Rules
	Known
	sheet      *files.Sheet
	layout     columns.Layout
	monthFirst map[string]int // by the key of the column, the first row whose date has the month first
	// The first row with a number, and with an e-mail address.
	rowOf        map[registration.Number]int
	rowOfAddress map[string]int
}

// Judge says what would become of every row. A header that cannot be used is
// fault.Problems of the field file; nothing else fails.
func (r Rules) Judge(sheet *files.Sheet, k Known) (Plan, error) {
	l, err := r.Columns.Lay(sheet)
	if err != nil {
		return Plan{}, err
	}
	c := checker{Rules: r, Known: k, sheet: sheet, layout: l, rowOf: map[registration.Number]int{}, rowOfAddress: map[string]int{}}
	c.monthFirst = c.findMonthFirst()
	plan := Plan{Warnings: c.passedBy(), Lines: make([]Line, 0, len(sheet.Rows))}
	for _, row := range sheet.Rows {
		if isRemark(row) {
			plan.Warnings = append(plan.Warnings, Finding{Row: row.Number, Reason: "This row is read as a remark below the list, not as an NQSW",
				Mend: "If it is an NQSW, fill in the other columns"})
			continue
		}
		plan.Lines = append(plan.Lines, c.line(row))
	}
	return plan, nil
}

// passedBy says what of the file nobody reads.
func (c *checker) passedBy() (all []Finding) {
	add := func(reason, mend string) {
		all = append(all, Finding{Row: c.sheet.HeaderRow, Reason: reason, Mend: mend})
	}
	var extra []string
	for _, place := range c.layout.Extra {
		extra = append(extra, columns.Quoted(c.sheet.Header[place])+" ("+files.Letter(place)+")")
	}
	if len(extra) > 0 {
		add("Columns that are not in the template are not read: "+strings.Join(extra, ", "),
			"If one of them should be read, give it the header that the template has")
	}
	if len(c.layout.Equality) > 0 {
		add("Columns with answers about equality are neither read nor kept",
			"Each NQSW is asked for these answers in person. Leave the columns out of the file")
	}
	if len(c.sheet.Unread) > 0 {
		add("Only the worksheet "+columns.Quoted(c.sheet.Name)+" is read, not: "+strings.Join(c.sheet.Unread, ", "),
			"If there are NQSWs on another worksheet, upload it as a file of its own")
	}
	return all
}

// findMonthFirst looks for columns of dates that were written in another
// country's order.
func (c *checker) findMonthFirst() map[string]int {
	first := map[string]int{}
	for _, column := range c.Columns.Read() {
		place, there := c.layout.Place(column.Key)
		if !there || !column.Day() {
			continue
		}
		for _, row := range c.sheet.Rows {
			cell := row.Cells[place]
			if _, _, _, real := cell.Date(); !real && asye.MonthFirst(cell.Text) {
				first[column.Key] = row.Number
				break
			}
		}
	}
	return first
}

// isRemark knows a remark below the list: one cell of words, such as "End of
// list" or "Total: 37".
func isRemark(row files.Row) bool {
	text, filled := "", 0
	for _, cell := range row.Cells {
		if !cell.Blank() {
			text, filled = cell.Text, filled+1
		}
	}
	folded := asye.Fold(text)
	for _, start := range []string{"end of", "total", "note", "*"} {
		if filled == 1 && strings.HasPrefix(folded, start) {
			return true
		}
	}
	return false
}
