package files

import (
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"example.org/asye/internal/platform/files/xmlscan"
)

// workbook is an XLSX file with everything read but the worksheets.
type workbook struct {
	container *container
	limits    Limits
	sheets    []worksheet
	shared    []string
	styles    []numberStyle
	from1904  bool
	elements  int // that may still be read, in all parts together
	cells     int // that have been read so far, of this worksheet or in search of it
}

const (
	// elementsPerCell is how many elements of XML a cell may have on average;
	// an ordinary cell has two or three.
	elementsPerCell = 5
	// elementsBeside are for styles, names and whatever has no cells.
	elementsBeside = 10_000
)

type worksheet struct {
	name, part string
	visible    bool
}

func readXLSX(r io.ReaderAt, size int64, limits Limits, c choices) (*Sheet, error) {
	box, err := openContainer(r, size, limits)
	if err != nil {
		return nil, err
	}
	book := &workbook{container: box, limits: limits, elements: elementsPerCell*limits.Cells + elementsBeside}
	if err := book.load(); err != nil {
		return nil, err
	}
	chosen, err := book.choose(c)
	if err != nil {
		return nil, err
	}
	sheet := &Sheet{Format: XLSX, Name: chosen.name}
	for _, other := range book.sheets {
		if other.visible && other.name != chosen.name {
			sheet.Unread = append(sheet.Unread, other.name)
		}
	}
	rows := &collector{limits: limits, match: c.header, sheet: sheet}
	book.cells = 0
	if err := book.rows(chosen, rows.add); err != nil {
		return nil, err
	}
	return sheet, rows.finish()
}

// load finds the parts by their relationships, as other programs than Excel
// give them other names, and reads all but the worksheets.
func (b *workbook) load() error {
	root, err := b.related("_rels/.rels", "")
	if err != nil {
		return err
	}
	main := root.ofType("/officeDocument")
	if main == "" {
		return errDamaged
	}
	folder, file := path.Split(main)
	related, err := b.related(folder+"_rels/"+file+".rels", folder)
	if err != nil {
		return err
	}
	if err := b.scan(main, func(x *xmlscan.Scanner) error { return b.readSheets(x, related) }); err != nil {
		return err
	}
	if part := related.ofType("/styles"); part != "" && b.container.has(part) {
		err = b.scan(part, func(x *xmlscan.Scanner) error { b.styles, err = readStyles(x); return err })
	}
	if part := related.ofType("/sharedStrings"); err == nil && part != "" && b.container.has(part) {
		err = b.scan(part, b.readShared)
	}
	return err
}

func (b *workbook) scan(part string, read func(*xmlscan.Scanner) error) error {
	content, err := b.container.open(part)
	if err != nil {
		return err
	}
	defer content.Close()
	return read(xmlscan.New(content, &b.elements))
}

type relationships []relationship

type relationship struct{ id, kind, target string }

func (all relationships) ofType(suffix string) string {
	for _, r := range all {
		if strings.HasSuffix(r.kind, suffix) {
			return r.target
		}
	}
	return ""
}

// related reads a part that names others; targets are made relative to the
// root of the container. Links to other files are left out.
func (b *workbook) related(part, folder string) (relationships, error) {
	var all relationships
	err := b.scan(part, func(x *xmlscan.Scanner) error {
		return x.Each("Relationship", func() error {
			if len(all) >= b.limits.Entries {
				return xmlscan.ErrStrange
			}
			target := x.AttrText("Target")
			if !strings.HasPrefix(target, "/") {
				target = "/" + folder + target
			}
			if x.AttrText("TargetMode") != "External" {
				all = append(all, relationship{x.AttrText("Id"), x.AttrText("Type"), path.Clean(target)[1:]})
			}
			return nil
		})
	})
	return all, err
}

func (b *workbook) readSheets(x *xmlscan.Scanner, related relationships) error {
	for {
		kind, err := x.Next()
		if err != nil || kind == xmlscan.Done {
			return err
		}
		if kind != xmlscan.Start {
			continue
		}
		switch string(x.Name) {
		case "workbookPr":
			flag := x.AttrText("date1904")
			b.from1904 = flag == "1" || flag == "true"
		case "sheet":
			b.addSheet(x, related)
		}
		if len(b.sheets) > b.limits.Entries {
			return xmlscan.ErrStrange
		}
	}
}

// addSheet leaves out what is not a table, such as a sheet with only a chart.
func (b *workbook) addSheet(x *xmlscan.Scanner, related relationships) {
	id := x.PrefixedAttr("id")
	for _, r := range related {
		if r.id == id && strings.HasSuffix(r.kind, "/worksheet") {
			state := x.AttrText("state")
			b.sheets = append(b.sheets, worksheet{x.AttrText("name"), r.target, state == "" || state == "visible"})
		}
	}
}

// readShared reads the table of texts to which cells refer. A text too long
// for a cell is cut just beyond the limit: it matters only if a cell uses it.
func (b *workbook) readShared(x *xmlscan.Scanner) error {
	var text stringItem
	for {
		kind, err := x.Next()
		if err != nil || kind == xmlscan.Done {
			return err
		}
		done, err := text.take(x, kind, "si")
		if err != nil {
			return err
		}
		if !done {
			continue
		}
		if len(b.shared) >= b.limits.Cells {
			return errTooMuch(b.limits)
		}
		b.shared = append(b.shared, text.String(b.limits))
	}
}

// stringItem gathers the runs of one text, without the phonetic guide that
// Japanese editions put beside it.
type stringItem struct {
	bytes    []byte
	inText   bool
	phonetic bool
}

// take feeds one token; done is true at the end of the element named item.
func (s *stringItem) take(x *xmlscan.Scanner, kind xmlscan.Token, item string) (done bool, err error) {
	if kind == xmlscan.Text {
		if s.inText && !s.phonetic {
			s.bytes, err = x.AppendText(s.bytes)
		}
		return false, err
	}
	switch name := string(x.Name); name {
	case item:
		if kind == xmlscan.Start {
			*s = stringItem{bytes: s.bytes[:0]}
		}
		return kind == xmlscan.End, nil
	case "t":
		s.inText = kind == xmlscan.Start
	case "rPh":
		s.phonetic = kind == xmlscan.Start
	}
	return false, nil
}

// escapeBytes is the most that one character takes up in the file, as in _x0041_.
const escapeBytes = 7

func (s *stringItem) String(limits Limits) string {
	return cellText(s.bytes[:min(len(s.bytes), escapeBytes*limits.CellBytes+64)])
}

// cellText undoes the escapes that Excel has for characters XML cannot hold,
// such as _x000D_ for CR (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
func cellText(raw []byte) string {
	text := strings.ToValidUTF8(string(raw), string(utf8.RuneError))
	if !strings.Contains(text, "_x") {
		return text
	}
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "_x")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		if r, ok := escaped(after); ok {
			out.WriteRune(r)
			text = after[5:]
			continue
		}
		out.WriteString("_x")
		text = after
	}
}

// escaped reads four hexadecimal digits and an underscore.
func escaped(text string) (rune, bool) {
	if len(text) < 5 || text[4] != '_' {
		return 0, false
	}
	r := rune(0)
	for _, b := range []byte(text[:4]) {
		digit := strings.IndexByte("0123456789abcdef", lower(b))
		if digit < 0 {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	if r == 0 {
		r = utf8.RuneError
	}
	return r, true
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'F' {
		return b | 0x20
	}
	return b
}

// errFound stops the reading of a worksheet when enough is known of it.
var errFound = errors.New("found")

// choose finds the worksheet to read.
func (b *workbook) choose(c choices) (worksheet, error) {
	var withText *worksheet
	for i, sheet := range b.sheets {
		if c.sheet != "" && sameName(sheet.name, c.sheet) {
			return sheet, nil
		}
		if c.sheet != "" || !sheet.visible {
			continue
		}
		hasText, headed, err := b.peek(sheet, c.header)
		if err != nil {
			return worksheet{}, err
		}
		if headed || hasText && c.header == nil {
			return sheet, nil
		}
		if hasText && withText == nil {
			withText = &b.sheets[i]
		}
	}
	if c.sheet != "" {
		return worksheet{}, refuse("This workbook has no worksheet named “%s”. Give the worksheet with the rows that name, save the workbook and upload it again.", c.sheet)
	}
	if withText == nil {
		return worksheet{}, refuse("There is no text on any visible worksheet of this workbook. Check that you chose the right file; if the rows are on a hidden worksheet, unhide it, save the workbook and upload it again.")
	}
	return *withText, nil
}

// peek looks for text and for the header in the first rows of a worksheet.
func (b *workbook) peek(sheet worksheet, header func([]string) bool) (hasText, headed bool, err error) {
	seen := 0
	rows := &collector{limits: b.limits, sheet: &Sheet{}}
	rows.match = func(cells []string) bool {
		seen++
		headed = header != nil && header(cells)
		return false
	}
	err = b.rows(sheet, func(number int, cells []Cell) error {
		if err := rows.add(number, cells); err != nil {
			return err
		}
		if headed || header == nil && seen > 0 || seen >= searchRows {
			return errFound
		}
		return nil
	})
	if err == errFound {
		err = nil
	}
	return seen > 0, headed, err
}
