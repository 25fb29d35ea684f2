package equality_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/schema"
	"example.org/asye/internal/stat/small"
)

// many adds records of one employer.
func many(w *equalitytest.World, n int, r equalitytest.Record) {
	for range n {
		w.Add(r)
	}
}

func ownOf(t *testing.T, d *db.DB) equality.Own {
	t.Helper()
	o, err := equality.NewStore(d).Own(ctx, cora, "")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestEQU19_Own_NothingOfAnybodysAnswers(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		equalitytest.Build(t, d, func(w *equalitytest.World) {
			w.Employer("la1", asye.LocalAuthority, "London")
			many(w, 43, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", Sex: "female", EthnicGroup: "white"})
			many(w, 3, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "failed", Sex: "male", EthnicGroup: "black"})
			many(w, 17, equalitytest.Record{Cohort: 2021, Employer: "la1"})
			for _, other := range []string{"la2", "la3", "la4"} {
				w.Employer(other, asye.LocalAuthority, "London")
				many(w, 200, equalitytest.Record{Cohort: 2020, Employer: other, Result: "passed"})
				many(w, 4, equalitytest.Record{Cohort: 2020, Employer: other, Result: "failed"})
			}
		})
		o := ownOf(t, d)
		if o.Registrations != 63 || o.Passed != 43 || o.Failed != 3 || o.NoOutcome != 17 || o.CohortNames() != "2020-21 and 2021-22" {
			t.Errorf("%+v", o)
		}
		if o.Here.N != 46 || o.Here.X != 3 || o.Everywhere.Employers != nil || !strings.Contains(o.Place(), "3 of 46 failed here, 6.5 in every 100; of all employers together 2.3 in every 100.") {
			t.Errorf("%q, and the others: %v", o.Place(), o.Everywhere.Employers)
		}
		for _, m := range o.Makeup {
			if len(m.Outcomes) > 0 {
				t.Errorf("%s: how the years of 3 men ended is shown: %v", m.Characteristic.Key, m.Outcomes)
			}
			for _, g := range m.Groups {
				if !g.Hidden && (g.Value%5 != 0 || g.Value < 10 && g.Value > 0) {
					t.Errorf("%s, %s: %d", m.Characteristic.Key, g.Group, g.Value)
				}
			}
		}
		gender := o.Makeup[0]
		if hidden := slices.IndexFunc(gender.Groups, func(g equality.MakeupGroup) bool { return g.Group == "Male" && g.Hidden }); hidden < 0 && !gender.Withheld {
			t.Errorf("three men are shown: %+v", gender)
		}
	})
}

// TestEQU19_Own_EverybodyOfOneGroup: an employer that sees that all of its NQSWs
// are of one group, or none of another, knows everybody's answer.
func TestEQU19_Own_EverybodyOfOneGroup(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		many(w, 18, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", Sex: "female", EthnicGroup: "white", Disability: "no"})
		many(w, 14, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", Sex: "female", EthnicGroup: "white"})
	})
	for _, m := range ownOf(t, d).Makeup {
		for _, g := range m.Groups {
			if !g.Hidden && g.Value == 0 {
				t.Errorf("%s: it is shown that nobody is in %q, of 32: %+v", m.Characteristic.Key, g.Group, m.Groups)
			}
			if !g.Hidden && g.Value > 28 {
				t.Errorf("%s: it is shown that everybody is in %q", m.Characteristic.Key, g.Group)
			}
		}
	}
}

// TestEQU19_Own_OneMoreOutcome: whoever enters one outcome and looks again must
// not see which group's number has gone up by one.
func TestEQU19_Own_OneMoreOutcome(t *testing.T) {
	said := map[string]bool{}
	for _, failed := range []int{13, 14, 15, 16, 17} {
		d := dbtest.OpenSQLite(t, schema.All())
		equalitytest.Build(t, d, func(w *equalitytest.World) {
			w.Employer("la1", asye.LocalAuthority, "London")
			for _, sex := range []string{"female", "male", ""} {
				many(w, 60-failed, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", Sex: sex})
				many(w, failed, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "failed", Sex: sex})
			}
		})
		said[ownOf(t, d).Makeup[0].OutcomeText()] = true
	}
	if len(said) != 1 {
		t.Errorf("13 to 17 who failed are told apart: %v", said)
	}
}

// TestEQU19_Own_OthersAreNotWorkedOut: the rate of all less one's own is that of
// the others, and must not be that of few or of one.
func TestEQU19_Own_OthersAreNotWorkedOut(t *testing.T) {
	for others, failed := range map[int][2]int{1: {20, 0}, 3: {3, 0}, 2: {30, 1}, 4: {10, 10}} {
		d := dbtest.OpenSQLite(t, schema.All())
		equalitytest.Build(t, d, func(w *equalitytest.World) {
			w.Employer("la1", asye.LocalAuthority, "London")
			many(w, 43, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed"})
			many(w, 3, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "failed"})
			for i := range others {
				id := "other" + strconv.Itoa(i)
				w.Employer(id, asye.LocalAuthority, "London")
				many(w, 100, equalitytest.Record{Cohort: 2020, Employer: id, Result: "passed"})
				many(w, failed[min(i, 1)], equalitytest.Record{Cohort: 2020, Employer: id, Result: "failed"})
			}
		})
		o := ownOf(t, d)
		if shown := o.Everywhere != nil; shown != (others == 4) {
			t.Errorf("%d others, of whom %v failed: shown is %v, %s", others, failed, shown, o.Place())
		}
	}
}

func TestEQU19_Own_FewPeopleAreWithheld(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		many(w, 9, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", Sex: "female"})
	})
	o := ownOf(t, d)
	if !o.Makeup[0].Withheld || len(o.Makeup[0].Groups) > 0 {
		t.Errorf("nine people: %+v", o.Makeup[0])
	}
	if got := o.Place(); got != "There are too few others to compare with, or nearly all of them are of one employer." {
		t.Error(got)
	}
}

func TestEQU19_Own_ManyPeopleAreCompared(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for _, sex := range []string{"female", "male", ""} {
			many(w, 40, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", Sex: sex})
			many(w, 10, equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "failed", Sex: sex})
		}
	})
	o := ownOf(t, d)
	if got := o.Makeup[0].OutcomeText(); !strings.Contains(got, "Male: 10 of 50 failed, 20.0 in every 100") {
		t.Error(got)
	}
	if _, err := equality.NewStore(d).Own(ctx, national, ""); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the national team has no employer of its own: %v", err)
	}
}

func TestEQU26_ASmallEmployerWithoutFailsLiesAboveNothing(t *testing.T) {
	report, err := small.Rates([]small.Count{{Name: "one", X: 0, N: 1}, {Name: "many", X: 14, N: 1000}, {Name: "unlucky", X: 1, N: 1}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range report.Employers {
		if above := equality.Above(e, "0.975"); above != (e.X > 0 && e.N == 1) || equality.Below(e, "0.025") {
			t.Errorf("EQU-26: %d of %d is above %v, the line is at %v", e.X, e.N, above, e.Limits["0.975"])
		}
		o := equality.Own{Failed: int(e.X), Here: e, Everywhere: report}
		if text := o.Place(); strings.Contains(text, "above the line") != (e.X > 0 && e.N == 1) {
			t.Errorf("EQU-19: %s", text)
		}
	}
}
