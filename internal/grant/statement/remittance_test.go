package statement_test

import (
	"fmt"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	. "example.org/asye/internal/grant/statement"
	"pgregory.net/rapid"
)

var day = asye.MustDate

func paid(id string, pence grant.Pence, on string) Statement {
	return Statement{ID: id, Reference: "CAF2627-301-" + id, State: Paid, Pence: pence, PaidOn: day(on)}
}

func TestGRA47_ReconcileHoldsWhatArrivedAgainstWhatWasPaid(t *testing.T) {
	all := []Statement{paid("1", 100000, "2026-10-01"), paid("2", 200000, "2026-10-25"), paid("3", 100000, "2026-11-20"), paid("4", 100000, "2026-08-01"),
		{ID: "5", State: Authorised, Pence: 300000}, {ID: "6", State: Open, Pence: 50000}, {ID: "7", State: Payable, Pence: 50000}}
	received := []Remittance{{ID: "a", Statement: "1", Pence: 60000}, {ID: "b", Statement: "1", Pence: 40000}, {ID: "c", Statement: "2", Pence: 199999},
		{ID: "d", Statement: "4", Pence: 100001}, {ID: "e", Pence: 500}, {ID: "f", Pence: 700, Note: "a refund of rates"}, {ID: "g", Statement: "6", Pence: 50000}}
	got, unexpected := Reconcile(all, received, day("2026-11-25"))
	want := []struct {
		standing    Standing
		outstanding grant.Pence
		days        int
	}{{Matched, 0, 0}, {Short, 1, 31}, {Waiting, 100000, 5}, {Over, -1, 0}, {Waiting, 300000, 0}}
	if len(got) != len(want) {
		t.Fatalf("%d statements are held against, and %d should be", len(got), len(want))
	}
	for i, w := range want {
		if r := got[i]; r.Standing != w.standing || r.Outstanding() != w.outstanding || r.Days != w.days {
			t.Errorf("statement %s: %s, %s outstanding for %d days; want %v", r.Statement.ID, r.Standing, r.Outstanding(), r.Days, w)
		}
	}
	if fmt.Sprint(ids(unexpected)) != "[e f g]" {
		t.Errorf("unexpected: %v", ids(unexpected))
	}
}

func ids(all []Remittance) (out []string) {
	for _, r := range all {
		out = append(out, r.ID)
	}
	return out
}

func TestGRA47_ReconcilePutsEverythingInOnePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Statement
		for i := range rapid.IntRange(0, 6).Draw(t, "statements") {
			all = append(all, Statement{ID: fmt.Sprint(i), State: rapid.SampledFrom([]State{Open, Payable, Authorised, Paid}).Draw(t, "state"),
				Pence: grant.Pence(rapid.IntRange(0, 500).Draw(t, "pence")), PaidOn: day("2026-11-01")})
		}
		var received []Remittance
		var sum grant.Pence
		for i := range rapid.IntRange(0, 12).Draw(t, "received") {
			r := Remittance{ID: fmt.Sprint(i), Pence: grant.Pence(rapid.IntRange(-300, 300).Draw(t, "amount")),
				Statement: rapid.SampledFrom([]string{"", "0", "1", "2", "3", "4", "5", "gone"}).Draw(t, "for")}
			received, sum = append(received, r), sum+r.Pence
		}
		held, unexpected := Reconcile(all, received, day("2026-11-25"))
		seen := map[string]int{}
		var placed grant.Pence
		for _, r := range held {
			if r.Arrived+r.Outstanding() != r.Statement.Pence {
				t.Fatalf("%+v does not add up", r)
			}
			for _, one := range r.Received {
				seen[one.ID]++
				placed += one.Pence
			}
		}
		for _, one := range unexpected {
			seen[one.ID]++
			placed += one.Pence
		}
		for _, r := range received {
			if seen[r.ID] != 1 {
				t.Fatalf("%+v is in %d places", r, seen[r.ID])
			}
		}
		if placed != sum {
			t.Fatalf("%s of %s are placed", placed, sum)
		}
		var owed, aged grant.Pence
		for _, r := range held {
			if r.Statement.State == Paid {
				owed += max(r.Outstanding(), 0)
			}
		}
		for _, a := range Aged(held) {
			aged += a.Pence
		}
		if owed != aged {
			t.Fatalf("%s of %s have an age", aged, owed)
		}
	})
}

func TestGRA47_AgedByDays(t *testing.T) {
	var all []Reconciled
	for _, days := range []int{0, 30, 31, 60, 61, 90, 91, 400} {
		all = append(all, Reconciled{Statement: Statement{State: Paid, Pence: 100}, Days: days})
	}
	all = append(all, Reconciled{Statement: Statement{State: Authorised, Pence: 100}}, Reconciled{Statement: Statement{State: Paid, Pence: 100}, Arrived: 150})
	for i, a := range Aged(all) {
		if a.Count != 2 || a.Pence != 200 {
			t.Errorf("%s (%d): %d of %s", a.Title, i, a.Count, a.Pence)
		}
	}
}

func TestGRA47_SuggestsByNameThenByAmount(t *testing.T) {
	held, _ := Reconcile([]Statement{paid("1", 100000, "2026-10-01"), paid("11", 200000, "2026-10-01"), paid("2", 300000, "2026-10-01"), paid("3", 300000, "2026-10-01")},
		nil, day("2026-11-25"))
	for _, c := range []struct {
		text  string
		pence grant.Pence
		want  string
	}{
		{"DFE caf2627 301 11 ASYE", 500, "11"},
		{"DFE CAF2627-301-1", 200000, "1"},
		{"DEPARTMENT FOR EDUCATION", 200000, "11"},
		{"DEPARTMENT FOR EDUCATION", 300000, ""}, // of two
		{"RATES", 123, ""},
		{"CAF2627-301-2 and CAF2627-301-3", 1, ""},
	} {
		if got := Suggest(Remittance{Text: c.text, Pence: c.pence}, held); got != c.want {
			t.Errorf("%q of %s: %q, want %q", c.text, c.pence, got, c.want)
		}
	}
}
