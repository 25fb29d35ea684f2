package files

import (
	"cmp"
	"io"
	"iter"
	"slices"
	"strings"
)

// ErrorsColumn is the name of the column that [Annotated] adds. A reader of
// uploads may meet it again in a file that was mended and sent back, and should
// pass it by.
const ErrorsColumn = "Errors"

// Annotated writes the sheet in the format and with the delimiter it came in
// (CSV always as UTF-8), with one more column that says what is wrong. The
// sentences for a row are found under its Number. A sheet that already ends in
// such a column has it filled anew. Rows that were empty are not written, so
// rows may have moved up. XLSX dates are written as dates, all else as text.
func Annotated(w io.Writer, original *Sheet, errors map[int][]string) error {
	width := len(original.Header)
	if width > 0 && sameName(original.Header[width-1], ErrorsColumn) {
		width--
	}
	header := append(slices.Clone(original.Header[:width]), ErrorsColumn)
	// A row may have text beyond the header; the errors still go under their
	// own name, so that text moves one column on.
	rows := func(yield func([]Cell) bool) {
		for _, row := range original.Rows {
			cells := make([]Cell, width, len(row.Cells)+width+1)
			copy(cells, row.Cells)
			cells = append(cells, Cell{Text: strings.Join(errors[row.Number], "; ")})
			cells = append(cells, row.Cells[min(len(original.Header), len(row.Cells)):]...)
			if !yield(cells) {
				return
			}
		}
	}
	if original.Format == CSV {
		return writeCSV(w, cmp.Or(original.Delimiter, ','), header, justText(rows))
	}
	columns := make([]Column, len(header))
	for i, name := range header {
		columns[i].Name = name
	}
	columns[width] = Column{Name: ErrorsColumn, Width: 80, Wrap: true}
	return WriteXLSX(w, Table{Name: original.Name, Columns: columns, cells: rows})
}

// AnnotatedName is a name for the file that [Annotated] writes: that of the
// upload with "errors" added.
func (s *Sheet) AnnotatedName() string { return nameWith(s.File, " errors", s.Format) }

func justText(rows iter.Seq[[]Cell]) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for cells := range rows {
			if !yield(texts(cells)) {
				return
			}
		}
	}
}
