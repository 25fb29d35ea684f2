package disclosure

import (
	"encoding/json"
	"strings"
	"testing"

	"example.org/asye/internal/stat/disclosure/cellkey"
	"example.org/asye/internal/stat/disclosure/lattice"
)

func TestPolicies(t *testing.T) {
	for _, c := range []struct {
		audience  Audience
		method    Method
		threshold int
		logged    bool
	}{{Casework, "", 0, false}, {Employer, "", 5, true}, {Public, "", 10, false}, {Public, HESA, 5, false}, {Public, CellKey, 0, false}, {Public, Exact, 10, false}} {
		p, err := For(c.audience, c.method)
		if err != nil || p.Threshold != c.threshold || p.Logged != c.logged {
			t.Errorf("%s %s: %+v, %v", c.audience, c.method, p, err)
		}
	}
	if p, _ := For(Public, ""); p.Method != TenFive {
		t.Error("the public's first method is not 10-5")
	}
	if _, err := For(Employer, HESA); err == nil {
		t.Error("employers have no HESA rounding")
	}
}

func TestRounding(t *testing.T) {
	for count, want := range map[int]int{0: 0, 1: 0, 2: 0, 3: 5, 7: 5, 8: 10, 12: 10, 13: 15, 1188: 1190, 1486: 1485} {
		if got := Nearest5(count); got != want {
			t.Errorf("%d is rounded to %d, not %d", count, got, want)
		}
	}
	for sum, want := range map[float64]int{2.49: 0, 2.5: 5, 7.5: 10, 12.49: 10} {
		if got := HalvesUp(sum); got != want {
			t.Errorf("%g is rounded to %d, not %d", sum, got, want)
		}
	}
	if MayShowPercent(22.4) || !MayShowPercent(22.5) || MayShowAverage(7) || !MayShowAverage(7.5) {
		t.Error("the sizes for percentages and averages are not HESA's")
	}
}

// TestKnowsIsWhatRoundingTells goes through every count: what is known of a
// figure is exactly the counts that lead to it.
func TestKnowsIsWhatRoundingTells(t *testing.T) {
	for _, method := range []Method{Exact, TenFive, HESA} {
		p, err := For(Public, method)
		if err != nil {
			t.Fatal(err)
		}
		reached := map[int][2]int{}
		for count := range 2000 {
			if method == TenFive && count > 0 && count < p.Threshold {
				continue
			}
			v := p.Value(count)
			if old, ok := reached[v]; ok {
				reached[v] = [2]int{old[0], count}
			} else {
				reached[v] = [2]int{count, count}
			}
		}
		for v, ends := range reached {
			if lo, hi := p.Knows(v); v < 1990 && (lo != ends[0] || hi != ends[1]) {
				t.Errorf("%s: %d is known to be %d to %d, and is %v", method, v, lo, hi, ends)
			}
		}
	}
}

func TestRatesFollowTheirCounts(t *testing.T) {
	p, _ := For(Public, TenFive)
	shown := func(v int) Figure { return Figure{Value: v} }
	for _, c := range []struct {
		events, people Figure
		want           float64
		ok             bool
	}{
		{shown(15), shown(470), 15.0 / 470, true}, {Figure{Hidden: true}, shown(175), 0, false}, {shown(10), Figure{Hidden: true}, 0, false},
		{shown(10), shown(20), 0, false}, {shown(0), shown(0), 0, false}, {shown(30), shown(25), 0, false},
	} {
		if got, ok := p.Rate(c.events, c.people); got != c.want || ok != c.ok {
			t.Errorf("%v of %v: %g %v, not %g %v", c.events, c.people, got, ok, c.want, c.ok)
		}
	}
}

// TestPublishedFigures is the figures that were published of gender and fails: 6
// men and 18 women. Under the rule of 10 and 5, 6 must go and take 18 along.
func TestPublishedFigures(t *testing.T) {
	p, _ := For(Public, "")
	tab := table(t, []int{6, 168, 18, 1468}, dim("gender", 2), dim("outcome", 2))
	tab.Outcome = &Outcome{Dim: 1, Adverse: []int{0}}
	r, err := Suppress(tab, p)
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.Audit(tab)
	if err != nil || !report.Safe || !r.Figures[0].Hidden {
		t.Errorf("%+v %v", report, err)
	}
	text, _ := json.Marshal(r)
	if !strings.Contains(string(text), "null") || strings.Contains(string(text), "1468") {
		t.Errorf("the release is written as %s", text)
	}
}

func TestGroupsOfWhichAllOrNone(t *testing.T) {
	p := Policy{Audience: Public, Method: Exact, Threshold: 5, Group: 10, Width: 5}
	// A group of 7 without a fail, one of 8 that all failed, one of 30 without one.
	tab := table(t, []int{0, 7, 8, 0, 0, 30}, dim("group", 3), dim("outcome", 2))
	tab.Outcome = &Outcome{Dim: 1, Adverse: []int{0}}
	got := Primary(tab, p)
	want := map[int]Reason{tab.Lattice.Index(0, 0): Nobody, tab.Lattice.Index(0, 1): Everyone, tab.Lattice.Index(1, 0): Everyone}
	if len(got) != len(want) {
		t.Fatalf("%v, not %v", got, want)
	}
	for cell, reason := range want {
		if got[cell] != reason {
			t.Errorf("%s is %q, not %q", tab.Lattice.Label(cell), got[cell], reason)
		}
	}
	r, err := Suppress(tab, p)
	if err != nil {
		t.Fatal(err)
	}
	if report, err := r.Audit(tab); err != nil || !report.Safe || !r.Figures[tab.Lattice.Index(0, 0)].Hidden {
		t.Errorf("%+v %v", report.Narrow(), err)
	}
}

func TestOneEmployerHoldsNearlyAll(t *testing.T) {
	holder := 0
	tab := table(t, []int{95, 20, 3, 20, 2, 20}, dim("employer", 3), dim("group", 2))
	tab.Holder = &holder
	got := Primary(tab, Policy{Share: 90})
	if len(got) != 1 || got[tab.Lattice.Index(3, 0)] != Dominant {
		t.Errorf("%v: only the sum of the first group is held by one", got)
	}
}

func TestBudget(t *testing.T) {
	b := Budget{Most: 2}
	first := Asked{cumulated(2), nil}
	turned := Asked{cumulated(2), nil}
	turned[0][0], turned[0][1] = turned[0][1], turned[0][0]
	other := Asked{nil, cumulated(3)}
	for i, c := range []struct {
		asked Asked
		ok    bool
	}{{first, true}, {turned, true}, {other, true}, {Asked{cumulated(1), cumulated(1)}, false}, {first, true}} {
		if err := b.Spend("analyst", c.asked); (err == nil) != c.ok {
			t.Errorf("question %d: %v", i, err)
		}
	}
	if b.Spend("another", other) != nil || len(b.Spent["analyst"]) != 2 {
		t.Error("each person has a budget, and the log has each question once")
	}
}

// TestIsolatingPairs finds two filters that differ by three people.
func TestIsolatingPairs(t *testing.T) {
	ledger := &Ledger{Dims: []lattice.Dim{dim("year", 3)}}
	tab, err := ledger.Table([]int{20, 30, 3}, Asked{cumulated(3)[1:]})
	if err != nil {
		t.Fatal(err)
	}
	if pairs := Isolating(tab, 5); len(pairs) != 1 || pairs[0].Between != 3 {
		t.Errorf("%+v", pairs)
	}
	if pairs := Isolating(tab, 3); len(pairs) != 0 {
		t.Errorf("three people are no fewer than three: %+v", pairs)
	}
}

func TestPerturb(t *testing.T) {
	tab := table(t, []int{0, 3, 50, 900}, dim("a", 2), dim("b", 2))
	r, err := Perturb(tab, []int{0, 300, 777, 12345}, cellkey.Standard())
	if err != nil || r.Figures[0].Value != 0 {
		t.Fatal(err, r.Figures)
	}
	for cell, f := range r.Figures {
		if d := f.Value - tab.Lattice.X[cell]; d < -3 || d > 3 || f.Value < 0 {
			t.Errorf("%s goes from %d to %d", tab.Lattice.Label(cell), tab.Lattice.X[cell], f.Value)
		}
	}
	if _, err := Perturb(tab, []int{1}, cellkey.Standard()); err == nil {
		t.Error("keys that do not fit pass")
	}
	if _, err := Suppress(tab, r.Policy); err == nil {
		t.Error("a table with noise is not made by suppression")
	}
}
