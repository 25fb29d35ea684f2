package equality_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

var (
	ctx      = context.Background()
	national = tenant.SignedIn("nia", "nat", asye.National)
	analyst  = tenant.SignedIn("ana", "nat", asye.Analyst)
	cora     = tenant.SignedIn("cora", "la1", asye.Coordinator)
)

// stages finds the table of a stage.
func stageOf(t *testing.T, tables []equality.StageTable, key string) equality.StageTable {
	t.Helper()
	for _, one := range tables {
		if one.Stage.Key == key {
			return one
		}
	}
	t.Fatalf("there is no stage %s", key)
	return equality.StageTable{}
}

func TestStages(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		equalitytest.Build(t, d, func(w *equalitytest.World) {
			w.Employer("la1", asye.LocalAuthority, "London")
			for _, r := range []equalitytest.Record{
				{Sex: "female", Result: "passed"}, {Sex: "female", Result: "passed", Deferrals: 2}, {Sex: "female", Result: "withdrawn"},
				{Sex: "male", Result: "withdrawn", Concerns: "yes"}, {Sex: "male", Result: "failed", Deferrals: 1}, {Sex: "male"}, {Result: "passed"},
			} {
				r.Cohort, r.Employer = 2020, "la1"
				w.Add(r)
			}
			w.Add(equalitytest.Record{Cohort: 2019, Employer: "la1", Sex: "male", Result: "failed"})
		})
		s := equality.NewStore(d, registration.Stages()...)
		found, err := s.Stages(ctx, analyst, equality.Query{Cohorts: []asye.Cohort{2020}, By: []string{"gender"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []struct {
			key                string
			women, men, nobody int // of 3, 3 and 1
		}{
			{"deferred", 1, 1, 0}, {"extended", 0, 0, 0}, {"moved", 0, 0, 0}, {"passed", 2, 0, 1}, {"failed", 0, 1, 0},
			{"withdrawn", 1, 0, 0}, {"withdrawn-concerns", 0, 1, 0}, {"failed-or-concerns", 0, 2, 0},
		} {
			one := stageOf(t, found, want.key)
			g := one.Groups
			if len(g) != 3 || g[0].Group != "Female" || g[1].Group != "Male" || g[2].Group != equality.Unanswered || g[0].Of != 3 || g[1].Of != 3 || g[2].Of != 1 || one.All.Of != 7 {
				t.Fatalf("EQU-20 %s: %+v", want.key, one)
			}
			if g[0].Reached != want.women || g[1].Reached != want.men || g[2].Reached != want.nobody || one.All.Reached != want.women+want.men+want.nobody {
				t.Errorf("EQU-20 %s: %d women, %d men and %d others reached it, want %+v", want.key, g[0].Reached, g[1].Reached, g[2].Reached, want)
			}
		}
		if first, middle, third, reached := stageOf(t, found, "deferred").All.Days(); !reached || first != 0 || middle != 0 || third != 0 {
			t.Errorf("the first deferral came after %d, %d, %d days, %v", first, middle, third, reached)
		}
		if _, middle, _, _ := stageOf(t, found, "passed").All.Days(); middle != 365 {
			t.Errorf("a year took %d days", middle)
		}
		if _, err := s.Stages(ctx, cora, equality.Query{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("EQU-14: a coordinator got %v", err)
		}
	})
}

func TestEQU14_EmployerNames_TheNationalTeamAlone(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		equalitytest.Build(t, d, func(w *equalitytest.World) { w.Employer("la1", asye.LocalAuthority, "London") })
		s := equality.NewStore(d)
		if names, err := s.EmployerNames(ctx, national); err != nil || names["la1"] != "la1" {
			t.Errorf("%v %v", names, err)
		}
		for _, scope := range []tenant.Scope{analyst, cora, tenant.Nobody()} {
			if _, err := s.EmployerNames(ctx, scope); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%v got %v", scope.Role(), err)
			}
		}
	})
}
