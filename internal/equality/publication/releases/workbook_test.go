package releases

import (
	"slices"
	"testing"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/workbook"
	"example.org/asye/internal/stat/disclosure"
)

func TestPUB7_WorkbooksHaveTheComparisonsOfThePage(t *testing.T) {
	row := func(name string, sort publication.Sort, failed, total int) publication.Row {
		return publication.Row{Key: name, Name: name, Sort: sort, Failed: publication.Figure{N: failed}, Total: publication.Figure{N: total}}
	}
	c := publication.Content{Method: disclosure.TenFive, Tables: []publication.Table{{Key: "gender", Name: "Gender",
		Rows: []publication.Row{row("Female", publication.Group, 50, 4265), row("Male", publication.Group, 15, 580), row(publication.All, publication.Whole, 70, 10300)}}}}
	s := sheet(c, c.Tables[0], 2)
	if n := len(s.Columns); n != 13 || s.Columns[10].Head != "Times as often as Female" {
		t.Fatalf("%d columns: %+v", n, s.Columns)
	}
	want := []workbook.Value{workbook.Number(1.4, 1), workbook.Number(0, 1), workbook.Number(3.6, 1), workbook.Number(2.21, 2), workbook.Number(0.97, 2), workbook.Number(4.44, 2)}
	if got := s.Rows[1][7:]; !slices.Equal(got, want) {
		t.Errorf("Male against Female: %+v, want %+v", got, want)
	}
	for _, i := range []int{0, 2} {
		if got := s.Rows[i][7]; got != workbook.Mark(workbook.NotApplicable) {
			t.Errorf("%+v is compared: %+v", s.Rows[i][0], got)
		}
	}
}
