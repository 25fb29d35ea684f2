package files

import (
	"cmp"
	"fmt"
	"strconv"
)

// Limits says how much of a file Read is willing to look at. A zero field
// means the value of [DefaultLimits].
type Limits struct {
	Bytes     int64 // size of the upload
	Rows      int   // rows with text, the header not counted
	EmptyRows int   // rows without text that take up room in the file
	Columns   int   // columns with text
	CellBytes int   // text of one cell, in bytes of UTF-8
	Cells     int   // rows and cells of an XLSX worksheet, with text or only with formatting; texts shared by cells
	Entries   int   // parts of an XLSX file
	Unpacked  int64 // all parts of an XLSX file unpacked, and all text of a sheet, in bytes
	Ratio     int64 // unpacked size over packed size of one part of more than a megabyte
}

// DefaultLimits are wide enough for every newly qualified social worker in
// England several times over (3,065 in the largest cohort published), and
// narrow enough for a small server. An ordinary worksheet packs about ten to
// one, rarely a hundred to one; a zip bomb packs a thousand to one.
func DefaultLimits() Limits {
	return Limits{
		Bytes:     10 << 20,
		Rows:      20_000,
		EmptyRows: 50_000,
		Columns:   100,
		CellBytes: 10_000,
		Cells:     1_000_000,
		Entries:   1_000,
		Unpacked:  64 << 20,
		Ratio:     200,
	}
}

func (l Limits) filled() Limits {
	d := DefaultLimits()
	return Limits{
		Bytes:     cmp.Or(l.Bytes, d.Bytes),
		Rows:      cmp.Or(l.Rows, d.Rows),
		EmptyRows: cmp.Or(l.EmptyRows, d.EmptyRows),
		Columns:   cmp.Or(l.Columns, d.Columns),
		CellBytes: cmp.Or(l.CellBytes, d.CellBytes),
		Cells:     cmp.Or(l.Cells, d.Cells),
		Entries:   cmp.Or(l.Entries, d.Entries),
		Unpacked:  cmp.Or(l.Unpacked, d.Unpacked),
		Ratio:     cmp.Or(l.Ratio, d.Ratio),
	}
}

// thousands writes 20000 as 20,000.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// megabytes writes a size as people see it in a folder, never below its true
// size, so that a file just over a limit is not said to be as large as it.
func megabytes(n int64) string {
	const mb = 1 << 20
	if n < mb {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	if n%mb == 0 {
		return fmt.Sprintf("%d MB", n/mb)
	}
	return fmt.Sprintf("%.1f MB", float64((n*10+mb-1)/mb)/10)
}
