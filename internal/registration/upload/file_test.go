package upload_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/schema"
)

func TestWorkbook(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	p := person(1, "regulator_number", "#1001", "date_of_birth", "#36246", "starts_on", "1 Sept 2026", "hours", "#22.2",
		"qualified_year", "#2026", "full_time_hours", "=37", "eligibility_agency", "#0")
	plan, err := h.Check(ctx, ours, h.read(t, columnstest.XLSX(t, p)))
	must(t, err)
	keys := map[string]string{}
	for _, f := range plan.Problems() {
		keys[f.Key] = f.Reason
	}
	// The date of birth is a number without the format of a date.
	if len(keys) != 2 || !strings.Contains(keys["full_time_hours"], "formula") || !strings.Contains(keys["date_of_birth"], "own number for a date") {
		t.Errorf("problems = %v", keys)
	}
	if plan.Lines[0].Number != "SW1001" {
		t.Errorf("number = %q", plan.Lines[0].Number)
	}
	t.Run("real dates", func(t *testing.T) {
		p["date_of_birth"], p["full_time_hours"], p["starts_on"] = "d36246", "#37", "d46266"
		u, err := h.Stage(ctx, ours, h.read(t, columnstest.XLSX(t, p)))
		must(t, err)
		if counts(u.Plan) != [4]int{1, 0, 0, 0} {
			t.Fatalf("plan = %+v", u.Plan.Problems())
		}
		h.confirm(t, u)
		if h.Count(t, `enrolments e join nqsws n on n.person_id = e.person_id where e.starts_on = '2026-09-01' and n.date_of_birth = '1999-03-27'`) != 1 {
			t.Error("the dates of the workbook were not kept")
		}
	})
}

func TestRefusedFiles(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	for name, data := range map[string]string{
		"a web page named .csv": "<html><table><tr><td>First name</td></tr></table></html>",
		"empty":                 "",
		"a PDF":                 "%PDF-1.7 and so on",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.ReadSheet("cohort.csv", strings.NewReader(data), int64(len(data)))
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("err = %v, want a refusal", err)
			}
		})
	}
}

func TestNobodyInTheFile(t *testing.T) {
	h := newHouse(t, dbtest.OpenSQLite(t, schema.All()))
	_, err := h.Check(ctx, ours, columnstest.Sheet(t))
	if !strings.Contains(fault.ProblemsOf(err).For("file"), "no NQSWs below the header") {
		t.Errorf("err = %v", err)
	}
}
