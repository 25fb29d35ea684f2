package equality_test

import (
	"fmt"
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
	"example.org/asye/internal/platform/tenant"
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
		for _, one := range o.Tables {
			if slices.Contains([]string{"gender", "ethnicity", "ethnic_group", "ethnic_background", "disability"}, one.Characteristic.Key) {
				t.Errorf("an employer is shown its people by %s", one.Characteristic.Key)
			}
			if all := one.All(); all.Failed != 3 || all.Total() != 46 {
				t.Errorf("%s counts %+v", one.Characteristic.Key, all)
			}
		}
	})
}

// TestEQU19_Own_NoAnswerChangesAnything: whatever NQSWs say of themselves, and
// whether they say it before or after an employer looks, its figures are the same.
func TestEQU19_Own_NoAnswerChangesAnything(t *testing.T) {
	said := map[string]bool{}
	for _, r := range []equalitytest.Record{{}, {Sex: "female", EthnicGroup: "black", Disability: "yes"}, {Sex: "male", EthnicGroup: "white", Disability: "no"}} {
		d := dbtest.OpenSQLite(t, schema.All())
		equalitytest.Build(t, d, func(w *equalitytest.World) {
			w.Employer("la1", asye.LocalAuthority, "London")
			r.Cohort, r.Employer, r.Result = 2020, "la1", "passed"
			many(w, 30, r)
		})
		said[fmt.Sprintf("%+v", ownOf(t, d).Tables[0].Groups)] = true
	}
	if len(said) != 1 {
		t.Errorf("three different things are shown: %v", said)
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

func TestEQU19_Own_OfWhoAnswersForAnEmployer(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	for _, scope := range []tenant.Scope{national, analyst, tenant.Nobody()} {
		if _, err := equality.NewStore(d).Own(ctx, scope, ""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s has no employer of its own: %v", scope.Role(), err)
		}
	}
	if _, err := equality.NewStore(d).Own(ctx, tenant.SignedIn("dir", "la1", asye.Director), ""); err != nil {
		t.Error("a director of an employer:", err)
	}
}
