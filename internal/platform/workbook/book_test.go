package workbook

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
)

// formulas are texts that a spreadsheet program would calculate or fetch.
var formulas = []string{"=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", `=HYPERLINK("http://127.0.0.1:1/","x")`, "=cmd|'/c calc'!A0", "'=1+1", "＝1+1", "of:=1+1"}

// sample has every kind of cell, and texts that are dangerous or awkward.
func sample() Book {
	return Book{
		Title: "Outcomes of the assessed & supported year", Subject: "How many NQSWs passed and failed, by what was recorded of them.",
		Cover:     []string{"Figures are rounded so that nobody can be recognised.", "=1+1 is not calculated."},
		Programme: "ASYE, child and family", Coverage: "England, cohort 2025-26", By: "Example Office for Social Work", Contact: "figures@example.org",
		Date: asye.MustDate("2026-11-25"), Keywords: []string{"ASYE", "outcomes"},
		Notes: []Note{{"Only years that were decided: passed or failed."}, {"Ethnic groups are those of the census of 2021."}},
		Sheets: []Sheet{
			{Name: "1_Gender", Title: "Table 1: Outcomes by gender, England, 2025-26 " + Ref(1), Source: "the registrations of this service",
				Intro:   []string{"Rates are of all whose year was decided."},
				Columns: []Column{{Head: "Gender"}, {"NQSWs", Figures}, {"Failed", Figures}, {"Rate (%)", Figures}, {"Difference from all (points)", Figures}},
				Rows: [][]Value{
					{Text("Women"), Whole(1470), Whole(15), Percent(0.010204, 1), Number(-0.2, 1)},
					{Text("Men"), Whole(370), Mark(Confidential), Mark(Confidential), Number(0.004, 1)},
					{Text("Another answer"), Mark(Low), Mark(Unreliable), Mark(NotAvailable), Mark(NotApplicable)},
				}},
			{Name: "2_Awkward", Title: "Table 2: Texts that programs could take for something else", Source: "a test", Columns: []Column{{Head: "Text"}, {Head: "Again"}}, Rows: awkward()},
			{Name: "3", Title: "Table 3: One row " + Ref(2), Source: "a test", Columns: []Column{{Head: "2026"}, {"People", Figures}}, Rows: [][]Value{{Text("All"), Whole(-1234567)}}},
		},
	}
}

func awkward() (rows [][]Value) {
	for _, text := range append(formulas, "0007", "1e5", "2026-11-25", "TRUE", "_x0041_ and _x000D_", "a <b> & \"c\"", "  two  spaces\nand a line  ", "bell \a and \ufffe", "Zoë 😀 שלום", "#REF!", "bad \xff byte") {
		rows = append(rows, []Value{Text(text), Text(text + text)})
	}
	return rows
}

type writer struct {
	name  string
	write func(Book, io.Writer) error
}

var writers = []writer{{"ods", Book.WriteODS}, {"xlsx", Book.WriteXLSX}}

func written(t testing.TB, w writer, b Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := w.write(b, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	for _, w := range writers {
		first := written(t, w, sample())
		for range 5 {
			if !bytes.Equal(first, written(t, w, sample())) {
				t.Errorf("%s: the same book gave other bytes", w.name)
			}
		}
	}
}

func TestAllThatIsWrongIsSaidAndNothingWritten(t *testing.T) {
	with := func(change func(*Book)) Book {
		b := sample()
		change(&b)
		return b
	}
	cell := func(v Value) Book { return with(func(b *Book) { b.Sheets[0].Rows[0][1] = v }) }
	for name, tt := range map[string]struct {
		book Book
		want []string
	}{
		"nothing":    {Book{}, []string{"no title", "no subject", "no programme", "no coverage", "no maker", "no contact", "no date", "no tables"}},
		"sheets":     {with(func(b *Book) { b.Sheets[1].Name, b.Sheets[2].Name = "1_gender", "a b" }), []string{"two worksheets have the name 1_gender", `"a b" cannot be the name`}},
		"reserved":   {with(func(b *Book) { b.Sheets[0].Name = "Notes" }), []string{"two worksheets have the name Notes"}},
		"long name":  {with(func(b *Book) { b.Sheets[0].Name = strings.Repeat("a", 32) }), []string{"cannot be the name"}},
		"no title":   {with(func(b *Book) { b.Sheets[0].Title, b.Sheets[0].Source = " ", "" }), []string{"1_Gender has no title", "1_Gender has no source"}},
		"blank line": {with(func(b *Book) { b.Cover[0], b.Sheets[0].Intro[0], b.Notes[0].Text = "", "", "" }), []string{"empty paragraph", "empty line above", "note 1 is empty"}},
		"heads":      {with(func(b *Book) { b.Sheets[0].Columns[1].Head, b.Sheets[0].Columns[2].Head = "", "gender " }), []string{"column 2 of worksheet 1_Gender has no heading", "two columns"}},
		"no rows":    {with(func(b *Book) { b.Sheets[0].Rows = nil }), []string{"5 columns and 0 rows"}},
		"short row":  {with(func(b *Book) { b.Sheets[0].Rows[1] = b.Sheets[0].Rows[1][:2] }), []string{"row 2 of worksheet 1_Gender has 2 cells for 5 columns"}},
		"no note":    {with(func(b *Book) { b.Sheets[0].Title = "As " + Ref(3) }), []string{"[note 3] is referred to, and there are 2 notes"}},
		"empty cell": {cell(Value{}), []string{"row 1 of worksheet 1_Gender, NQSWs: the cell is empty"}},
		"words":      {cell(Text("many")), []string{`"many" is no number`}},
		"NaN":        {cell(Number(math.NaN(), 1)), []string{"NaN is no number"}},
		"infinite":   {cell(Percent(math.Inf(-1), 1)), []string{"-Inf is no number"}},
		"decimals":   {cell(Number(1.5, 11)), []string{"11 decimals"}},
		"negative":   {cell(Number(15, -1)), []string{"-1 decimals"}},
		"symbol":     {cell(Mark("q")), []string{`there is no symbol "q"`}},
		"long cell":  {with(func(b *Book) { b.Sheets[0].Rows[0][0] = Text(strings.Repeat("😀", maxCell/2+1)) }), []string{"longer than the 32767 characters"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, w := range writers {
				var out bytes.Buffer
				err := w.write(tt.book, &out)
				if err == nil || out.Len() > 0 {
					t.Fatalf("%s: %d bytes, %v", w.name, out.Len(), err)
				}
				for _, want := range tt.want {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("%s: %v\nlacks %q", w.name, err, want)
					}
				}
			}
		})
	}
}

func TestValues(t *testing.T) {
	for _, tt := range []struct {
		value      Value
		kept, seen string
	}{
		{Whole(1234567), "1234567", "1,234,567"},
		{Whole(-999), "-999", "-999"},
		{Number(1234.56, 1), "1234.6", "1,234.6"},
		{Number(2.0/3, 3), "0.667", "0.667"},
		{Percent(2.0/3, 1), "0.667", "66.7%"},
		{Percent(1, 0), "1.00", "100%"},
		{Percent(12.5, 0), "12.50", "1,250%"},
		{Number(0.04, 1), "low", "[low]"},
		{Number(0.06, 1), "0.1", "0.1"},
		{Number(-0.04, 1), "low", "[low]"},
		{Percent(0.0004, 1), "low", "[low]"},
		{Percent(0.0006, 1), "0.001", "0.1%"},
		{Number(0, 2), "0", "0.00"},
		{Number(math.Copysign(0, -1), 0), "0", "0"},
		{Mark(Unreliable), "u", "[u]"},
		{Text(" a\tb \n c\u00a0"), "a b c", "a b c"},
		{Text("a\x00b\xff"), "a\ufffdb\ufffd", "a\ufffdb\ufffd"},
	} {
		if tt.value.text != tt.kept || tt.value.String() != tt.seen {
			t.Errorf("kept %q, shown %q; want %q, %q", tt.value.text, tt.value, tt.kept, tt.seen)
		}
	}
}

func TestContactsLead(t *testing.T) {
	for contact, want := range map[string]string{
		"figures@example.org": "mailto:figures@example.org", "https://example.org/figures": "https://example.org/figures",
		"Ask the office": "", "a@b.org?bcc=c@d.org": "", "javascript:alert(1)": "", "a@localhost": "", "@example.org": "", "file:///a@b.org": "", "https://a b": "",
	} {
		if got := target(contact); got != want {
			t.Errorf("%s leads to %q, want %q", contact, got, want)
		}
	}
}

// TestOnlyUsedSymbolsAreExplained: and a book without notes or symbols has no
// worksheet of notes.
func TestOnlyUsedSymbolsAreExplained(t *testing.T) {
	b := sample()
	b.Notes, b.Sheets = nil, b.Sheets[1:2]
	b.Sheets[0].Rows = [][]Value{{Text("c"), Text("low")}}
	if pages := b.pages(); len(pages) != 3 || strings.Contains(pages[2].lines[1].text, "Notes") {
		t.Errorf("%d worksheets: %v", len(pages), pages)
	}
	b.Sheets[0].Rows[0][1] = Mark(Low)
	pages := b.pages()
	if len(pages) != 4 || len(pages[2].table.rows) != 1 || pages[2].table.rows[0][0].String() != "[low]" {
		t.Errorf("%d worksheets: %v", len(pages), pages)
	}
}
