package check

import (
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// reading is one row on its way to become a line.
type reading struct {
	Line
	row   files.Row
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
	r.Entry.Identity = r.Entry.Identity.Trimmed()
	r.Name, r.Number = r.Entry.Identity.Known(), r.Entry.Number
	c.checkTwice(r)
	if r.year != nil {
		c.judgeChange(r)
	} else {
		c.judgeNew(r)
	}
	if len(r.Problems) > 0 {
		r.Kind = Wrong
	}
	return r.Line
}

// match finds the year that a row is about, by the Social Work England number:
// the one that is running, or else one that has ended and began on the same day.
func (c *checker) match(r *reading) {
	var only registration.Entry
	column, _ := c.Columns.Of("regulator_number")
	cell := c.layout.Cell(r.row, "regulator_number")
	if cell.Blank() || cell.Formula || column.Parse(cell, &only) != nil {
		return
	}
	var starts registration.Entry
	start, _ := c.Columns.Of("starts_on")
	if cell := c.layout.Cell(r.row, "starts_on"); !cell.Blank() && start.Parse(cell, &starts) != nil {
		starts.StartsOn = asye.Date{}
	}
	years := c.Years[only.Number]
	for i := range years {
		if years[i].Result == "" || years[i].StartsOn == starts.StartsOn {
			r.year = &years[i]
			r.Entry = columns.EntryOf(years[i])
			r.Enrolment, r.Reference = years[i].ID, years[i].Reference
			return
		}
	}
}

// EmptyCell is the reason of a cell that has to be filled in.
const EmptyCell = "The cell is empty"

// readCells reads every cell into the entry. An empty one leaves what is there.
func (c *checker) readCells(r *reading) {
	for _, column := range c.Columns.Read() {
		place, there := c.layout.Place(column.Key)
		if !there {
			continue
		}
		cell := r.row.Cells[place]
		switch {
		case cell.Formula:
			c.problem(r, column, "The cell contains a formula", "Copy the column and paste it back as values")
		case cell.Blank():
			if column.Required && column.Text(r.Entry) == "" {
				c.problem(r, column, EmptyCell, column.Mend)
			}
		case c.monthFirst[column.Key] > 0 && eitherOrder(cell):
			c.problem(r, column, fmt.Sprintf("%s could be read in two ways, because row %d of this column has the month before the day",
				columns.Quoted(cell.Text), c.monthFirst[column.Key]), "Write the dates of the whole column with the month in words, like 1 September 2026")
		default:
			if err := column.Parse(cell, &r.Entry); err != nil {
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
func (c *checker) problem(r *reading, column columns.Column, reason, mend string) {
	if r.wrong[column.Key] {
		return
	}
	r.wrong[column.Key] = true
	r.Problems = append(r.Problems, Finding{Row: r.Row, Key: column.Key, Column: c.headed(column), Reason: reason, Mend: mend})
}

func (c *checker) warn(r *reading, key, reason, mend string) {
	f := Finding{Row: r.Row, Key: key, Reason: reason, Mend: mend}
	if column, ok := c.Columns.Of(key); ok {
		f.Column = c.headed(column)
	}
	r.Warnings = append(r.Warnings, f)
}

// headed is the header of a column with the letter that a spreadsheet program
// shows above it.
func (c *checker) headed(column columns.Column) string {
	if place, there := c.layout.Place(column.Key); there {
		return column.Header + " (" + files.Letter(place) + ")"
	}
	return column.Header
}

// problems takes over what registration says is wrong, under the columns whose
// keys it names.
func (c *checker) problems(r *reading, all fault.Problems) {
	for _, p := range all {
		column, ok := c.Columns.Of(p.Field)
		if !ok {
			column = columns.Column{Key: p.Field}
		}
		f := finding(r.Row, p.Text, column.Mend)
		c.problem(r, column, f.Reason, f.Mend)
	}
}

// checkTwice refuses a second row with the number or the address of an earlier
// one, and an address that belongs to somebody else.
func (c *checker) checkTwice(r *reading) {
	number, _ := c.Columns.Of("regulator_number")
	address, _ := c.Columns.Of("email")
	if n := r.Entry.Number; n != "" && !r.wrong[number.Key] {
		if first, twice := c.rowOf[n]; twice {
			c.problem(r, number, fmt.Sprintf("Row %d has the same Social Work England number", first),
				"Keep one row for each NQSW, or correct the number")
		} else {
			c.rowOf[n] = r.Row
		}
	}
	email := r.Entry.Identity.Email
	if email == "" {
		return
	}
	if first, twice := c.rowOfAddress[email]; twice {
		c.problem(r, address, fmt.Sprintf("Row %d has the same e-mail address", first), "Give each NQSW an address of their own")
		return
	}
	c.rowOfAddress[email] = r.Row
	if owner, taken := c.Addresses[email]; taken && owner != c.person(r) {
		c.problem(r, address, "Another person already uses this e-mail address",
			"Give each NQSW an address of their own. If it is the same person, who comes from another employer, claim a transfer instead")
	}
}

// person is who a row is about, when this employer has them on record.
func (c *checker) person(r *reading) asye.PersonID {
	if years := c.Years[r.Entry.Number]; len(years) > 0 {
		return years[0].Person
	}
	return ""
}
