package check_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns/columnstest"
)

var person, sheet = columnstest.Person, columnstest.Sheet

func rules(t *testing.T) check.Rules {
	return check.Rules{Columns: columnstest.List(t), Catalogue: columnstest.Catalogue(t), FewHours: 50, Today: asye.MustDate("2026-11-22")}
}

// judge judges a sheet of people of whom nothing is recorded.
func judge(t *testing.T, s *files.Sheet) check.Plan {
	t.Helper()
	plan, err := rules(t).Judge(s, check.Known{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// counts are the rows of a plan: new, changed, same, wrong.
func counts(p check.Plan) [4]int {
	return [4]int{p.Count(check.New), p.Count(check.Changed), p.Count(check.Same), p.Count(check.Wrong)}
}

// Each row says how it differs from a good one; want is "" for a row that goes
// ahead, or else "column: part of the sentence".
func TestCells(t *testing.T) {
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
			plan := judge(t, sheet(t, person(1, tt.edits...)))
			checkFinding(t, plan.Problems(), tt.want)
		})
	}
}

func checkFinding(t *testing.T, found []check.Finding, want string) {
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

// REG-60: a warning never stops a row.
func TestREG60_WarningsStopNothing(t *testing.T) {
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
			plan := judge(t, sheet(t, person(2, tt.edits...)))
			if counts(plan) != [4]int{1, 0, 0, 0} {
				t.Fatalf("a warning stopped the row: %+v", plan.Problems())
			}
			checkWarning(t, plan, tt.want)
		})
	}
	t.Run("on record elsewhere", func(t *testing.T) {
		plan, err := rules(t).Judge(sheet(t, person(1)), check.Known{Elsewhere: map[registration.Number]bool{"SW1001": true}})
		if err != nil {
			t.Fatal(err)
		}
		checkWarning(t, plan, "another employer")
	})
}

func checkWarning(t *testing.T, plan check.Plan, want string) {
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

func TestREG64_MonthFirst(t *testing.T) {
	plan := judge(t, sheet(t,
		person(1, "date_of_birth", "04/03/1999"), person(2, "date_of_birth", "03/27/1999"),
		person(3, "date_of_birth", "3 April 1999"), person(4, "date_of_birth", "05/05/1999"),
		person(5, "added_to_register_on", "01/09/2026")))
	if counts(plan) != [4]int{3, 0, 0, 2} {
		t.Fatalf("counts = %v: %+v", counts(plan), plan.Problems())
	}
	first := plan.Line(2).Problems[0]
	if first.Key != "date_of_birth" || !strings.Contains(first.Reason, "row 3") || !strings.Contains(first.Reason, "two ways") {
		t.Errorf("the date that can be read in two ways: %+v", first)
	}
}

func TestREG68_WhoseRowItIs(t *testing.T) {
	theirs := check.Known{Addresses: map[string]asye.PersonID{"amara4@example.org": "somebody else"}}
	plan, err := rules(t).Judge(sheet(t, person(1), person(2, "regulator_number", "1001"),
		person(3, "email", "AMARA1@example.org"), person(4)), theirs)
	if err != nil {
		t.Fatal(err)
	}
	if counts(plan) != [4]int{1, 0, 0, 3} {
		t.Fatalf("counts = %v", counts(plan))
	}
	for row, want := range map[int]check.Finding{3: {Key: "regulator_number", Reason: "Row 2 has the same"},
		4: {Key: "email", Reason: "Row 2 has the same"}, 5: {Key: "email", Reason: "Another person already uses"}} {
		if f := plan.Line(row).Problems[0]; f.Key != want.Key || !strings.Contains(f.Reason, want.Reason) {
			t.Errorf("row %d: %+v", row, f)
		}
	}
}

func TestHeaders(t *testing.T) {
	good := string(columnstest.CSV(t, person(1)))
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
			plan, err := rules(t).Judge(columnstest.Read(t, []byte(text)), check.Known{})
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
	text := string(columnstest.CSV(t, person(1))) + "End of list" + strings.Repeat(",", 20) + "\r\nZoe" + strings.Repeat(",", 20) + "\r\n"
	plan := judge(t, columnstest.Read(t, []byte(text)))
	if counts(plan) != [4]int{1, 0, 0, 1} || plan.Line(3) != nil || plan.Line(4) == nil {
		t.Errorf("plan = %+v", plan)
	}
	checkWarning(t, plan, "remark below the list")
}

func TestREG65_Formula(t *testing.T) {
	sheet := sheet(t, person(1))
	for i, name := range sheet.Header {
		if name == "Contracted hours a week" {
			sheet.Rows[0].Cells[i] = files.Cell{Text: "37", Formula: true}
		}
	}
	plan := judge(t, sheet)
	checkFinding(t, plan.Problems(), "hours: contains a formula. Copy the column and paste it back as values")
}

// What people really send, from its bytes to the plan.
func TestFiles(t *testing.T) {
	marked := string(columnstest.CSV(t, person(1, "given_name", "Zoë", "family_name", "O’Brien")))
	bare := strings.TrimPrefix(marked, "\ufeff")
	windows := strings.NewReplacer("ë", "\xeb", "’", "\x92").Replace(bare)
	for name, data := range map[string]string{
		"UTF-8 with a mark":    marked,
		"UTF-8 without":        bare,
		"UTF-16":               utf16LE(bare),
		"Windows-1252":         windows,
		"semicolons":           strings.ReplaceAll(bare, ",", ";"),
		"tabs":                 strings.ReplaceAll(bare, ",", "\t"),
		"ends of line of Unix": strings.ReplaceAll(bare, "\r\n", "\n"),
		"a title above":        "Newly qualified social workers 2026\r\n\r\n" + bare,
		"empty rows below":     bare + strings.Repeat(strings.Repeat(",", 20)+"\r\n", 50),
		"a column of errors":   strings.Replace(bare, "\r\n", ",Errors\r\n", 1),
	} {
		t.Run(name, func(t *testing.T) {
			sheet := columnstest.Read(t, []byte(data))
			plan := judge(t, sheet)
			if counts(plan) != [4]int{1, 0, 0, 0} || plan.Lines[0].Name != "Zoë O’Brien" || len(plan.AllWarnings()) > 0 {
				t.Errorf("plan = %+v", plan)
			}
		})
	}
}

func utf16LE(text string) string {
	var out bytes.Buffer
	binary.Write(&out, binary.LittleEndian, utf16.Encode([]rune("\ufeff"+text)))
	return out.String()
}
