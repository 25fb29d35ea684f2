package files

import (
	"bufio"
	"fmt"
	"strings"
)

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006/"
	sheetType     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// stylesXML has the six cell formats: general, text, header, date as the
// reader's own country writes it, text over several lines, and amount. Format 49
// is text, 14 a date and 2 has two decimal places (ECMA-376 part 1, 18.8.30).
const stylesXML = xmlHead + `<styleSheet xmlns="` + mainSpace + `">` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFE8ECEF"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

func sheetPart(i int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) }

// validations writes the hints and drop-down lists of a table.
func (b *bookWriter) validations(out *bufio.Writer, table Table) {
	var all []string
	for i, column := range table.Columns {
		if table.Room > 0 && (column.Hint != "" || len(column.Options) > 0) {
			all = append(all, b.validation(i, column, table.Room))
		}
	}
	if len(all) > 0 {
		fmt.Fprintf(out, `<dataValidations count="%d">%s</dataValidations>`, len(all), strings.Join(all, ""))
	}
}

func (b *bookWriter) validation(i int, column Column, room int) string {
	var v strings.Builder
	v.WriteString(`<dataValidation allowBlank="1"`)
	if len(column.Options) > 0 {
		v.WriteString(` type="list" showErrorMessage="1" errorTitle="Not on the list" error="Choose one of the answers on the list."`)
	}
	if column.Hint != "" {
		fmt.Fprintf(&v, ` showInputMessage="1" promptTitle="%s" prompt="%s"`,
			escapeAttr(cut(column.Name, maxHintTitle)), escapeAttr(cut(column.Hint, maxHint)))
	}
	letter := Letter(i)
	fmt.Fprintf(&v, ` sqref="%s2:%s%d">`, letter, letter, min(room+1, lastRow))
	if len(column.Options) > 0 {
		letter = Letter(b.used)
		b.used++
		fmt.Fprintf(&v, `<formula1>'%s'!$%s$1:$%s$%d</formula1>`, b.listSheet(), letter, letter, len(column.Options))
	}
	v.WriteString(`</dataValidation>`)
	return v.String()
}

// listSheet is the name of the hidden worksheet. [bookWriter.unused] made it
// from the word Lists, so it has no quotation mark to be doubled.
func (b *bookWriter) listSheet() string { return b.names[len(b.names)-1] }

// finish writes the lists and closes the file.
func (b *bookWriter) finish() error {
	if len(b.lists) > 0 {
		if err := b.listPart(); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// directory writes the parts that name all others. They come first, because
// programs that guess the kind of a file look for them there.
func (b *bookWriter) directory() error {
	var types, sheets, relations strings.Builder
	for i, name := range b.names {
		state := ""
		if len(b.lists) > 0 && i == len(b.names)-1 {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&types, `<Override PartName="/%s" ContentType="%sworksheet+xml"/>`, sheetPart(i), sheetType)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escapeAttr(name), i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relationSpace, i+1)
	}
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + packageSpace + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + sheetType + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relationSpace + `"><bookViews><workbookView/></bookViews><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + packageSpace + `relationships">` + relations.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(b.names)+1, relationSpace)},
		{"xl/styles.xml", stylesXML},
	}
	for _, p := range parts {
		if err := b.small(p.name, p.content); err != nil {
			return err
		}
	}
	return nil
}

func (b *bookWriter) small(name, content string) error {
	out, err := b.part(name)
	if err != nil {
		return err
	}
	out.WriteString(content)
	return out.Flush()
}

// listPart writes one column for each list of options.
func (b *bookWriter) listPart() error {
	out, err := b.part(sheetPart(len(b.names) - 1))
	if err != nil {
		return err
	}
	out.WriteString(xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetData>`)
	s := &sheetWriter{out: out}
	longest := 0
	for _, list := range b.lists {
		longest = max(longest, len(list))
	}
	for row := range longest {
		cells := make([]Cell, len(b.lists))
		for column, list := range b.lists {
			if row < len(list) {
				cells[column].Text = list[row]
			}
		}
		if err := s.row(cells, func(int) int { return styleText }); err != nil {
			return err
		}
	}
	out.WriteString(`</sheetData></worksheet>`)
	return out.Flush()
}

var (
	cellEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "_x000D_")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\r", "", "\t", " ")
)

// escapeCell writes text for a cell: no longer than Excel allows, and with the
// underscore of what looks like one of its own escapes escaped itself.
func escapeCell(text string) string {
	text = cut(printable(text), maxCellUnits)
	if strings.Contains(text, "_x") {
		text = Literal(text)
	}
	return cellEscapes.Replace(text)
}

// Literal escapes the underscore of what looks like one of the escapes of XLSX,
// such as _x000D_, so that a reader takes it as it is.
func Literal(text string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "_x")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		if _, ok := escaped(after); ok {
			out.WriteString("_x005F_x")
		} else {
			out.WriteString("_x")
		}
		text = after
	}
}

func escapeAttr(text string) string { return attrEscapes.Replace(printable(text)) }
