package workbook_test

import (
	"bytes"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/workbook"
)

// A book with one table, written in both formats.
func Example() {
	book := workbook.Book{
		Title: "Outcomes by deferrals", Subject: "How many NQSWs failed, by the number of their deferrals.",
		Programme: "ASYE, child and family", Coverage: "England, cohort 2025-26", By: "The national team", Contact: "figures@example.org",
		Date: asye.MustDate("2026-11-25"), Notes: []workbook.Note{{Text: "Of those whose year was decided."}},
		Sheets: []workbook.Sheet{{Name: "1_Deferrals", Title: "Table 1: Fails by deferrals, England, 2025-26", Source: "registrations",
			Columns: []workbook.Column{{Head: "Deferrals"}, {Head: "NQSWs", Kind: workbook.Figures}, {Head: "Failed (%) " + workbook.Ref(1), Kind: workbook.Figures}},
			Rows: [][]workbook.Value{
				{workbook.Text("None"), workbook.Whole(1110), workbook.Percent(0.009, 1)},
				{workbook.Text("Two or more"), workbook.Whole(140), workbook.Mark(workbook.Confidential)},
			}}},
	}
	var ods, xlsx bytes.Buffer
	fmt.Println(book.WriteODS(&ods), book.WriteXLSX(&xlsx))
	book.Sheets[0].Rows[1][2] = workbook.Value{}
	fmt.Println(book.WriteODS(&ods))
	// Output:
	// <nil> <nil>
	// workbook: row 2 of worksheet 1_Deferrals, Failed (%) [note 1]: the cell is empty: say why with a symbol, such as NotAvailable
}
