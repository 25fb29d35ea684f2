package files

import "strings"

// searchRows is how many rows with text are looked at for the header.
const searchRows = 20

// collector gathers the rows of one sheet within the limits.
type collector struct {
	limits  Limits
	match   func([]string) bool
	sheet   *Sheet
	waiting []Row // rows seen before the header is known
	headed  bool
	last    int
	empty   int
	text    int64
	slab    []Cell
}

// add takes the cells of a row. It keeps a copy, so the caller may use the
// slice again.
func (c *collector) add(number int, cells []Cell) error {
	if number <= c.last {
		return errDamaged
	}
	c.last = number
	for len(cells) > 0 && cells[len(cells)-1].Blank() {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return c.addEmpty()
	}
	for _, cell := range cells {
		c.text += int64(len(cell.Text))
	}
	if c.text > c.limits.Unpacked {
		return errTooMuch(c.limits)
	}
	if !c.headed {
		return c.seek(number, cells)
	}
	return c.keep(number, cells)
}

func (c *collector) addEmpty() error {
	c.empty++
	if c.empty > c.limits.EmptyRows {
		return refuse("This file has more than %s empty rows. Select the rows below the last person, delete them (not only their text), save the file and upload it again.",
			thousands(c.limits.EmptyRows))
	}
	return nil
}

// seek holds rows back until one is accepted as the header.
func (c *collector) seek(number int, cells []Cell) error {
	if c.match == nil || c.match(texts(cells)) {
		c.setHeader(number, cells)
		return nil
	}
	c.waiting = append(c.waiting, Row{Number: number, Cells: append([]Cell(nil), cells...)})
	if len(c.waiting) < searchRows {
		return nil
	}
	return c.settle()
}

// settle makes the first row the header when none was accepted.
func (c *collector) settle() error {
	rows := c.waiting
	c.setHeader(rows[0].Number, rows[0].Cells)
	for _, row := range rows[1:] {
		if err := c.keep(row.Number, row.Cells); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) setHeader(number int, cells []Cell) {
	c.headed, c.waiting = true, nil
	c.sheet.HeaderRow, c.sheet.Header = number, texts(cells)
}

func (c *collector) keep(number int, cells []Cell) error {
	if len(c.sheet.Rows) >= c.limits.Rows {
		return refuse("This file has more than %s rows. Split it into files of no more than %s rows each and upload them one after the other.",
			thousands(c.limits.Rows), thousands(c.limits.Rows))
	}
	width := len(c.sheet.Header)
	row := Row{Number: number, Cells: c.room(max(width, len(cells)))}
	copy(row.Cells, cells)
	if len(cells) > width {
		row.Problem = tooWide(cells, width)
	}
	c.sheet.Rows = append(c.sheet.Rows, row)
	return nil
}

// room takes cells from a block, which is quicker than one allocation a row.
func (c *collector) room(n int) []Cell {
	if len(c.slab) < n {
		c.slab = make([]Cell, max(n, 4096))
	}
	cells := c.slab[:n:n]
	c.slab = c.slab[n:]
	return cells
}

func (c *collector) finish() error {
	if c.headed {
		return nil
	}
	if len(c.waiting) == 0 {
		return errNoRows
	}
	return c.settle()
}

func tooWide(cells []Cell, width int) string {
	first := width
	for cells[first].Blank() {
		first++
	}
	return "This row has text in column " + Letter(first) + ", where the header row has no name. Remove the text or move it to the right column; in a CSV file, put quotation marks around any text that contains the character between the columns."
}

func texts(cells []Cell) []string {
	all := make([]string, len(cells))
	for i, cell := range cells {
		all[i] = cell.Text
	}
	return all
}

// place puts a cell into a row that may still be shorter, within the limits.
// Blank cells beyond the last column are dropped rather than refused, because
// formatting often reaches further than text.
func place(row []Cell, number, column int, cell Cell, limits Limits) ([]Cell, error) {
	if column >= limits.Columns {
		if cell.Blank() {
			return row, nil
		}
		return row, refuse("Cell %s%d has text, but only the first %s columns are read. Remove the columns that are not in the template and upload the file again.",
			Letter(column), number, thousands(limits.Columns))
	}
	if len(cell.Text) > limits.CellBytes {
		return row, refuse("The text in cell %s%d is longer than %s characters. Shorten it and upload the file again; in a CSV file, look for a quotation mark that is opened there and never closed.",
			Letter(column), number, thousands(limits.CellBytes))
	}
	for len(row) <= column {
		row = append(row, Cell{})
	}
	row[column] = cell
	return row, nil
}

// sameName compares names the way a spreadsheet program does.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
