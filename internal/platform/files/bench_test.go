package files

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const (
	benchRows    = 10_000
	benchColumns = 30
)

func benchHeader() []string {
	header := make([]string, benchColumns)
	for i := range header {
		header[i] = fmt.Sprintf("Column %d", i+1)
	}
	return header
}

func benchRowsOf() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		row := make([]string, benchColumns)
		for i := range benchRows {
			for j := range row {
				row[j] = fmt.Sprintf("Text %d of row %d", j, i)
			}
			if !yield(row) {
				return
			}
		}
	}
}

func benchRead(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		sheet, err := Read("bench", bytes.NewReader(data), int64(len(data)), Limits{Bytes: 64 << 20})
		if err != nil || len(sheet.Rows) != benchRows {
			b.Fatalf("%v", err)
		}
	}
}

func BenchmarkRead10000x30CSV(b *testing.B) {
	var out bytes.Buffer
	if err := WriteCSV(&out, benchHeader(), benchRowsOf()); err != nil {
		b.Fatal(err)
	}
	benchRead(b, out.Bytes())
}

func BenchmarkRead10000x30XLSX(b *testing.B) {
	b.Run("ours", func(b *testing.B) {
		var out bytes.Buffer
		if err := WriteXLSX(&out, Table{Columns: named(benchHeader()), Rows: benchRowsOf()}); err != nil {
			b.Fatal(err)
		}
		benchRead(b, out.Bytes())
	})
	b.Run("shared strings", func(b *testing.B) {
		f := excelize.NewFile()
		f.SetSheetRow("Sheet1", "A1", new(benchHeader()))
		number := 1
		for row := range benchRowsOf() {
			number++
			f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", number), &row)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		benchRead(b, out.Bytes())
	})
}

func BenchmarkWrite10000x30(b *testing.B) {
	b.Run("CSV", func(b *testing.B) {
		for b.Loop() {
			WriteCSV(io.Discard, benchHeader(), benchRowsOf())
		}
	})
	b.Run("XLSX", func(b *testing.B) {
		for b.Loop() {
			WriteXLSX(io.Discard, Table{Columns: named(benchHeader()), Rows: benchRowsOf()})
		}
	})
}

// BenchmarkRefuseBomb refuses the files that are built to cost the most: each
// must take well under a second.
func BenchmarkRefuseBomb(b *testing.B) {
	var million, unique strings.Builder
	for i := range 1_000_000 {
		fmt.Fprintf(&million, `<row r="%d"/>`, i+1)
	}
	for i := range 2_000_000 {
		fmt.Fprintf(&unique, `<si><t>%d</t></si>`, i*7919)
	}
	wide := "<row>" + strings.Repeat(`<c s="1"/>`, 5_000_000) + "</row>" + inline("a")
	sheets := make([]string, 200)
	for i := range sheets {
		sheets[i] = strings.Repeat("<row/>", 40_000)
	}
	big := DefaultLimits()
	big.Ratio = 2000
	empties := slices.Repeat([]byte(",,,,\n"), 1_000_000)
	for name, data := range map[string][]byte{
		"zip bomb":           with(piece(sheet1, strings.Repeat(" ", 60<<20))),
		"million empty rows": sheetOf(million.String()),
		"shared strings":     book{Sheets: []string{inline("a")}, Shared: unique.String()}.Bytes(),
		"other elements":     with(piece(sheet1, "<worksheet>"+strings.Repeat("<a/>", 15<<20))),
		"many worksheets":    book{Sheets: sheets}.Bytes(),
		"millions of cells":  sheetOf(wide),
		"white space":        with(piece(sheet1, "<worksheet>"+strings.Repeat(" ", 60<<20))),
		"brackets":           with(piece(sheet1, "<worksheet>"+strings.Repeat("<!-->-->", 7<<20))),
		"many parts":         zipped(manyParts(60_000)...),
		"empty rows in CSV":  empties,
		"quotation mark":     []byte("a,\"" + strings.Repeat("\"\"", 5_000_000)),
		"JSON":               []byte("[" + strings.Repeat("[],", 3_000_000) + "[]]"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read("bomb", bytes.NewReader(data), int64(len(data)), big)
			}
		})
	}
}
