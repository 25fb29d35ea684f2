package sealed_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/files/sealed"
	"github.com/xuri/excelize/v2"
)

// What is encrypted opens with its password and not without, and amounts in it
// are numbers while everything else is text.
func TestSealed(t *testing.T) {
	rows := [][]string{{"=1+1", "1000.00"}, {"@Ann", "-0.5"}, {"-Bea", "=2+2"}, {"", "1e9"}}
	table := files.Table{Name: "Claim", Columns: []files.Column{{Name: "Name"}, {Name: "Amount", Amount: true}}, Rows: slices.Values(rows)}
	var out, plain bytes.Buffer
	if err := sealed.WriteXLSX(&out, "lusab-babad", table); err != nil {
		t.Fatal(err)
	}
	if sealed.WriteXLSX(&plain, "", table) == nil || plain.Len() > 0 {
		t.Error("a workbook without a password is written")
	}
	for _, wrong := range []string{"", "lusab-babab"} {
		if _, err := excelize.OpenReader(bytes.NewReader(out.Bytes()), excelize.Options{Password: wrong}); err == nil {
			t.Errorf("it opens with the password %q", wrong)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()), excelize.Options{Password: "lusab-babad"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.GetRows("Claim")
	if err != nil || len(got) != 5 || strings.Join(got[1], "|") != "=1+1|1000.00" || got[2][1] != "-0.50" || got[4][1] != "1e9" {
		t.Errorf("%q %v", got, err)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "B3": excelize.CellTypeUnset,
		"B4": excelize.CellTypeInlineString, "B5": excelize.CellTypeInlineString} {
		if kind, err := book.GetCellType("Claim", cell); err != nil || kind != want {
			t.Errorf("%s is of the type %v, %v", cell, kind, err)
		}
		if formula, _ := book.GetCellFormula("Claim", cell); formula != "" {
			t.Errorf("%s is a formula: %s", cell, formula)
		}
	}
}
