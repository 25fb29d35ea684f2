package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.org/asye/internal/asye"
)

// FuzzWorkbook writes whatever texts and numbers there are. Both formats refuse
// the same books; what they write says what it was given, on one line, and has
// no formula.
func FuzzWorkbook(f *testing.F) {
	for _, text := range formulas {
		f.Add(text, text, 0.5, 1)
	}
	f.Add("Table 1 [note 1]", "_x0041_", -0.00001, 3)
	f.Add("\x00\uffff\xff", " ", 1e300, 12)
	f.Fuzz(func(t *testing.T, words, head string, figure float64, decimals int) {
		b := Book{Title: words, Subject: words, Cover: []string{words}, Programme: words, Coverage: words, By: words, Contact: words, Date: asye.MustDate("2026-11-25"),
			Notes: []Note{{words}}, Keywords: []string{words}, Sheets: []Sheet{{Name: "1", Title: words, Source: words, Intro: []string{words},
				Columns: []Column{{Head: head}, {head + "2", Figures}}, Rows: [][]Value{{Text(words), Number(figure, decimals)}, {Text(head), Percent(figure, decimals)}}}}}
		var ods, xlsx bytes.Buffer
		one, other := b.WriteODS(&ods), b.WriteXLSX(&xlsx)
		if (one == nil) != (other == nil) {
			t.Fatalf("ODS says %v, XLSX %v", one, other)
		}
		if one != nil {
			return
		}
		p := b.pages()[3]
		parts, _ := unpacked(t, ods.Bytes())
		content := readODS(t, parts["content.xml"])
		sameCells(t, p, content.rows(3, len(p.lines)))
		if strings.Contains(parts["content.xml"], "table:formula") {
			t.Error("ODS has a formula")
		}
		book, err := excelize.OpenReader(&xlsx)
		if err != nil {
			t.Fatal(err)
		}
		row := len(p.lines) + 2
		if got, err := book.GetCellValue("1", "A"+itoa(row)); err != nil || got != clean(words) {
			t.Errorf("XLSX has %q for %q (%v)", got, words, err)
		}
		for n := 1; n <= row+1; n++ {
			for _, column := range []string{"A", "B"} {
				if formula, err := book.GetCellFormula("1", column+itoa(n)); formula != "" || err != nil {
					t.Errorf("XLSX has the formula %q (%v)", formula, err)
				}
			}
		}
	})
}
