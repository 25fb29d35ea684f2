package files

import (
	"bufio"
	"io"
	"iter"
	"strings"
)

// byteOrderMark tells Excel that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes UTF-8 with a byte order mark, commas, and CR LF at the end
// of each row, as Excel expects. Cells that a spreadsheet program would take
// for a formula are guarded by an apostrophe (see the package comment). It
// fails only when w does.
func WriteCSV(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	return writeCSV(w, ',', header, rows)
}

func writeCSV(w io.Writer, delimiter rune, header []string, rows iter.Seq[[]string]) error {
	out := bufio.NewWriter(w)
	out.WriteString(byteOrderMark)
	record := &csvRecord{out: out, delimiter: delimiter}
	record.write(header)
	for row := range rows {
		if record.write(row); record.err != nil {
			return record.err
		}
	}
	return out.Flush()
}

type csvRecord struct {
	out       *bufio.Writer
	delimiter rune
	begun     bool
	err       error
}

func (c *csvRecord) write(cells []string) {
	for i, text := range cells {
		if i > 0 {
			c.out.WriteRune(c.delimiter)
		}
		text = guard(printable(text))
		if mustQuote(text) || !c.begun && !plainWord(text) {
			text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		c.begun = true
		c.out.WriteString(text)
	}
	_, c.err = c.out.WriteString("\r\n")
}

// mustQuote also covers the delimiters of other languages, so that a file
// opened elsewhere keeps its columns.
func mustQuote(text string) bool {
	return strings.ContainsAny(text, "\",;\t\r\n") || strings.TrimSpace(text) != text
}

// plainWord is stricter, for the first cell of a file: a program that guesses
// the kind of a file by its start must not take it for anything but CSV.
func plainWord(text string) bool {
	for _, b := range []byte(text) {
		letter := 'a' <= b|0x20 && b|0x20 <= 'z'
		if !letter && b != ' ' && b != '_' && (b < '0' || b > '9') {
			return false
		}
	}
	return true
}
