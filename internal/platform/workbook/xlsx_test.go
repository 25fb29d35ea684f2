package workbook

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/golden"
)

func TestXLSXAsTheLibraryReadsIt(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, writers[1], sample())))
	if err != nil {
		t.Fatal(err)
	}
	pages := sample().pages()
	for n, p := range pages {
		if f.GetSheetName(n) != p.name {
			t.Errorf("worksheet %d is %s, want %s", n, f.GetSheetName(n), p.name)
		}
		rows, err := f.GetRows(p.name)
		if err != nil {
			t.Fatal(err)
		}
		sameCells(t, p, rows)
		merged, err := f.GetMergeCells(p.name)
		panes, _ := f.GetPanes(p.name)
		if err != nil || len(merged) > 0 || panes.Freeze {
			t.Errorf("worksheet %s has merged cells %v or panes %v (%v)", p.name, merged, panes, err)
		}
	}
	props, err := f.GetDocProps()
	if err != nil || props.Language != "en-GB" || props.Title != sample().Title || props.Created != "2026-11-25T00:00:00Z" || props.Creator != sample().By {
		t.Errorf("properties %+v (%v)", props, err)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("the file does not open on its cover")
	}
	for at, want := range map[string]string{"A4": "'Notes'!A1", "A5": "'1_Gender'!A1"} {
		if leads, to, err := f.GetCellHyperLink("Contents", at); to != want || err != nil {
			t.Errorf("%s of the contents: %v %q, want %s (%v)", at, leads, to, want, err)
		}
	}
	if raw, _ := f.GetCellValue("1_Gender", "D7", excelize.Options{RawCellValue: true}); raw != "0.01" {
		t.Errorf("the rate is kept as %q: more than is shown", raw)
	}
}

// TestXLSXAsWeReadUploads: our own reader, which knows nothing of the library,
// finds text, and no formula.
func TestXLSXAsWeReadUploads(t *testing.T) {
	b := sample()
	b.Sheets = b.Sheets[1:2]
	data := written(t, writers[1], b)
	sheet, err := files.Read("book.xlsx", bytes.NewReader(data), int64(len(data)), files.Limits{}, files.SheetNamed("2_Awkward"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range sheet.Rows {
		for _, c := range row.Cells {
			if c.Formula || c.Numeric {
				t.Errorf("row %d: %+v is not text", row.Number, c)
			}
		}
	}
}

func TestXLSXTablesAreMarked(t *testing.T) {
	data := written(t, writers[1], sample())
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, name := range f.GetSheetList() {
		tables, err := f.GetTables(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range tables {
			got = append(got, one.Name+" "+one.Range)
		}
	}
	if want := []string{"table_contents A3:B7", "table_notes A4:B11", "table_1_gender A6:E9", "table_2_awkward A5:B26", "table_3 A5:B6"}; !slices.Equal(got, want) {
		t.Errorf("tables %q", got)
	}
	parts, names := unpacked(t, data)
	for _, name := range names {
		for _, bad := range []string{"autoFilter", "<f>", "<f ", "mergeCell", "macro", `hidden="1"`} {
			if strings.Contains(parts[name], bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
	for _, must := range []string{`name="Heading 1"`, `name="Heading 2"`, `name="Hyperlink"`} {
		if !strings.Contains(parts["xl/styles.xml"], must) {
			t.Errorf("the styles lack %s", must)
		}
	}
	for part, name := range map[string]string{"xl/worksheets/sheet4.xml": "sheet4.xml", "xl/tables/table3.xml": "table3.xml", "docProps/core.xml": "core.xml"} {
		golden.Text(t, name, spread(parts[part]))
	}
}
