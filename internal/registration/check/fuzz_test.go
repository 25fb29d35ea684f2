package check_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns/columnstest"
)

// Every row of any sheet is judged, and what is wrong with it is said of it.
func FuzzJudge(f *testing.F) {
	rules := check.Rules{Columns: columnstest.List(f), Catalogue: columnstest.Catalogue(f), FewHours: 20, Today: asye.MustDate("2026-11-25")}
	f.Add("Amara", "SW1000", "27/03/1999", "2026-09-01", "37", "Yes")
	f.Add("=1", "98ABC", "31/02/1999", "1/9/26", "40", "perhaps")
	f.Add("", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, name, number, born, starts, hours, answer string) {
		person := columnstest.Person(1, "given_name", name, "regulator_number", number, "date_of_birth", born, "starts_on", starts, "hours", hours, "eligibility_agency", answer)
		for _, text := range person {
			if len(text) > 5000 {
				return
			}
		}
		plan, err := rules.Judge(columnstest.Sheet(t, person, columnstest.Person(2)), check.Known{})
		if err != nil {
			t.Fatal(err)
		}
		if n := plan.Count(check.New) + plan.Count(check.Wrong); n+len(plan.Warnings) < 2 {
			t.Fatalf("%d rows are judged of two: %+v", n, plan)
		}
		for _, p := range plan.Problems() {
			if p.Row < 2 || p.Sentence() == "" {
				t.Fatalf("%+v", p)
			}
		}
	})
}
