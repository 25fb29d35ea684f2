package files

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"example.org/asye/internal/platform/fault"
)

// Format is a kind of spreadsheet file.
type Format string

// The formats that can be read and written.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// ContentType is the media type to send a file of the format with.
func (f Format) ContentType() string {
	if f == XLSX {
		return ContentTypeXLSX
	}
	return ContentTypeCSV
}

// Sheet is the one table that was read from an upload. Rows are in the order
// of the file; rows without any text are left out.
type Sheet struct {
	Format    Format
	File      string   // name of the uploaded file, made safe by [SafeName]
	Name      string   // name of the worksheet; empty for CSV
	Unread    []string // the other visible worksheets, which nobody looked at
	Encoding  string   // of a CSV file: UTF-8, UTF-16LE, UTF-16BE or Windows-1252
	Delimiter rune     // of a CSV file
	HeaderRow int      // number of the header row as a spreadsheet program shows it
	Header    []string // as written, without blank cells at its end
	Rows      []Row
}

// Keeping is the same sheet with only the rows that keep wants.
func (s *Sheet) Keeping(keep func(Row) bool) *Sheet {
	kept := *s
	kept.Rows = nil
	for _, row := range s.Rows {
		if keep(row) {
			kept.Rows = append(kept.Rows, row)
		}
	}
	return &kept
}

// Row is one row below the header.
type Row struct {
	Number  int    // as a spreadsheet program shows it: the first row of a file is 1
	Cells   []Cell // at least as many as the header has
	Problem string // a sentence when the row has text beyond the header, else empty
}

// Cell is what one cell says.
type Cell struct {
	Text    string // numbers exactly as they are, without exponent; dates as 2026-09-01
	Formula bool   // XLSX: calculated by a formula; Text is the result last saved
	Numeric bool   // XLSX: typed as a number, so that leading zeros may be lost
	day     day
}

type day struct {
	year       int16
	month, day uint8
}

// DateCell is a cell that a spreadsheet program holds as a date.
func DateCell(year int, month time.Month, dayOfMonth int) Cell {
	text := fmt.Sprintf("%04d-%02d-%02d", year, month, dayOfMonth)
	return Cell{Text: text, day: day{int16(year), uint8(month), uint8(dayOfMonth)}}
}

// Date is the calendar date of an XLSX cell that holds a real date; ok is
// false for every other cell, also when its text looks like a date.
func (c Cell) Date() (year int, month time.Month, dayOfMonth int, ok bool) {
	return int(c.day.year), time.Month(c.day.month), int(c.day.day), c.day != day{}
}

// Blank reports whether there is nothing in the cell but white space.
func (c Cell) Blank() bool { return !c.Formula && strings.TrimSpace(c.Text) == "" }

// Letter is the name of a column in a spreadsheet: 0 is A, 26 is AA.
func Letter(column int) string {
	name := ""
	for column++; column > 0; column /= 26 {
		column--
		name = string(rune('A'+column%26)) + name
	}
	return name
}

// Choice narrows what Read looks for.
type Choice func(*choices)

type choices struct {
	sheet  string
	header func([]string) bool
}

// SheetNamed reads the worksheet of that name, whatever the case of its
// letters, and refuses a workbook without it. A CSV file ignores it.
func SheetNamed(name string) Choice { return func(c *choices) { c.sheet = name } }

// HeadedBy looks for the first row that match accepts as the header, among the
// first twenty rows with text, on each visible worksheet in turn. Rows above it
// are titles and are left out. When no row is accepted, the first row with
// text on the first visible worksheet with text is the header.
func HeadedBy(match func(cells []string) bool) Choice {
	return func(c *choices) { c.header = match }
}

// Read turns an uploaded file of size bytes into rows of text. A zero field of
// limits takes its value from [DefaultLimits]. What cannot or will not be read
// is a [fault.Invalid] whose sentence says what to do; any other error comes
// from r itself.
func Read(name string, r io.ReaderAt, size int64, limits Limits, choose ...Choice) (*Sheet, error) {
	var c choices
	for _, choice := range choose {
		choice(&c)
	}
	limits = limits.filled()
	source := &source{ReaderAt: r, size: size}
	sheet, err := read(source, size, limits, c)
	if source.failed != nil {
		return nil, fmt.Errorf("read upload: %w", source.failed)
	}
	if err != nil {
		return nil, asSentence(err)
	}
	sheet.File = SafeName(name)
	return sheet, nil
}

func read(r io.ReaderAt, size int64, limits Limits, c choices) (*Sheet, error) {
	if size <= 0 {
		return nil, errNothing
	}
	if size > limits.Bytes {
		return nil, refuse("This file is %s. The largest that can be uploaded is %s: split the rows between smaller files, or remove pictures and unused worksheets, and upload again.",
			megabytes(size), megabytes(limits.Bytes))
	}
	head := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	if isZip(head) {
		return readXLSX(r, size, limits, c)
	}
	data := make([]byte, size)
	if n, err := r.ReadAt(data, 0); err != nil && (err != io.EOF || int64(n) < size) {
		return nil, err
	}
	if err := refuseForeign(data); err != nil {
		return nil, err
	}
	return readCSV(data, limits, c)
}

// source remembers that the upload itself could not be read, which is our
// trouble and not a fault of the file.
type source struct {
	io.ReaderAt
	size   int64
	failed error
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= s.size {
		return 0, io.EOF // a damaged zip directory points outside the file
	}
	n, err := s.ReaderAt.ReadAt(p, off)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	return n, err
}

// refuse is the sentence for a file that cannot or will not be read.
func refuse(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }

// asSentence gives every failure of a decoder the sentence for a damaged file.
func asSentence(err error) error {
	var said *fault.Error
	if errors.As(err, &said) {
		return said
	}
	return errDamaged
}

var (
	errNothing = refuse("This file is empty. Check that you chose the right file and that it was saved, then upload it again.")
	errNoRows  = refuse("There is no text in this file. Check that you chose the right file and that it was saved, then upload it again.")
	errDamaged = refuse("This workbook is damaged or was cut short, so it cannot be read. Open it in your spreadsheet program, save it again as an Excel workbook (.xlsx), and upload the new file.")
)
