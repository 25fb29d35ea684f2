package files

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// styled has the formats 0 general, 1 built-in date, 2 UK date, 3 time, 4 leading
// zeros, 5 elapsed minutes, 6 money with the word "day", 7 month and year.
const styled = `<numFmts><numFmt numFmtId="164" formatCode="[$-809]dd\ mmmm\ yyyy;@"/><numFmt numFmtId="165" formatCode="h:mm AM/PM"/>` +
	`<numFmt numFmtId="166" formatCode="000000"/><numFmt numFmtId="167" formatCode="[mm]:ss"/>` +
	`<numFmt numFmtId="168" formatCode="&quot;per day&quot; 0.00"/><numFmt numFmtId="169" formatCode="mmm"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/></cellXfs>`

func TestXLSXCells(t *testing.T) {
	shared := `<si><t>plain</t></si><si><r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh><t>ruby</t></rPh></si><si><t>a_x000D_&amp;_x005F_x0041_&#233;</t></si>`
	date := func(y int, m time.Month, d int) Cell { return DateCell(y, m, d) }
	tests := []struct {
		name, xml string
		want      Cell
	}{
		{"shared", `<c t="s"><v>0</v></c>`, Cell{Text: "plain"}},
		{"rich text without its phonetic guide", `<c t="s"><v>1</v></c>`, Cell{Text: "rich text"}},
		{"escapes of Excel", `<c t="s"><v>2</v></c>`, Cell{Text: "a\r&_x0041_é"}},
		{"inline", `<c t="inlineStr"><is><t>x</t></is></c>`, Cell{Text: "x"}},
		{"inline in runs", `<c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c>`, Cell{Text: "xy"}},
		{"CDATA", `<c t="inlineStr"><is><t><![CDATA[<a> & b]]></t></is></c>`, Cell{Text: "<a> & b"}},
		{"prefixed elements", `<x:c t="str"><x:v>x</x:v></x:c>`, Cell{Text: "x"}},
		{"whole number", `<c><v>830</v></c>`, Cell{Text: "830", Numeric: true}},
		{"long number", `<c t="n"><v>123456789012345678</v></c>`, Cell{Text: "123456789012345678", Numeric: true}},
		{"number with exponent", `<c><v>1.23E+9</v></c>`, Cell{Text: "1230000000", Numeric: true}},
		{"number with point nought", `<c><v>830.0</v></c>`, Cell{Text: "830", Numeric: true}},
		{"fraction with noise", `<c><v>37.200000000000003</v></c>`, Cell{Text: "37.2", Numeric: true}},
		{"negative", `<c><v>-5</v></c>`, Cell{Text: "-5", Numeric: true}},
		{"leading zeros shown", `<c s="4"><v>830</v></c>`, Cell{Text: "000830", Numeric: true}},
		{"not a number", `<c><v>inf</v></c>`, Cell{Text: "inf"}},
		{"built-in date", `<c s="1"><v>46266</v></c>`, date(2026, 9, 1)},
		{"custom date", `<c s="2"><v>46266</v></c>`, date(2026, 9, 1)},
		{"date with a time of day", `<c s="2"><v>46266.999</v></c>`, date(2026, 9, 1)},
		{"month only", `<c s="7"><v>46266</v></c>`, date(2026, 9, 1)},
		{"first day", `<c s="1"><v>1</v></c>`, date(1900, 1, 1)},
		{"the day before the day that never was", `<c s="1"><v>59</v></c>`, date(1900, 2, 28)},
		{"the day that never was", `<c s="1"><v>60</v></c>`, Cell{Text: "60", Numeric: true}},
		{"the day after", `<c s="1"><v>61</v></c>`, date(1900, 3, 1)},
		{"last day", `<c s="1"><v>2958465</v></c>`, date(9999, 12, 31)},
		{"beyond the last day", `<c s="1"><v>2958466</v></c>`, Cell{Text: "2958466", Numeric: true}},
		{"before the first day", `<c s="1"><v>-1</v></c>`, Cell{Text: "-1", Numeric: true}},
		{"time of day is no date", `<c s="3"><v>0.5</v></c>`, Cell{Text: "0.5", Numeric: true}},
		{"elapsed time is no date", `<c s="5"><v>0.5</v></c>`, Cell{Text: "0.5", Numeric: true}},
		{"words in a format are no date", `<c s="6"><v>12</v></c>`, Cell{Text: "12", Numeric: true}},
		{"date as text of ISO 8601", `<c t="d"><v>2026-09-01T00:00:00</v></c>`, date(2026, 9, 1)},
		{"formula with a number", `<c><f>A1+1</f><v>3</v></c>`, Cell{Text: "3", Numeric: true, Formula: true}},
		{"formula with text", `<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>`, Cell{Text: "ax", Formula: true}},
		{"formula without result", `<c><f>A1</f></c>`, Cell{Formula: true}},
		{"formula shared from another cell", `<c><f t="shared" si="0"/><v>4</v></c>`, Cell{Text: "4", Numeric: true, Formula: true}},
		{"true", `<c t="b"><v>1</v></c>`, Cell{Text: "TRUE"}},
		{"false", `<c t="b"><v>0</v></c>`, Cell{Text: "FALSE"}},
		{"error", `<c t="e"><v>#N/A</v></c>`, Cell{Text: "#N/A"}},
		{"text that looks like a formula", `<c t="inlineStr"><is><t>=1+1</t></is></c>`, Cell{Text: "=1+1"}},
		{"guard is not taken away", `<c t="inlineStr"><is><t>'=1</t></is></c>`, Cell{Text: "'=1"}},
		{"comment in a cell", `<c t="str"><!-- > a --><v>x</v></c>`, Cell{Text: "x"}},
		{"greater-than sign in an attribute", `<c t="str" x="a>b" y='">'><v>x</v></c>`, Cell{Text: "x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := inline("head") + "<row>" + tt.xml + "</row>"
			sheet := mustRead(t, book{Sheets: []string{data}, Shared: shared, Styles: styled}.Bytes())
			if len(sheet.Rows) != 1 {
				t.Fatalf("%d rows", len(sheet.Rows))
			}
			if got := sheet.Rows[0].Cells[0]; got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestDatesFrom1904(t *testing.T) {
	for serial, want := range map[string]Cell{"0": DateCell(1904, 1, 1), "44804": DateCell(2026, 9, 1)} {
		data := inline("head") + `<row><c s="1"><v>` + serial + `</v></c></row>`
		sheet := mustRead(t, book{Sheets: []string{data}, Styles: styled, Props: `date1904="1"`}.Bytes())
		if got := sheet.Rows[0].Cells[0]; got != want {
			t.Errorf("day %s: %+v, want %+v", serial, got, want)
		}
	}
}

func TestXLSXPositions(t *testing.T) {
	data := `<row r="2"><c r="A2" t="str"><v>a</v></c><c r="C2" t="str"><v>c</v></c></row>` +
		`<row r="3"/><row r="5"><c r="C5" t="str"><v>3</v></c><c r="A5" t="str"><v>1</v></c></row>` +
		`<row r="9"><c r="B9"/></row><row r="1048576"><c r="D1048576" t="str"><v>x</v></c></row>`
	sheet := mustRead(t, book{Sheets: []string{data}}.Bytes())
	if want := [][]string{{"a", "", "c"}, {"1", "", "3"}, {"", "", "", "x"}}; !sameTable(table(sheet), want) {
		t.Errorf("cells %q, want %q", table(sheet), want)
	}
	if sheet.HeaderRow != 2 || sheet.Rows[0].Number != 5 || sheet.Rows[1].Number != 1048576 {
		t.Errorf("row numbers %d, %d, %d", sheet.HeaderRow, sheet.Rows[0].Number, sheet.Rows[1].Number)
	}
	if !strings.Contains(sheet.Rows[1].Problem, "column D") {
		t.Errorf("problem %q", sheet.Rows[1].Problem)
	}
}

func TestWhichWorksheetIsRead(t *testing.T) {
	people := inline("Surname") + inline("Ash")
	notes := inline("How to fill this in") + inline("Carefully")
	headed := HeadedBy(func(cells []string) bool { return slices.Contains(cells, "Surname") })
	tests := []struct {
		name   string
		book   book
		choose []Choice
		want   string
		unread []string
	}{
		{"the only one", book{Sheets: []string{people}}, nil, "Sheet1", nil},
		{"the first with text", book{Sheets: []string{"", people, notes}}, nil, "Sheet2", []string{"Sheet1", "Sheet3"}},
		{"never a hidden one", book{Sheets: []string{notes, people}, States: []string{"hidden"}}, nil, "Sheet2", nil},
		{"never a very hidden one", book{Sheets: []string{notes, people}, States: []string{"veryHidden"}}, nil, "Sheet2", nil},
		{"the one with the header", book{Sheets: []string{notes, people}}, []Choice{headed}, "Sheet2", []string{"Sheet1"}},
		{"the first when none has the header", book{Sheets: []string{notes, notes}}, []Choice{headed}, "Sheet1", []string{"Sheet2"}},
		{"the one that is named", book{Sheets: []string{people, notes}, Names: []string{"a", "R&amp;D"}}, []Choice{SheetNamed("r&d ")}, "R&D", []string{"a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sheet := mustRead(t, tt.book.Bytes(), tt.choose...)
			if sheet.Name != tt.want || !slices.Equal(sheet.Unread, tt.unread) {
				t.Errorf("read %q and left %q, want %q and %q", sheet.Name, sheet.Unread, tt.want, tt.unread)
			}
		})
	}
	_, err := readBytes(book{Sheets: []string{people}}.Bytes(), SheetNamed("People"))
	wantRefused(t, err, "“People”")
	_, err = readBytes(book{Sheets: []string{people}, States: []string{"hidden"}}.Bytes())
	wantRefused(t, err, "hidden")
	_, err = readBytes(book{Sheets: []string{"", "<row><c/></row>"}}.Bytes())
	wantRefused(t, err, "no text")
}

// TestExcelizeWorkbook reads what another program wrote, which has shared
// strings, styles and names of parts that we did not choose.
func TestExcelizeWorkbook(t *testing.T) {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	f.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Start", "Hours", "Number"})
	f.SetSheetRow("Sheet1", "A2", &[]any{"Zoë <&> O’Hara\r\nx", time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), 18.5, 7})
	f.SetCellStyle("Sheet1", "B2", "B2", style)
	f.SetCellFormula("Sheet1", "D2", "=1+6")
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	sheet := mustRead(t, out.Bytes())
	got := sheet.Rows[0].Cells
	want := []Cell{{Text: got[0].Text}, DateCell(2026, 9, 1), {Text: "18.5", Numeric: true}, {Text: got[3].Text, Numeric: got[3].Numeric, Formula: true}}
	if !slices.Equal(got, want) {
		t.Errorf("cells %+v, want %+v", got, want)
	}
	if text := strings.ReplaceAll(got[0].Text, "\r", ""); text != "Zoë <&> O’Hara\nx" {
		t.Errorf("text %q", got[0].Text)
	}
}

var sample = []Table{
	{Name: "Registrations", Room: 500, Columns: []Column{
		{Name: "Surname", Hint: "As on the register of Social Work England."},
		{Name: "Route & more", Options: []string{"Step Up", "Frontline <x>", "=1+1"}, Width: 30},
		{Name: "Notes", Wrap: true},
	}, Rows: slices.Values([][]string{{"O’Hara", "Step Up", "=HYPERLINK(\"http://x\")"}, {"", "@x", "two\nlines"}, {"_x0041_", "a\rb", " spaced "}, {"0007", "-5", "01/09/2026"}})},
	{Name: "Lists", Columns: []Column{{Name: "Reserved"}}, Rows: slices.Values([][]string{{"x"}})},
}

func TestWriteXLSXIsReadByUsAsItWas(t *testing.T) {
	var out bytes.Buffer
	if err := WriteXLSX(&out, sample...); err != nil {
		t.Fatal(err)
	}
	sheet := mustRead(t, out.Bytes())
	want := [][]string{{"Surname", "Route & more", "Notes"}}
	for row := range sample[0].Rows {
		want = append(want, row)
	}
	if !sameTable(table(sheet), want) {
		t.Errorf("read %q\nwrote %q", table(sheet), want)
	}
	for _, row := range sheet.Rows {
		for _, cell := range row.Cells {
			if cell.Formula || cell.Numeric {
				t.Errorf("cell %+v is not text", cell)
			}
		}
	}
	if sheet.Name != "Registrations" || !slices.Equal(sheet.Unread, []string{"Lists"}) {
		t.Errorf("sheets %q and %q; the hidden lists must not show", sheet.Name, sheet.Unread)
	}
	var again bytes.Buffer
	WriteXLSX(&again, sample...)
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same tables gave other bytes")
	}
}

// TestWriteXLSXIsReadByAnotherProgram holds our workbook to a reader that we
// did not write.
func TestWriteXLSXIsReadByAnotherProgram(t *testing.T) {
	var out bytes.Buffer
	if err := WriteXLSX(&out, sample...); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.GetSheetList(), []string{"Registrations", "Lists", "Lists 2"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	if visible, _ := f.GetSheetVisible("Lists 2"); visible {
		t.Error("the lists are not hidden")
	}
	for cell, want := range map[string]string{"A1": "Surname", "C2": "=HYPERLINK(\"http://x\")", "A4": "_x0041_", "A5": "0007", "B5": "-5"} {
		got, err := f.GetCellValue("Registrations", cell)
		if err != nil || got != want {
			t.Errorf("%s = %q (%v), want %q", cell, got, err, want)
		}
		kind, _ := f.GetCellType("Registrations", cell)
		if kind != excelize.CellTypeInlineString {
			t.Errorf("%s has type %v, want text", cell, kind)
		}
	}
	for _, cell := range []string{"A2", "A400"} {
		id, _ := f.GetCellStyle("Registrations", cell)
		style, err := f.GetStyle(id)
		if err != nil || style.NumFmt != 49 {
			t.Errorf("%s has style %+v (%v), want the text format", cell, style, err)
		}
	}
	panes, err := f.GetPanes("Registrations")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v (%v)", panes, err)
	}
	validations, err := f.GetDataValidations("Registrations")
	if err != nil || len(validations) != 2 {
		t.Fatalf("validations %v (%v), want two", validations, err)
	}
	if *validations[0].Prompt != sample[0].Columns[0].Hint || validations[0].Sqref != "A2:A501" {
		t.Errorf("hint %+v", validations[0])
	}
	if list := validations[1]; list.Formula1 != "'Lists 2'!$A$1:$A$3" || list.Type != "list" || list.Sqref != "B2:B501" {
		t.Errorf("list %+v", list)
	}
	if got, _ := f.GetCellValue("Lists 2", "A2"); got != "Frontline <x>" {
		t.Errorf("option %q", got)
	}
}

func TestNamesOfWorksheets(t *testing.T) {
	long := strings.Repeat("n", 40)
	tests := []struct{ given, want []string }{
		{[]string{"a", "A", "a"}, []string{"a", "A 2", "a 3"}},
		{[]string{"", "'"}, []string{"Sheet", "Sheet 2"}},
		{[]string{"a/b[c]:*?\\d"}, []string{"a b c     d"}},
		{[]string{long, long}, []string{long[:31], long[:29] + " 2"}},
	}
	for _, tt := range tests {
		var tables []Table
		for _, name := range tt.given {
			tables = append(tables, Table{Name: name})
		}
		if got := newBookWriter(&bytes.Buffer{}, tables).names; !slices.Equal(got, tt.want) {
			t.Errorf("names %q became %q, want %q", tt.given, got, tt.want)
		}
	}
}

func TestCellsTooLongForExcelAreCut(t *testing.T) {
	for units, want := range map[int]int{maxCellUnits: maxCellUnits, maxCellUnits + 1: maxCellUnits} {
		if got := len(escapeCell(strings.Repeat("a", units))); got != want {
			t.Errorf("%d characters became %d, want %d", units, got, want)
		}
	}
	if got := cut("a😀b", 2); got != "a" {
		t.Errorf("cut in the middle of a pair: %q", got)
	}
}

func TestLetter(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letter(column); got != want {
			t.Errorf("Letter(%d) = %s, want %s", column, got, want)
		}
		if got := columnOf([]byte(want + "12")); got != column {
			t.Errorf("columnOf(%s) = %d, want %d", want, got, column)
		}
	}
}

func TestAnnotated(t *testing.T) {
	said := map[int][]string{2: {"Enter a surname", "Enter a start date"}, 4: {"=bad"}}
	t.Run("CSV", func(t *testing.T) {
		sheet := mustRead(t, []byte("Surname;Start\n;\"\"\nAsh;1\n'=x;2;extra\n"))
		sheet.Rows = append([]Row{{Number: 2, Cells: make([]Cell, 2)}}, sheet.Rows...)
		var out bytes.Buffer
		if err := Annotated(&out, sheet, said); err != nil {
			t.Fatal(err)
		}
		want := "\ufeffSurname;Start;Errors\r\n;;\"Enter a surname; Enter a start date\"\r\nAsh;1;\r\n'=x;2;'=bad;extra\r\n"
		if out.String() != want {
			t.Errorf("wrote %q\nwant  %q", out.String(), want)
		}
	})
	t.Run("XLSX keeps dates and goes round twice", func(t *testing.T) {
		data := inline("Surname", "Start") + `<row><c t="str"><v>Ash</v></c><c s="1"><v>46266</v></c></row>`
		sheet := mustRead(t, book{Sheets: []string{data}, Names: []string{"My list"}, Styles: styled}.Bytes())
		for range 2 {
			var out bytes.Buffer
			if err := Annotated(&out, sheet, said); err != nil {
				t.Fatal(err)
			}
			sheet = mustRead(t, out.Bytes())
		}
		want := []Cell{{Text: "Ash"}, DateCell(2026, 9, 1), {Text: "Enter a surname; Enter a start date"}}
		if !slices.Equal(sheet.Header, []string{"Surname", "Start", "Errors"}) || !slices.Equal(sheet.Rows[0].Cells, want) {
			t.Errorf("header %q, cells %+v", sheet.Header, sheet.Rows[0].Cells)
		}
		if sheet.Name != "My list" {
			t.Errorf("worksheet %q", sheet.Name)
		}
	})
}

func TestKeepingOnlySomeRows(t *testing.T) {
	sheet := mustRead(t, []byte("a\n1\n2\n3\n"))
	kept := sheet.Keeping(func(r Row) bool { return r.Number == 3 })
	if len(kept.Rows) != 1 || kept.Rows[0].Cells[0].Text != "2" || len(sheet.Rows) != 3 {
		t.Errorf("kept %+v of %d", kept.Rows, len(sheet.Rows))
	}
}

func TestNames(t *testing.T) {
	tests := []struct{ given, want string }{
		{"cohort.xlsx", "cohort.xlsx"},
		{`C:\Users\ann\cohort 2026.csv`, "cohort 2026.csv"},
		{"../../etc/passwd", "passwd"},
		{".hidden", "hidden"},
		{"a\"b;c\r\nd.csv", "a-b-cd.csv"},
		{"safe\u202exslx.csv", "safexslx.csv"},
		{"", "file"}, {"/", "file"}, {"...", "file"},
		{"CON.csv", "_CON.csv"}, {"com1", "_com1"}, {"console.csv", "console.csv"},
		{"Zoë.csv", "Zoë.csv"},
		{"bad\xff.csv", "bad.csv"},
		{strings.Repeat("é", 100) + ".xlsx", strings.Repeat("é", 57) + ".xlsx"},
		{"trailing. .", "trailing"},
	}
	for _, tt := range tests {
		if got := SafeName(tt.given); got != tt.want {
			t.Errorf("SafeName(%q) = %q, want %q", tt.given, got, tt.want)
		}
	}
	if got, want := Attachment("Zoë.csv"), "attachment; filename*=utf-8''Zo%C3%AB.csv"; got != want {
		t.Errorf("Attachment = %q, want %q", got, want)
	}
	sheet := Sheet{File: "cohort.txt", Format: CSV}
	if got := sheet.AnnotatedName(); got != "cohort errors.csv" {
		t.Errorf("AnnotatedName = %q", got)
	}
}

func TestSizesInWords(t *testing.T) {
	for n, want := range map[int64]string{1: "1 KB", 1024: "1 KB", 1025: "2 KB", 10 << 20: "10 MB", 10<<20 + 1: "10.1 MB"} {
		if got := megabytes(n); got != want {
			t.Errorf("megabytes(%d) = %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "1", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, fmt.Sprint(want))
		}
	}
}
