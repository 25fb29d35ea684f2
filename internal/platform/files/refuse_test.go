package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
	"github.com/xuri/excelize/v2"
)

// compound is the start of a Microsoft compound file with one stream.
func compound(stream string) string {
	return "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1024) + string(utf16Bytes(stream+"\x00", false))
}

func protected(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	f.SetCellValue("Sheet1", "A1", "secret")
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "pass"}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func encryptedZip() string {
	data := book{Sheets: []string{inline("a")}}.Bytes()
	for _, signature := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(data, []byte(signature))
		flag := map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[signature]
		data[at+flag] |= 1
	}
	return string(data)
}

func TestRefuseOtherKindsOfFile(t *testing.T) {
	tests := []struct{ name, data, word string }{
		{"protected with a password", protected(t), "password"},
		{"protected, in brief", compound("EncryptedPackage"), "password"},
		{"zip with a password", encryptedZip(), "password"},
		{"old Excel", compound("Workbook"), ".xls)"},
		{"older Excel", compound("Book"), ".xls)"},
		{"old Word", compound("WordDocument"), "Word"},
		{"other compound file", compound("Other"), "old Microsoft Office"},
		{"PDF", "%PDF-1.7\n", "PDF"},
		{"PNG", "\x89PNG\r\n\x1a\n0000", "picture"},
		{"JPEG", "\xff\xd8\xff\xe0", "picture"},
		{"HEIC", "\x00\x00\x00\x18ftypheic", "picture"},
		{"RTF", "{\\rtf1", "RTF"},
		{"gzip", "\x1f\x8b\x08\x00", "archive"},
		{"database", "SQLite format 3\x00", "database"},
		{"OpenDocument", string(zipped(piece("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), piece("content.xml", "<x/>"))), "OpenDocument"},
		{"Numbers", string(zipped(piece("Index/Document.iwa", "x"))), "Numbers"},
		{"binary workbook", string(zipped(piece("_rels/.rels", "<x/>"), piece("xl/workbook.bin", "x"))), ".xlsb"},
		{"Word", string(zipped(piece("_rels/.rels", "<x/>"), piece("word/document.xml", "x"))), "Word"},
		{"zip of a CSV file", string(zipped(piece("cohort.csv", "a,b"))), "zip file"},
		{"empty zip", string(zipped()), "zip file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBytes([]byte(tt.data))
			wantRefused(t, err, tt.word)
		})
	}
}

// with puts parts in place of those of a good workbook, or beside them.
func with(parts ...part) []byte {
	all := book{Sheets: []string{inline("a")}, Shared: "<si><t>a</t></si>", Styles: "<cellXfs/>"}.Parts()
	for _, p := range parts {
		replaced := false
		for i := range all {
			if all[i].Name == p.Name {
				all[i], replaced = p, true
			}
		}
		if !replaced {
			all = append(all, p)
		}
	}
	return zipped(all...)
}

func sheetOf(data string) []byte { return book{Sheets: []string{data}}.Bytes() }

const sheet1 = "xl/worksheets/sheet1.xml"

func TestRefuseAttacksAndDamage(t *testing.T) {
	good := book{Sheets: []string{inline("a") + inline("b")}}.Bytes()
	lol := `<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>` + inline("&b;") + `</sheetData></worksheet>`
	outside := `<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>`
	var million strings.Builder
	million.WriteString(inline("a"))
	for i := range 60_000 {
		fmt.Fprintf(&million, `<row r="%d"><c r="A%d" s="1"/></row>`, i+2, i+2)
	}
	tests := []struct {
		name string
		data []byte
		word string
	}{
		{"zip bomb", with(piece(sheet1, strings.Repeat(" ", 4<<20))), "more tightly"},
		{"zip bomb in a part that is not read", with(piece("xl/media/x.bin", strings.Repeat("\x00", 4<<20))), "more tightly"},
		{"part that says it is small", liar(sheet1, []byte("<worksheet>"+strings.Repeat(" ", 1<<20)), 100, book{Sheets: []string{""}}.Parts()[1:]...), "more tightly"},
		{"two parts of one name", zipped(append(book{Sheets: []string{inline("a")}}.Parts(), piece("XL/workbook.xml", "x"))...), "damaged"},
		{"name that leads out", with(piece("../../etc/passwd", "x")), "damaged"},
		{"name from the root", with(piece("/etc/passwd", "x")), "damaged"},
		{"name with backslashes", with(piece(`..\x`, "x")), "damaged"},
		{"cut short", good[:len(good)-30], "damaged"},
		{"bytes changed", bytes.Replace(good, good[60:70], []byte("0123456789"), 1), "damaged"},
		{"entities that expand", with(piece(sheet1, lol)), "document type"},
		{"entity from outside", with(piece("xl/workbook.xml", outside)), "document type"},
		{"entity from outside in shared strings", with(piece("xl/sharedStrings.xml", outside)), "document type"},
		{"unknown entity", sheetOf(inline("&b;")), "damaged"},
		{"elements deep in one another", with(piece(sheet1, strings.Repeat("<a>", 10_000))), "no spreadsheet program"},
		{"element that never ends", with(piece(sheet1, "<worksheet "+strings.Repeat("a", 300<<10))), "no spreadsheet program"},
		{"attribute with many brackets", with(piece(sheet1, `<worksheet a="`+strings.Repeat(">", 300<<10))), "no spreadsheet program"},
		{"comment that never ends", with(piece(sheet1, "<!--"+strings.Repeat(">", 300<<10))), "no spreadsheet program"},
		{"run of text that never ends", sheetOf(inline(strings.Repeat("x", 300<<10))), "no spreadsheet program"},
		{"cell in many runs", sheetOf("<row><c t=\"inlineStr\"><is>" + strings.Repeat("<r><t>abcdefghij</t></r>", 8000) + "</is></c></row>"), "A1"},
		{"long shared text that is used", book{Sheets: []string{`<row><c t="s"><v>0</v></c></row>`}, Shared: "<si><t>" + strings.Repeat("x", 20_000) + "</t></si>"}.Bytes(), "A1"},
		{"elements that cross", with(piece(sheet1, "<worksheet><sheetData></worksheet></sheetData>")), "damaged"},
		{"not XML", with(piece(sheet1, "hello")), "no text"},
		{"UTF-16", with(piece(sheet1, string(utf16Bytes("\ufeff<worksheet/>", false)))), "damaged"},
		{"end of a part missing", with(piece(sheet1, "<worksheet><sheetData><row>")), "damaged"},
		{"no such shared text", sheetOf(`<row><c t="s"><v>5</v></c></row>`), "damaged"},
		{"negative shared text", sheetOf(`<row><c t="s"><v>-1</v></c></row>`), "damaged"},
		{"rows out of order", sheetOf(`<row r="2"><c t="str"><v>a</v></c></row><row r="2"><c t="str"><v>a</v></c></row>`), "damaged"},
		{"row nought", sheetOf(`<row r="0"><c><v>1</v></c></row>`), "damaged"},
		{"row beyond the last", sheetOf(`<row r="1048577"><c><v>1</v></c></row>`), "damaged"},
		{"column beyond the last", sheetOf(`<row><c r="AAAA1"><v>1</v></c></row>`), "damaged"},
		{"wide row", sheetOf(`<row><c r="XFD1"><v>1</v></c></row>`), "XFD1"},
		{"wide row without positions", sheetOf("<row>" + strings.Repeat("<c><v>1</v></c>", 101) + "</row>"), "CW1"},
		{"very many empty rows", sheetOf(million.String()), "empty rows"},
		{"no relationships", zipped(piece("_rels/.rels", "<Relationships/>")), "damaged"},
		{"relationship to nothing", zipped(piece("_rels/.rels", `<Relationships><Relationship Type="/officeDocument" Target="x"/></Relationships>`)), "damaged"},
		{"no worksheets", book{}.Bytes(), "no text"},
		{"many parts", with(manyParts(1000)...), "parts inside"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBytes(tt.data)
			wantRefused(t, err, tt.word)
		})
	}
}

func manyParts(n int) []part {
	all := make([]part, n)
	for i := range all {
		all[i].Name = fmt.Sprintf("xl/x%d", i)
	}
	return all
}

func TestWhatLooksOddButIsFine(t *testing.T) {
	tests := []struct {
		name string
		data []byte
	}{
		{"blank cells in the last column", sheetOf(inline("a") + `<row><c t="str"><v>b</v></c><c r="XFD2" s="1"/></row>`)},
		{"long shared text that is not used", book{Sheets: []string{inline("a") + inline("b")}, Shared: "<si><t>" + strings.Repeat("x", 20_000) + "</t></si>"}.Bytes()},
		{"chart below the cells is not looked at", with(piece(sheet1, "<worksheet><sheetData>"+inline("a")+inline("b")+"</sheetData><!ELEMENT <<< &nonsense;"))},
		{"style that does not exist", sheetOf(inline("a") + `<row><c s="99"><v>1</v></c></row>`)},
		{"byte order mark", with(piece(sheet1, "\ufeff<?xml version=\"1.0\"?><worksheet><sheetData>"+inline("a")+inline("b")+"</sheetData></worksheet>"))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if sheet := mustRead(t, tt.data); len(sheet.Rows) != 1 {
				t.Errorf("%d rows, want 1", len(sheet.Rows))
			}
		})
	}
}

func TestLimitsOfXLSXComeInPairs(t *testing.T) {
	rows := func(n int) []byte { return sheetOf(inline("a") + strings.Repeat(inline("x"), n)) }
	text := func(n int) []byte { return sheetOf(inline("a") + inline(strings.Repeat("x", n))) }
	parts := len(book{Sheets: []string{""}}.Parts())
	var unpacked int64
	source, _ := zip.NewReader(bytes.NewReader(rows(1)), int64(len(rows(1))))
	for _, f := range source.File {
		unpacked += int64(f.UncompressedSize64)
	}
	tests := []struct {
		name      string
		limits    Limits
		good, bad []byte
		word      string
	}{
		{"rows", Limits{Rows: 3}, rows(3), rows(4), "3 rows"},
		{"characters", Limits{CellBytes: 10}, text(10), text(11), "A2"},
		{"columns", Limits{Columns: 2}, sheetOf(inline("a", "b")), sheetOf(inline("a", "b", "c")), "C1"},
		{"parts", Limits{Entries: parts}, rows(1), with(), "parts inside"},
		{"unpacked", Limits{Unpacked: unpacked}, rows(1), rows(2), "unpacks to more"},
		{"total text", Limits{Unpacked: 4096}, sharedTimes(4), sharedTimes(5), "unpacks to more"},
		{"cells", Limits{Cells: 4}, sheetOf(inline("a", "", "")), sheetOf(inline("a", "", "", "")), "4 cells"},
		{"elements that mean nothing", Limits{Cells: 10}, sheetOf(inline("a") + strings.Repeat("<a/>", 9_900)), sheetOf(inline("a") + strings.Repeat("<a/>", 10_060)), "no spreadsheet program"},
		{"shared texts", Limits{Cells: 2}, withShared(2), withShared(3), "unpacks to more"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Read("a.xlsx", bytes.NewReader(tt.good), int64(len(tt.good)), tt.limits); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			_, err := Read("a.xlsx", bytes.NewReader(tt.bad), int64(len(tt.bad)), tt.limits)
			wantRefused(t, err, tt.word)
		})
	}
}

// sharedTimes has n cells that all show one text of 1,000 characters.
func sharedTimes(n int) []byte {
	row := "<row>" + strings.Repeat(`<c t="s"><v>0</v></c>`, n) + "</row>"
	return book{Sheets: []string{row}, Shared: "<si><t>" + strings.Repeat("x", 1000) + "</t></si>"}.Bytes()
}

func withShared(n int) []byte {
	return book{Sheets: []string{inline("a")}, Shared: strings.Repeat("<si/>", n)}.Bytes()
}

// broken fails as a disk does.
type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("disk on fire") }

// brokenLater fails once the start of the file has been read.
type brokenLater struct{ start io.ReaderAt }

func (b brokenLater) ReadAt(p []byte, off int64) (int, error) {
	if off == 0 {
		return b.start.ReadAt(p, off)
	}
	return 0, errors.New("disk on fire")
}

func TestOurOwnTroubleIsNotTheFilesFault(t *testing.T) {
	data := book{Sheets: []string{inline("a")}}.Bytes()
	for name, r := range map[string]io.ReaderAt{"at once": broken{}, "later": brokenLater{bytes.NewReader(data)}} {
		_, err := Read("a.xlsx", r, int64(len(data)), Limits{})
		if err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("%s: %v is blamed on the file", name, err)
		}
	}
}

// failing fails after so many bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestWritersReportAFullDisk(t *testing.T) {
	rows := func(yield func([]string) bool) {
		for i := range 5000 {
			if !yield([]string{fmt.Sprint(i * 7919), "x"}) {
				return
			}
		}
	}
	for _, room := range []int{0, 10, 5000} {
		if err := WriteCSV(&failing{room}, []string{"a", "b"}, rows); err == nil {
			t.Errorf("CSV: no error after %d bytes", room)
		}
		if err := WriteXLSX(&failing{room}, Table{Rows: rows}); err == nil {
			t.Errorf("XLSX: no error after %d bytes", room)
		}
	}
	if err := WriteXLSX(io.Discard); err == nil {
		t.Error("a workbook without worksheets was written")
	}
}
