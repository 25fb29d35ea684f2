package upload_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/schema"
)

// Each row says how it differs from a good one; want is "" for a row that goes
// ahead, or else "column: part of the sentence".
func TestCells(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	tests := []struct {
		name  string
		edits []string
		want  string
	}{
		{"good", nil, ""},
		{"no first name", []string{"given_name", " "}, "given_name: The cell is empty"},
		{"spaces", []string{"given_name", "  Amara   Jane "}, ""},
		{"no e-mail", []string{"email", ""}, ""},
		{"bad e-mail", []string{"email", "amara at example"}, "email: correct form"},
		{"number without SW", []string{"regulator_number", "1234"}, ""},
		{"number with decimals", []string{"regulator_number", "1234.0"}, ""},
		{"number shortened", []string{"regulator_number", "1.2E+05"}, "regulator_number: shortened by the spreadsheet program"},
		{"number of seven figures", []string{"regulator_number", "SW1234567"}, "regulator_number: not a Social Work England number"},
		{"no number", []string{"regulator_number", ""}, "regulator_number: The cell is empty"},
		{"date in words", []string{"date_of_birth", "27th March 1999"}, ""},
		{"date with dots", []string{"date_of_birth", "27.03.1999"}, ""},
		{"date of two figures", []string{"date_of_birth", "27/03/99"}, "date_of_birth: year of two digits"},
		{"no such day", []string{"date_of_birth", "31/02/1999"}, "date_of_birth: not a day on the calendar"},
		{"date as a number", []string{"date_of_birth", "36246"}, "date_of_birth: spreadsheet's own number"},
		{"month first", []string{"date_of_birth", "03/27/1999"}, "date_of_birth: month before the day"},
		{"too young", []string{"date_of_birth", "27/03/2015"}, "date_of_birth: younger than 18"},
		{"long text for a date", []string{"date_of_birth", strings.Repeat("x", 200)}, "date_of_birth: not a date"},
		{"qualification by key", []string{"qualification", "pgdip"}, ""},
		{"qualification by label, other case", []string{"qualification", "postgraduate DIPLOMA"}, ""},
		{"qualification not listed", []string{"qualification", "PhD"}, "qualification: not on the list"},
		{"year with decimals", []string{"qualified_year", "2026.0"}, ""},
		{"year short", []string{"qualified_year", "26"}, "qualified_year: not a year"},
		{"year to come", []string{"qualified_year", "2027"}, "qualified_year: from 1960 to 2026"},
		{"other route without words", []string{"entry_route", "Other"}, "entry_route_other: which route"},
		{"other route", []string{"entry_route", "Other", "entry_route_other", "Abroad"}, ""},
		{"programme by key", []string{"programme", "child-and-family"}, ""},
		{"programme unknown", []string{"programme", "Teaching"}, "programme: not on the list"},
		{"start too far off", []string{"starts_on", "1 April 2027"}, "starts_on: no rules for a start"},
		{"hours with decimals", []string{"hours", "22.5"}, ""},
		{"hours with a comma", []string{"hours", "22,5"}, ""},
		{"hours from arithmetic", []string{"hours", "22.200000000000003"}, ""},
		{"hours in words", []string{"hours", "full time"}, "hours: not a number of hours"},
		{"more than full time", []string{"hours", "40"}, "hours: more than the full-time hours"},
		{"no hours", []string{"hours", ""}, "hours: The cell is empty"},
		{"assessor without a name", []string{"assessor_name", ""}, "assessor_name: assessor's name"},
		{"yes as y", []string{"eligibility_registered", "Y"}, ""},
		{"yes as TRUE", []string{"eligibility_registered", "TRUE"}, ""},
		{"perhaps", []string{"eligibility_agency", "perhaps"}, "eligibility_agency: neither yes nor no"},
		{"not registered", []string{"eligibility_registered", "No"}, "eligibility_registered: registered with Social Work England"},
		{"other sector", []string{"eligibility_sector", "n"}, "eligibility_sector: child and family"},
		{"agency not answered", []string{"eligibility_agency", ""}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan, err := h.Check(ctx, ours, h.sheet(t, person(1, tt.edits...)))
			if err != nil {
				t.Fatal(err)
			}
			checkFinding(t, plan.Problems(), tt.want)
		})
	}
}

func checkFinding(t *testing.T, found []upload.Finding, want string) {
	t.Helper()
	if want == "" {
		if len(found) > 0 {
			t.Errorf("findings = %+v, want none", found)
		}
		return
	}
	key, text, _ := strings.Cut(want, ": ")
	if len(found) != 1 {
		t.Fatalf("findings = %+v, want one", found)
	}
	f := found[0]
	if f.Key != key || !strings.Contains(f.Reason+". "+f.Mend, text) || f.Row != 2 || f.Mend == "" || f.Column == "" {
		t.Errorf("finding = %+v, want row 2, a column, a mend and %q", f, want)
	}
}

func TestWarnings(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	h.bring(t, person(1))
	tests := []struct {
		name  string
		edits []string
		want  string // part of a warning; "" for none
	}{
		{"nothing unusual", nil, ""},
		{"no e-mail", []string{"email", ""}, "cannot be invited"},
		{"qualified long ago", []string{"qualified_year", "2019"}, "Registered as unfunded"},
		{"funded before", []string{"eligibility_already_funded", "Yes"}, "Registered as unfunded"},
		{"not answered", []string{"eligibility_already_funded", ""}, "Registered as unfunded"},
		{"agency", []string{"eligibility_agency", "Yes"}, "agency"},
		{"just half of full time", []string{"hours", "18.5"}, "longer than the usual 12 months"},
		{"under half of full time", []string{"hours", "18.4"}, "less than 50% of full time"},
		{"earlier cohort", []string{"starts_on", "31 March 2026"}, "cohort of 2025-26"},
		{"this cohort", []string{"starts_on", "1 April 2026"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan, err := h.Check(ctx, ours, h.sheet(t, person(2, tt.edits...)))
			if err != nil {
				t.Fatal(err)
			}
			if counts(plan) != [4]int{1, 0, 0, 0} {
				t.Fatalf("a warning stopped the row: %+v", plan.Problems())
			}
			checkWarning(t, plan, tt.want)
		})
	}
	t.Run("on record elsewhere", func(t *testing.T) {
		plan, err := h.Check(ctx, them, h.sheet(t, person(1, "email", "another@example.org")))
		if err != nil {
			t.Fatal(err)
		}
		checkWarning(t, plan, "another employer")
	})
}

func checkWarning(t *testing.T, plan upload.Plan, want string) {
	t.Helper()
	all := plan.AllWarnings()
	if want == "" && len(all) > 0 {
		t.Errorf("warnings = %+v, want none", all)
	}
	for _, f := range all {
		if strings.Contains(f.Reason, want) {
			return
		}
	}
	if want != "" {
		t.Errorf("warnings = %+v, want one with %q", all, want)
	}
}

func TestMonthFirst(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	plan, err := h.Check(ctx, ours, h.sheet(t,
		person(1, "date_of_birth", "04/03/1999"), person(2, "date_of_birth", "03/27/1999"),
		person(3, "date_of_birth", "3 April 1999"), person(4, "date_of_birth", "05/05/1999"),
		person(5, "added_to_register_on", "01/09/2026")))
	if err != nil {
		t.Fatal(err)
	}
	if counts(plan) != [4]int{3, 0, 0, 2} {
		t.Fatalf("counts = %v: %+v", counts(plan), plan.Problems())
	}
	first := plan.Line(2).Problems[0]
	if first.Key != "date_of_birth" || !strings.Contains(first.Reason, "row 3") || !strings.Contains(first.Reason, "two ways") {
		t.Errorf("the date that can be read in two ways: %+v", first)
	}
}

func TestTwiceInTheFile(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	plan, err := h.Check(ctx, ours, h.sheet(t, person(1), person(2, "regulator_number", "1001"),
		person(3, "email", "AMARA1@example.org")))
	if err != nil {
		t.Fatal(err)
	}
	if counts(plan) != [4]int{1, 0, 0, 2} {
		t.Fatalf("counts = %v", counts(plan))
	}
	for row, key := range map[int]string{3: "regulator_number", 4: "email"} {
		if f := plan.Line(row).Problems[0]; f.Key != key || !strings.Contains(f.Reason, "Row 2 has the same") {
			t.Errorf("row %d: %+v", row, f)
		}
	}
}

func TestHeaders(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	good := string(h.csv(person(1)))
	tests := []struct {
		name     string
		from, to string
		refused  string // part of the sentence
		warning  string
	}{
		{"as it is", "", "", "", ""},
		{"capitals and punctuation", "First name,", "FIRST_NAME?,", "", ""},
		{"another name for it", "Social Work England number", "SWE Number", "", ""},
		{"optional column missing", ",Team,", ",Remarks,", "", `"Remarks" (P)`},
		{"required column missing", "Start date", "When", "This column is missing from the file: Start date", ""},
		{"two required columns missing", "First name,Middle names,Last name", "A,B,C", "These columns are missing from the file: First name, Last name", ""},
		{"the same column twice", "Middle names", "Forename", "Columns A and B are both", ""},
		{"equality answers", ",Team,", ",Ethnic group,", "", "neither read nor kept"},
		{"empty header", ",Team,", ",,", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := good
			if tt.from != "" {
				text = strings.Replace(good, tt.from, tt.to, 1)
			}
			if tt.from != "" && text == good {
				t.Fatal("nothing was replaced")
			}
			plan, err := h.Check(ctx, ours, h.read(t, []byte(text)))
			if tt.refused != "" {
				if got := fault.ProblemsOf(err).For("file"); !strings.Contains(got, tt.refused) {
					t.Errorf("err = %v, want %q", err, tt.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if counts(plan) != [4]int{1, 0, 0, 0} {
				t.Errorf("counts = %v: %+v", counts(plan), plan.Problems())
			}
			checkWarning(t, plan, tt.warning)
		})
	}
}

func TestRemarksBelowTheList(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	text := string(h.csv(person(1))) + "End of list" + strings.Repeat(",", 20) + "\r\nZoe" + strings.Repeat(",", 20) + "\r\n"
	plan, err := h.Check(ctx, ours, h.read(t, []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	if counts(plan) != [4]int{1, 0, 0, 1} || plan.Line(3) != nil || plan.Line(4) == nil {
		t.Errorf("plan = %+v", plan)
	}
	checkWarning(t, plan, "remark below the list")
}

func TestNobodyInTheFile(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	_, err := h.Check(ctx, ours, h.sheet(t))
	if !strings.Contains(fault.ProblemsOf(err).For("file"), "no NQSWs below the header") {
		t.Errorf("err = %v", err)
	}
}

func TestFormula(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	sheet := h.sheet(t, person(1))
	for i, name := range sheet.Header {
		if name == "Contracted hours a week" {
			sheet.Rows[0].Cells[i] = files.Cell{Text: "37", Formula: true}
		}
	}
	plan, err := h.Check(ctx, ours, sheet)
	if err != nil {
		t.Fatal(err)
	}
	checkFinding(t, plan.Problems(), "hours: contains a formula. Copy the column and paste it back as values")
}
