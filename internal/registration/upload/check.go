package upload

import (
	"fmt"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// rules are what a sheet is judged by, apart from what is recorded.
type rules struct {
	columns   []Column
	headers   headers
	catalogue *programme.Catalogue
	settings  Settings
	today     asye.Date
}

// known is what is recorded about those whom a sheet names.
type known struct {
	years     map[registration.Number][]registration.Full // of this employer, the latest first
	numbers   map[string]registration.Number              // of this employer, by the reference of the year
	addresses map[string]asye.PersonID                    // whose an e-mail address is
	elsewhere map[registration.Number]bool                // registered with another employer
}

// checker judges one sheet.
type checker struct {
	rules
	known
	sheet      *files.Sheet
	layout     layout
	monthFirst []int // for each column, the first row whose date has the month first
	// The first row with a number, and with an e-mail address.
	rowOf        map[registration.Number]int
	rowOfAddress map[string]int
}

// judge says what would become of every row. It fails only when the header
// cannot be used.
func (r rules) judge(sheet *files.Sheet, k known) (Plan, error) {
	l, err := r.headers.lay(r.columns, sheet)
	if err != nil {
		return Plan{}, err
	}
	c := checker{rules: r, known: k, sheet: sheet, layout: l,
		rowOf: map[registration.Number]int{}, rowOfAddress: map[string]int{}}
	c.monthFirst = c.findMonthFirst()
	plan := Plan{Warnings: l.warnings, Lines: make([]Line, 0, len(sheet.Rows))}
	for _, row := range sheet.Rows {
		if c.isFooter(row) {
			plan.Warnings = append(plan.Warnings, Finding{Row: row.Number, Reason: "This row is read as a remark below the list, not as an NQSW",
				Mend: "If it is an NQSW, fill in the other columns"})
			continue
		}
		plan.Lines = append(plan.Lines, c.line(row))
	}
	return plan, nil
}

// findMonthFirst looks for columns of dates that were written in another
// country's order.
func (c *checker) findMonthFirst() []int {
	first := make([]int, len(c.columns))
	for i, column := range c.columns {
		if column.kind != day || c.layout.at[i] < 0 {
			continue
		}
		for _, row := range c.sheet.Rows {
			cell := row.Cells[c.layout.at[i]]
			if _, _, _, real := cell.Date(); !real && asye.MonthFirst(cell.Text) {
				first[i] = row.Number
				break
			}
		}
	}
	return first
}

// isFooter knows a remark below the list: one cell of words, such as "End of
// list" or "Total: 37".
func (c *checker) isFooter(row files.Row) bool {
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

// reading is one row on its way to become a line.
type reading struct {
	Line
	row   files.Row
	entry registration.Entry
	year  *registration.Full // the year of this employer that the row is about
	wrong map[string]bool    // columns that have a problem already
}

func (c *checker) line(row files.Row) Line {
	r := &reading{Line: Line{Row: row.Number, Kind: New}, row: row, wrong: map[string]bool{}}
	if row.Problem != "" {
		r.Problems = append(r.Problems, finding(row.Number, row.Problem, ""))
	}
	c.match(r)
	c.readCells(r)
	r.entry.Identity = r.entry.Identity.Trimmed()
	r.Name, r.Number = r.entry.Identity.Known(), r.entry.Number
	c.checkTwice(r)
	if r.year != nil {
		c.judgeChange(r)
	} else {
		c.judgeNew(r)
	}
	if len(r.Problems) > 0 {
		r.Kind = Wrong
	}
	r.Line.entry = r.entry
	return r.Line
}

// match finds the year that a row is about, by the Social Work England number:
// the one that is running, or else one that has ended and began on the same day.
func (c *checker) match(r *reading) {
	var only registration.Entry
	column, _ := Of(c.columns, "regulator_number")
	cell := c.cell(r.row, "regulator_number")
	if cell.Blank() || cell.Formula || column.read(cell, &only) != nil {
		return
	}
	var starts registration.Entry
	start, _ := Of(c.columns, "starts_on")
	if cell := c.cell(r.row, "starts_on"); !cell.Blank() && start.read(cell, &starts) != nil {
		starts.StartsOn = asye.Date{}
	}
	years := c.years[only.Number]
	for i := range years {
		if years[i].Result == "" || years[i].StartsOn == starts.StartsOn {
			r.year = &years[i]
			r.entry = entryOf(years[i])
			r.Enrolment, r.Reference = years[i].ID, years[i].Reference
			return
		}
	}
}

// cell is the cell of a row under a column; an empty one when the file does
// not have the column.
func (c *checker) cell(row files.Row, key string) files.Cell {
	for i, column := range c.columns {
		if column.Key == key && c.layout.at[i] >= 0 {
			return row.Cells[c.layout.at[i]]
		}
	}
	return files.Cell{}
}

// emptyCell is the reason of a cell that has to be filled in.
const emptyCell = "The cell is empty"

// readCells reads every cell into the entry. An empty one leaves what is there.
func (c *checker) readCells(r *reading) {
	for i, column := range c.columns {
		if column.Written || c.layout.at[i] < 0 {
			continue
		}
		cell := r.row.Cells[c.layout.at[i]]
		switch {
		case cell.Formula:
			c.problem(r, column, "The cell contains a formula", "Copy the column and paste it back as values")
		case cell.Blank():
			if column.Required && column.entry(r.entry) == "" {
				c.problem(r, column, emptyCell, column.Mend)
			}
		case column.kind == day && c.monthFirst[i] > 0 && eitherOrder(cell):
			c.problem(r, column, fmt.Sprintf("%s could be read in two ways, because row %d of this column has the month before the day",
				quoted(cell.Text), c.monthFirst[i]), "Write the dates of the whole column with the month in words, like 1 September 2026")
		default:
			if err := column.read(cell, &r.entry); err != nil {
				f := finding(r.Row, err.Error(), column.Mend)
				c.problem(r, column, f.Reason, f.Mend)
			}
		}
	}
}

func eitherOrder(cell files.Cell) bool {
	_, _, _, real := cell.Date()
	return !real && asye.EitherOrder(cell.Text)
}

// problem adds what is wrong with a column, once.
func (c *checker) problem(r *reading, column Column, reason, mend string) {
	if r.wrong[column.Key] {
		return
	}
	r.wrong[column.Key] = true
	r.Problems = append(r.Problems, Finding{Row: r.Row, Key: column.Key, Column: c.headed(column), Reason: reason, Mend: mend})
}

func (c *checker) warn(r *reading, key, reason, mend string) {
	f := Finding{Row: r.Row, Key: key, Reason: reason, Mend: mend}
	if column, ok := Of(c.columns, key); ok {
		f.Column = c.headed(column)
	}
	r.Warnings = append(r.Warnings, f)
}

// headed is the header of a column with the letter that a spreadsheet program
// shows above it.
func (c *checker) headed(column Column) string {
	for i := range c.columns {
		if c.columns[i].Key == column.Key && c.layout.at[i] >= 0 {
			return column.Header + " (" + files.Letter(c.layout.at[i]) + ")"
		}
	}
	return column.Header
}

// problems takes over what registration says is wrong, under the columns whose
// keys it names.
func (c *checker) problems(r *reading, all fault.Problems) {
	for _, p := range all {
		column, ok := Of(c.columns, p.Field)
		if !ok {
			column = Column{Key: p.Field}
		}
		f := finding(r.Row, p.Text, column.Mend)
		c.problem(r, column, f.Reason, f.Mend)
	}
}

// checkTwice refuses a second row with the number or the address of an earlier
// one, and an address that belongs to somebody else.
func (c *checker) checkTwice(r *reading) {
	number, _ := Of(c.columns, "regulator_number")
	address, _ := Of(c.columns, "email")
	if n := r.entry.Number; n != "" && !r.wrong[number.Key] {
		if first, twice := c.rowOf[n]; twice {
			c.problem(r, number, fmt.Sprintf("Row %d has the same Social Work England number", first),
				"Keep one row for each NQSW, or correct the number")
		} else {
			c.rowOf[n] = r.Row
		}
	}
	email := r.entry.Identity.Email
	if email == "" {
		return
	}
	if first, twice := c.rowOfAddress[email]; twice {
		c.problem(r, address, fmt.Sprintf("Row %d has the same e-mail address", first), "Give each NQSW an address of their own")
		return
	}
	c.rowOfAddress[email] = r.Row
	if owner, taken := c.addresses[email]; taken && owner != c.person(r) {
		c.problem(r, address, "Another person already uses this e-mail address",
			"Give each NQSW an address of their own. If it is the same person, who comes from another employer, claim a transfer instead")
	}
}

// person is who a row is about, when this employer has them on record.
func (c *checker) person(r *reading) asye.PersonID {
	if years := c.years[r.entry.Number]; len(years) > 0 {
		return years[0].Person
	}
	return ""
}
