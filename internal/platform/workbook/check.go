package workbook

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"example.org/asye/internal/platform/files"
)

const (
	maxCell     = 32_767 // UTF-16 units that Excel keeps of a cell
	maxRows     = 1_000_000
	maxColumns  = 1_000
	maxDecimals = 10
)

var (
	sheetName = regexp.MustCompile(`^[A-Za-z0-9_]{1,31}$`)
	reference = regexp.MustCompile(`\[note ([^\]]*)\]`)
)

// inspection gathers everything that is wrong with a book.
type inspection struct {
	notes int
	found []error
}

func (i *inspection) say(format string, args ...any) {
	i.found = append(i.found, fmt.Errorf("workbook: "+format, args...))
}

// check finds what would make a book unfit to publish: all of it at once.
func (b Book) check() error {
	i := &inspection{notes: len(b.Notes)}
	for _, must := range []struct{ what, text string }{{"title", b.Title}, {"subject: say what it is", b.Subject}, {"programme", b.Programme},
		{"coverage", b.Coverage}, {"maker: say by whom it is", b.By}, {"contact", b.Contact}} {
		i.must(must.text, "the book has no %s", must.what)
	}
	if b.Date.IsZero() {
		i.say("the book has no date")
	}
	if len(b.Sheets) == 0 {
		i.say("the book has no tables")
	}
	for _, text := range b.Cover {
		i.must(text, "the cover has an empty paragraph")
	}
	for n, note := range b.Notes {
		i.must(note.Text, "note %d is empty", n+1)
	}
	taken := map[string]bool{"cover": true, "contents": true, "notes": true}
	for _, s := range b.Sheets {
		if key := strings.ToLower(s.Name); taken[key] {
			i.say("two worksheets have the name %s", s.Name)
		} else {
			taken[key] = true
		}
		i.sheet(s)
	}
	return errors.Join(i.found...)
}

// must holds that a text is there, fits into a cell, and refers to notes that
// there are.
func (i *inspection) must(text, format string, args ...any) {
	where := fmt.Sprintf(format, args...)
	if clean(text) == "" {
		i.say("%s", where)
	}
	i.fits(text)
	for _, m := range reference.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || n < 1 || n > i.notes {
			i.say("%s is referred to, and there are %d notes", m[0], i.notes)
		}
	}
}

func (i *inspection) fits(text string) {
	if len(utf16.Encode([]rune(text))) > maxCell {
		i.say("a text is longer than the %d characters of a cell: %.40s…", maxCell, text)
	}
}

func (i *inspection) sheet(s Sheet) {
	if !sheetName.MatchString(s.Name) {
		i.say("%q cannot be the name of a worksheet: it takes 1 to 31 letters, figures and underscores", s.Name)
	}
	i.must(s.Title, "worksheet %s has no title", s.Name)
	i.must(s.Source, "worksheet %s has no source", s.Name)
	for _, text := range s.Intro {
		i.must(text, "worksheet %s has an empty line above its table", s.Name)
	}
	if len(s.Columns) == 0 || len(s.Columns) > maxColumns || len(s.Rows) == 0 || len(s.Rows) > maxRows {
		i.say("worksheet %s has %d columns and %d rows: from 1 to %d and %d are possible", s.Name, len(s.Columns), len(s.Rows), maxColumns, maxRows)
		return
	}
	var heads []string
	for n, c := range s.Columns {
		i.must(c.Head, "column %d of worksheet %s has no heading", n+1, s.Name)
		if files.Literal(c.Head) != c.Head {
			i.say("column %d of worksheet %s has a heading that XLSX cannot carry: %s", n+1, s.Name, c.Head)
		}
		// XLSX asks for headings that differ by more than the case of letters.
		if slices.ContainsFunc(heads, func(other string) bool { return strings.EqualFold(other, clean(c.Head)) }) {
			i.say("two columns of worksheet %s have the heading %s", s.Name, c.Head)
		}
		heads = append(heads, clean(c.Head))
	}
	for n, row := range s.Rows {
		i.row(s, n, row)
	}
}

func (i *inspection) row(s Sheet, n int, row []Value) {
	if len(row) != len(s.Columns) {
		i.say("row %d of worksheet %s has %d cells for %d columns", n+1, s.Name, len(row), len(s.Columns))
		return
	}
	for c, v := range row {
		if why := v.unfit(s.Columns[c].Kind); why != "" {
			i.say("row %d of worksheet %s, %s: %s", n+1, s.Name, s.Columns[c].Head, why)
		}
		i.fits(v.text)
	}
}

// unfit says why a value cannot stand in a column; empty when it can.
func (v Value) unfit(k Kind) string {
	switch {
	case v.kind == broken:
		return v.text + " is no number: say why with a symbol"
	case v.kind == symbol && Symbol(v.text).Meaning() == "":
		return fmt.Sprintf("there is no symbol %q", v.text)
	case v.text == "":
		return "the cell is empty: say why with a symbol, such as NotAvailable"
	case k == Figures && v.kind == words:
		return fmt.Sprintf("%q is no number", v.text)
	case v.decimals < 0 || v.decimals > maxDecimals:
		return fmt.Sprintf("%d decimals: from 0 to %d are possible", v.decimals, maxDecimals)
	}
	return ""
}
