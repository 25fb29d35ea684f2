package files

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/asye/internal/platform/fault"
)

// tight limits make a fuzzer meet them.
var tight = Limits{Bytes: 1 << 16, Rows: 20, EmptyRows: 30, Columns: 8, CellBytes: 200, Cells: 500, Entries: 12, Unpacked: 1 << 18, Ratio: 200}

// checkRead holds any reading of any bytes to the promises of the package. The
// sheet is nil when the file was refused.
func checkRead(t *testing.T, data []byte) *Sheet {
	t.Helper()
	sheet, err := Read("upload", bytes.NewReader(data), int64(len(data)), tight)
	if err != nil {
		if text := err.Error(); fault.KindOf(err) != fault.Invalid || !strings.HasSuffix(text, ".") || !utf8.ValidString(text) {
			t.Fatalf("refused with %q, which is no sentence for a person", text)
		}
		return nil
	}
	last := sheet.HeaderRow
	if last < 1 || len(sheet.Header) == 0 || len(sheet.Header) > tight.Columns || len(sheet.Rows) > tight.Rows {
		t.Fatalf("header row %d of %d cells, %d rows", last, len(sheet.Header), len(sheet.Rows))
	}
	for _, row := range sheet.Rows {
		if row.Number <= last || len(row.Cells) < len(sheet.Header) || len(row.Cells) > tight.Columns {
			t.Fatalf("row %d after %d has %d cells", row.Number, last, len(row.Cells))
		}
		if (row.Problem != "") != (len(row.Cells) > len(sheet.Header)) {
			t.Fatalf("row of %d cells has problem %q", len(row.Cells), row.Problem)
		}
		last = row.Number
	}
	for _, text := range slices.Concat(table(sheet)...) {
		if len(text) > tight.CellBytes || !utf8.ValidString(text) {
			t.Fatalf("cell of %d bytes: %q", len(text), text)
		}
	}
	return sheet
}

// goesRound writes the sheet in both formats and reads it again.
func goesRound(t *testing.T, sheet *Sheet) {
	t.Helper()
	want := table(sheet)
	for _, row := range want {
		for i := range row {
			row[i] = printable(row[i])
		}
	}
	// A formula without a result makes a row, but leaves nothing to write.
	want = slices.DeleteFunc(want, func(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" })
	if len(want) == 0 || strings.TrimSpace(want[0][len(want[0])-1]) == "" {
		return
	}
	var csv, xlsx bytes.Buffer
	if err := WriteCSV(&csv, want[0], slices.Values(want[1:])); err != nil {
		t.Fatal(err)
	}
	if err := WriteXLSX(&xlsx, Table{Columns: named(want[0]), Rows: slices.Values(want[1:])}); err != nil {
		t.Fatal(err)
	}
	for _, out := range []*bytes.Buffer{&csv, &xlsx} {
		again, err := readBytes(out.Bytes())
		if err != nil {
			t.Fatalf("what we wrote was refused: %v\n%q", err, out.Bytes()[:min(out.Len(), 300)])
		}
		if got := table(again); !sameTable(got, want) {
			t.Fatalf("%s: read %q\nwrote %q", again.Format, got, want)
		}
	}
}

func named(header []string) []Column {
	columns := make([]Column, len(header))
	for i, name := range header {
		columns[i].Name = name
	}
	return columns
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\ufeffa;b\r\n'=1;-5\r\n", "sep=\t\na\tb\n\"x\ny\"\t\n", "\"a\"\"b\",c\n\n,,\n1,2,3\n",
		"a\xe9,b\n1,\x92\n", string(utf16Bytes("\ufeffa,b\n1,2", false)), string(utf16Bytes("a,b\n1,2\n", true)), "<html>", "{}", "''=1,@\n\t,x\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if sheet := checkRead(t, data); sheet != nil {
			goesRound(t, sheet)
		}
	})
}

// FuzzXLSX changes the inside of a workbook, which a fuzzer of the zip file
// would hardly reach.
func FuzzXLSX(f *testing.F) {
	f.Add(inline("a", "b")+inline("c"), `<si><t>x</t></si>`, styled)
	f.Add(`<row r="2"><c r="B2" s="1"><v>46266</v></c><c t="s"><v>0</v></c></row><row r="3"><c s="4"><f/><v>1E5</v></c></row>`, `<si><r><t>_x000D_&amp;</t></r></si>`, styled)
	f.Add(`<!-- --><row><x:c t="str"><v><![CDATA[=1]]></v></x:c></row><row/><row r="9"><c t="d"><v>2026-09-01</v></c><c t="b"><v>1</v></c></row>`, `<si/>`, `<cellXfs><xf numFmtId="14"/></cellXfs>`)
	f.Fuzz(func(t *testing.T, rows, shared, styles string) {
		data := book{Sheets: []string{rows}, Shared: shared, Styles: styles}.Bytes()
		if sheet := checkRead(t, data); sheet != nil {
			goesRound(t, sheet)
		}
	})
}

// FuzzContainer changes the zip file and all it names.
func FuzzContainer(f *testing.F) {
	f.Add(book{Sheets: []string{inline("a")}}.Bytes())
	f.Add(with(piece("xl/styles.xml", styled)))
	f.Add(zipped(piece("mimetype", "x"), piece("content.xml", "x")))
	f.Add([]byte(compound("Workbook")))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data) })
}

func FuzzGuard(f *testing.F) {
	for _, seed := range []string{"=1", "'=1", "''-", "-5", " =", "\t", "＝"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		guarded := guard(text)
		if unguard(guarded) != text {
			t.Fatalf("%q became %q", text, unguard(guarded))
		}
		if startsFormula(guarded) && !negativeNumber(guarded) {
			t.Fatalf("%q is not guarded", guarded)
		}
	})
}

// A name that a browser gave is a name of a file, and of one in no other folder.
func FuzzSafeName(f *testing.F) {
	for _, seed := range []string{"../a", `C:\a.csv`, "CON.csv", ".hidden", "a\x00b", "", "\u202egnp.exe", "a; filename=b", strings.Repeat("é", 300) + ".xlsx"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name := SafeName(text)
		if name == "" || len(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, "/\\\x00\r\n\"<>|?*:") || name[0] == '.' || isDevice(name) {
			t.Fatalf("%q becomes %q", text, name)
		}
		if again := SafeName(name); again != name {
			t.Fatalf("%q becomes %q and then %q", text, name, again)
		}
		if header := Attachment(text); strings.ContainsAny(header, "\r\n") || header == "" {
			t.Fatalf("%q is sent as %q", text, header)
		}
	})
}

// Bytes in any encoding become text, or a sentence.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"a,b", "\xef\xbb\xbfa", "\xff\xfea\x00", "\xfe\xff\x00a", "a\x00b\x00", "\x80\x9d", "\xd8\x00\xdc\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, encoding, err := decode(data)
		if err != nil {
			if !strings.HasSuffix(err.Error(), ".") {
				t.Fatalf("refused with %q", err)
			}
			return
		}
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") || encoding == "" {
			t.Fatalf("%q is %q in %q", data, text, encoding)
		}
	})
}
