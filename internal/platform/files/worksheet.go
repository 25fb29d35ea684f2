package files

import (
	"strings"
	"time"

	"example.org/asye/internal/platform/files/xmlscan"
)

// lastRow is the highest row number that a spreadsheet program has.
const lastRow = 1_048_576

// rows reads the cells of a worksheet and gives each row in turn to add, which
// must not keep the slice. What stands below the cells is not read.
func (b *workbook) rows(sheet worksheet, add func(number int, cells []Cell) error) error {
	return b.scan(sheet.part, func(x *xmlscan.Scanner) error {
		r := &rowReader{book: b, xml: x, add: add}
		for {
			kind, err := x.Next()
			if err != nil || kind == xmlscan.Done {
				return err
			}
			end, err := r.take(kind)
			if err != nil || end {
				return err
			}
		}
	})
}

// rowReader follows the elements row, c, v, f, is and t of a worksheet.
type rowReader struct {
	book   *workbook
	xml    *xmlscan.Scanner
	add    func(int, []Cell) error
	row    int
	column int
	cells  []Cell
	kind   string // attribute t of the cell: s, str, inlineStr, b, e, d, n or none
	style  int
	inCell bool
	inV    bool
	f      bool
	value  []byte
	inline stringItem
}

func (r *rowReader) take(kind xmlscan.Token) (end bool, err error) {
	if r.inCell && r.kind == "inlineStr" {
		if _, err := r.inline.take(r.xml, kind, "is"); err != nil {
			return false, err
		}
	}
	if kind == xmlscan.Text {
		if r.inV {
			r.value, err = r.xml.AppendText(r.value)
		}
		return false, err
	}
	start := kind == xmlscan.Start
	switch string(r.xml.Name) {
	case "sheetData":
		return !start, nil
	case "row":
		if start {
			return false, r.startRow()
		}
		return false, r.add(r.row, r.cells)
	case "c":
		if start {
			return false, r.startCell()
		}
		return false, r.endCell()
	case "v":
		r.inV = start && r.inCell
	case "f":
		r.f = r.f || start && r.inCell
	}
	return false, nil
}

func (r *rowReader) startRow() error {
	if err := r.book.weighCell(); err != nil {
		return err
	}
	r.row++
	if given := r.xml.Attr("r"); given != nil {
		r.row = number(given)
	}
	if r.row < 1 || r.row > lastRow {
		return errDamaged
	}
	r.column, r.cells = -1, r.cells[:0]
	return nil
}

// weighCell counts a cell, or a row as one cell more.
func (b *workbook) weighCell() error {
	if b.cells++; b.cells <= b.limits.Cells {
		return nil
	}
	return refuse("This workbook has more than %s cells, counting those that have only formatting. Select the columns to the right of the table and the rows below it, delete them, save the workbook and upload it again.",
		thousands(b.limits.Cells))
}

func (r *rowReader) startCell() error {
	if err := r.book.weighCell(); err != nil {
		return err
	}
	r.column++
	if given := r.xml.Attr("r"); given != nil {
		r.column = columnOf(given)
	}
	if r.row == 0 || r.column < 0 {
		return errDamaged
	}
	r.inCell, r.inV, r.f = true, false, false
	r.value, r.inline = r.value[:0], stringItem{bytes: r.inline.bytes[:0]}
	r.kind = kindOf(r.xml.Attr("t"))
	r.style = max(0, number(r.xml.Attr("s")))
	return nil
}

// kindOf gives the attribute without making a new string for each cell.
func kindOf(raw []byte) string {
	for _, kind := range []string{"", "s", "n", "str", "inlineStr", "b", "d", "e"} {
		if string(raw) == kind {
			return kind
		}
	}
	return "unknown"
}

func (r *rowReader) endCell() error {
	if !r.inCell {
		return errDamaged
	}
	r.inCell = false
	cell, err := r.cell()
	if err != nil {
		return err
	}
	cell.Formula = r.f
	r.cells, err = place(r.cells, r.row, r.column, cell, r.book.limits)
	return err
}

func (r *rowReader) cell() (Cell, error) {
	if len(r.value) == 0 && r.kind != "inlineStr" {
		return Cell{}, nil
	}
	switch r.kind {
	case "s":
		i := number(r.value)
		if i < 0 || i >= len(r.book.shared) {
			return Cell{}, errDamaged
		}
		return Cell{Text: r.book.shared[i]}, nil
	case "inlineStr":
		return Cell{Text: r.inline.String(r.book.limits)}, nil
	case "", "n":
		return numberCell(strings.TrimSpace(string(r.value)), r.numberStyle(), r.book.from1904), nil
	case "b":
		if string(r.value) == "1" {
			return Cell{Text: "TRUE"}, nil
		}
		return Cell{Text: "FALSE"}, nil
	case "d":
		return isoCell(string(r.value)), nil
	case "str", "e":
		return Cell{Text: cellText(r.value)}, nil
	}
	return Cell{}, errDamaged
}

func (r *rowReader) numberStyle() numberStyle {
	if r.style < len(r.book.styles) {
		return r.book.styles[r.style]
	}
	return numberStyle{}
}

// isoCell reads a cell that holds a date as text, as strict workbooks may.
func isoCell(text string) Cell {
	date, err := time.Parse(time.DateOnly, text[:min(len(text), len(time.DateOnly))])
	if err != nil || date.Year() < 1 {
		return Cell{Text: cellText([]byte(text))}
	}
	return DateCell(date.Date())
}

// columnOf reads the letters of a cell's name such as AB12; -1 when it has none
// or too many.
func columnOf(name []byte) int {
	column, letters := 0, 0
	for _, b := range name {
		if b < 'A' || b > 'Z' {
			break
		}
		column, letters = column*26+int(b-'A'+1), letters+1
		if letters > 3 {
			return -1
		}
	}
	return column - 1
}
