package files

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Table is one worksheet to be written: a bold header row that stays in view,
// and rows of text below it.
type Table struct {
	Name    string // of the worksheet; cut to what Excel allows
	Columns []Column
	Rows    iter.Seq[[]string] // nil for a template without rows
	Room    int                // rows below the header in which hints and lists work; zero for none

	cells iter.Seq[[]Cell] // instead of Rows, by Annotated
}

// Column is one column of a Table.
type Column struct {
	Name    string
	Width   int      // in characters; zero to fit the name
	Hint    string   // shown beside a cell when it is selected; cut to 255 characters
	Options []string // offered as a drop-down list; other text is refused by the program
	Wrap    bool     // long text goes over several lines
	Amount  bool     // cells such as 1000.00 are numbers, with two decimal places: they can be added up
}

// Limits of the format (Excel specifications and limits, Microsoft).
const (
	maxCellUnits = 32_767 // UTF-16 units in a cell
	maxHint      = 255
	maxHintTitle = 32
	maxSheetName = 31
)

// Numbers of the cell formats in stylesXML.
const (
	styleText = iota + 1
	styleHeader
	styleDate
	styleWrapped
	styleAmount
)

// WriteXLSX writes an Excel workbook with one worksheet for each table, in
// order; it needs at least one. Every cell but those of a column of amounts is
// text in a column whose format is text, so that leading zeros and dates stay as
// they are typed and nothing is taken for a formula, even when the cell is
// edited. Lists of options are kept
// on a hidden worksheet. The same tables give the same bytes. It fails when w
// does, or when a table has more rows than a worksheet can hold.
func WriteXLSX(w io.Writer, sheets ...Table) error {
	if len(sheets) == 0 {
		return fmt.Errorf("write workbook: no tables")
	}
	book := newBookWriter(w, sheets)
	if err := book.directory(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	for i, table := range sheets {
		if err := book.sheet(i, table); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
	}
	if err := book.finish(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// amount is a plain number; whatever else stands in a column of amounts is text.
var amount = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,2})?$`)

type bookWriter struct {
	zip   *zip.Writer
	names []string   // of all worksheets; the last is the one with the lists, if any
	lists [][]string // in the order of tables and columns
	used  int        // how many of the lists have been referred to
}

func newBookWriter(w io.Writer, sheets []Table) *bookWriter {
	book := &bookWriter{zip: zip.NewWriter(w)}
	for _, table := range sheets {
		book.names = append(book.names, book.unused(table.Name))
	}
	for _, table := range sheets {
		for _, column := range table.Columns {
			if table.lists(column) {
				book.lists = append(book.lists, column.Options)
			}
		}
	}
	if len(book.lists) > 0 {
		book.names = append(book.names, book.unused("Lists"))
	}
	return book
}

// unused makes a worksheet name that Excel accepts and that no other sheet has.
func (b *bookWriter) unused(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, printable(name))
	name = strings.Trim(cut(name, maxSheetName), "' ")
	if name == "" {
		name = "Sheet"
	}
	for n, stem := 2, name; b.taken(name); n++ {
		suffix := " " + strconv.Itoa(n)
		name = cut(stem, maxSheetName-len(suffix)) + suffix
	}
	return name
}

func (b *bookWriter) taken(name string) bool {
	for _, other := range b.names {
		if sameName(other, name) {
			return true
		}
	}
	return false
}

func (b *bookWriter) part(name string) (*bufio.Writer, error) {
	part, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	return bufio.NewWriterSize(part, 64<<10), err
}

func (b *bookWriter) sheet(i int, table Table) error {
	out, err := b.part(sheetPart(i))
	if err != nil {
		return err
	}
	s := &sheetWriter{out: out}
	s.begin(table.Columns)
	header := make([]Cell, len(table.Columns))
	for i, column := range table.Columns {
		header[i].Text = column.Name
	}
	if err := s.row(header, func(int) int { return styleHeader }); err != nil {
		return err
	}
	for cells := range table.all() {
		if err := s.row(cells, table.style); err != nil {
			return err
		}
	}
	out.WriteString("</sheetData>")
	b.validations(out, table)
	out.WriteString("</worksheet>")
	return out.Flush()
}

func (t Table) style(column int) int {
	switch {
	case column >= len(t.Columns):
	case t.Columns[column].Wrap:
		return styleWrapped
	case t.Columns[column].Amount:
		return styleAmount
	}
	return styleText
}

// lists reports whether cells of a column have a drop-down list.
func (t Table) lists(column Column) bool { return t.Room > 0 && len(column.Options) > 0 }

func (t Table) all() iter.Seq[[]Cell] {
	if t.cells != nil {
		return t.cells
	}
	return func(yield func([]Cell) bool) {
		if t.Rows == nil {
			return
		}
		var cells []Cell
		for row := range t.Rows {
			cells = cells[:0]
			for _, text := range row {
				cells = append(cells, Cell{Text: text})
			}
			if !yield(cells) {
				return
			}
		}
	}
}

type sheetWriter struct {
	out    *bufio.Writer
	number int // of the row last written
}

func (s *sheetWriter) begin(columns []Column) {
	s.out.WriteString(xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>` +
		`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	if len(columns) > 0 {
		s.out.WriteString("<cols>")
	}
	for i, column := range columns {
		width := column.Width
		if width <= 0 {
			width = min(max(len([]rune(column.Name))+4, 12), 60)
		}
		fmt.Fprintf(s.out, `<col min="%d" max="%d" width="%d" style="%d" customWidth="1"/>`, i+1, i+1, min(width, 255), styleText)
	}
	if len(columns) > 0 {
		s.out.WriteString("</cols>")
	}
	s.out.WriteString("<sheetData>")
}

func (s *sheetWriter) row(cells []Cell, style func(column int) int) error {
	if s.number++; s.number > lastRow {
		return fmt.Errorf("a worksheet holds no more than %d rows", lastRow)
	}
	number := strconv.Itoa(s.number)
	s.out.WriteString(`<row r="` + number + `">`)
	for column, cell := range cells {
		if cell.Text == "" {
			continue
		}
		s.out.WriteString(`<c r="` + Letter(column) + number + `" s="`)
		if serial, ok := cell.serial(); ok {
			fmt.Fprintf(s.out, `%d"><v>%d</v></c>`, styleDate, serial)
			continue
		}
		if style(column) == styleAmount && amount.MatchString(cell.Text) {
			fmt.Fprintf(s.out, `%d"><v>%s</v></c>`, styleAmount, cell.Text)
			continue
		}
		s.out.WriteString(strconv.Itoa(style(column)) + `" t="inlineStr"><is><t xml:space="preserve">` + escapeCell(cell.Text) + `</t></is></c>`)
	}
	_, err := s.out.WriteString("</row>")
	return err
}

// serial is the number by which Excel knows the date of a cell, from 1 March
// 1900; earlier dates, which it counts in its own way, are written as text.
func (c Cell) serial() (int, bool) {
	year, month, dayOfMonth, ok := c.Date()
	if !ok {
		return 0, false
	}
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	days := int(time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC).Sub(epoch) / (24 * time.Hour))
	return days, days > 60
}

// cut shortens text to so many UTF-16 units, by which Excel counts.
func cut(text string, units int) string {
	if len(text) <= units {
		return text
	}
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return text[:i]
		}
	}
	return text
}
