package firth

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
)

// Splitting patterns and turning their order changes nothing.
func TestSplitAndTurned(t *testing.T) {
	d := scattered(5, 30)
	one := mustFit(t, d)
	var other Data
	other.Terms = d.Terms
	for _, p := range d.Patterns {
		other.Patterns = append(other.Patterns, Pattern{p.Values, p.Events, p.Events}, Pattern{p.Values, 0, p.Total - p.Events})
	}
	slices.Reverse(other.Patterns)
	two := mustFit(t, other)
	if one.Patterns != two.Patterns || one.N != two.N {
		t.Fatalf("%d patterns and %d", one.Patterns, two.Patterns)
	}
	same(t, one, two, 1)
}

// Counting those without the event turns every sign.
func TestTheOtherOutcome(t *testing.T) {
	for seed := range uint64(6) {
		d := scattered(seed, 12)
		one := mustFit(t, d)
		for i, p := range d.Patterns {
			d.Patterns[i].Events = p.Total - p.Events
		}
		same(t, one, mustFit(t, d), -1)
	}
}

func same(t *testing.T, one, two *Model, sign float64) {
	t.Helper()
	close(t, "loglik", two.Firth.Loglik, one.Firth.Loglik, 1e-12)
	low, high := 0, 1
	if sign < 0 {
		low, high = 1, 0
	}
	for j := range one.Names {
		size := 1 + math.Abs(one.Firth.SE[j])
		close(t, "coef", two.Firth.Coef[j]/size, sign*one.Firth.Coef[j]/size, 1e-8)
		close(t, "low", float64(two.Firth.ProfileCI95[j][0])/size, sign*float64(one.Firth.ProfileCI95[j][low])/size, 1e-7)
		close(t, "high", float64(two.Firth.ProfileCI95[j][1])/size, sign*float64(one.Firth.ProfileCI95[j][high])/size, 1e-7)
		close(t, "p", float64(two.Firth.LRChisqP[j][1]), float64(one.Firth.LRChisqP[j][1]), 1e-7)
	}
	for term, x := range one.Firth.TermTests {
		close(t, "term p", float64(two.Firth.TermTests[term].P), float64(x.P), 1e-7)
	}
}

// A number in other units changes its own coefficient alone; the tests stay.
func TestUnits(t *testing.T) {
	d := scattered(9, 40)
	one := mustFit(t, d)
	for _, p := range d.Patterns {
		p.Values[1] = 1e4 * (p.Values[1] - 2020)
	}
	two := mustFit(t, d)
	j := slices.Index(one.Names, "n")
	close(t, "coef", two.Firth.Coef[j]*1e4, one.Firth.Coef[j], 1e-9)
	close(t, "limit", float64(two.Firth.ProfileCI95[j][1])*1e4, float64(one.Firth.ProfileCI95[j][1]), 1e-8)
	close(t, "p", float64(two.Firth.LRChisqP[j][1]), float64(one.Firth.LRChisqP[j][1]), 1e-9)
	close(t, "other", two.Firth.Coef[1], one.Firth.Coef[1], 1e-9)
	// The penalty counts det X'WX in the units given.
	close(t, "loglik", two.Firth.Loglik, one.Firth.Loglik+math.Log(1e4), 1e-12)
}

// At each limit the profile has fallen by as much as it should: held there, the
// highest point is 1.92 lower.
func TestLimitsLieOnTheProfile(t *testing.T) {
	d := nation(900, 7)
	m := mustFit(t, d)
	s := surfaceOf(t, d, true)
	top, _ := s.summit(make([]float64, s.p))
	for k := range m.Names {
		h := holding(s.d, k)
		for _, x := range m.Firth.ProfileCI95[k] {
			p, ok := s.climb(h.put(top.beta, k, float64(x)), h, fine)
			if !ok || math.Abs(top.fall(p)-normal975*normal975) > 1e-7 {
				t.Errorf("%s at %v: the fall is %v", m.Names[k], x, top.fall(p))
			}
		}
	}
}

// Chances add up to the events seen.
func TestRisksAddUp(t *testing.T) {
	d := scattered(3, 40)
	m := mustFit(t, d)
	sum := 0.0
	for _, p := range d.Patterns {
		sum += m.Risk(p.Values) * float64(p.Total)
	}
	close(t, "expected events", sum, float64(m.Events), 1e-11)
	for _, bad := range [][]float64{nil, {0, 0, 2}, {0, math.NaN(), 1}} {
		if !math.IsNaN(m.Risk(bad)) {
			t.Errorf("%v has a risk", bad)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, d := range map[string]Data{
		"nobody":           {Terms: []Term{sex}},
		"no name":          {Terms: []Term{{}}},
		"twice":            {Terms: []Term{sex, sex}},
		"more than all":    twoByTwo(3, -1, 1, 1),
		"negative":         twoByTwo(-1, 3, 1, 1),
		"an unknown level": {Terms: []Term{sex}, Patterns: []Pattern{{[]float64{2}, 1, 2}}},
		"half a level":     {Terms: []Term{sex}, Patterns: []Pattern{{[]float64{0.5}, 1, 2}}},
		"no number":        {Terms: []Term{{Name: "x"}}, Patterns: []Pattern{{[]float64{math.NaN()}, 1, 2}}},
		"too few values":   {Terms: []Term{sex}, Patterns: []Pattern{{nil, 1, 2}}},
		"too many people":  {Patterns: []Pattern{{nil, 1, 1 << 53}, {nil, 1, 2}}},
	} {
		if m, err := Fit(d, Options{}); err == nil {
			t.Errorf("%s: %v", name, m)
		}
	}
}

// Without terms the answer is that of one count; a term that is the same for
// everybody is dropped.
func TestInterceptAlone(t *testing.T) {
	m := mustFit(t, Data{Terms: []Term{{Name: "year"}}, Patterns: []Pattern{{[]float64{2020}, 24, 1660}}})
	close(t, "coef", m.Firth.Coef[0], math.Log(24.5/1636.5), 1e-12)
	close(t, "flic", float64(m.Firth.FLIC), math.Log(24./1636), 1e-12)
	if !slices.Equal(m.Aliased, []string{"year"}) || len(m.Names) != 1 {
		t.Error(m.Aliased, m.Names)
	}
	if text, err := json.Marshal(m); err != nil {
		t.Error(string(text), err)
	}
}

// FuzzFit fits whatever small data there are: no answer may be NaN, and every
// estimate lies within its limits.
func FuzzFit(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte{0, 0, 255, 9, 9, 1, 7, 7, 7, 200, 13, 40})
	f.Add([]byte{17, 3})
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := Data{Terms: []Term{{"a", []string{"x", "y", "z"}}, {"n", nil}, {"b", []string{"u", "v"}}}}
		for len(raw) >= 2 && len(d.Patterns) < 40 {
			c, n := int(raw[0]), int64(raw[1])
			raw = raw[2:]
			d.Patterns = append(d.Patterns, Pattern{[]float64{float64(c % 3), float64(c / 3 % 7), float64(c / 21 % 2)}, n % 5, max(n%5, n/5)})
		}
		m, err := Fit(d, Options{Workers: 1})
		if err != nil {
			return
		}
		for j, name := range m.Names {
			x := m.Firth.ProfileCI95[j]
			if !(float64(x[0]) < m.Firth.Coef[j] && m.Firth.Coef[j] < float64(x[1])) || !(m.Firth.LRChisqP[j][1] >= 0 && m.Firth.LRChisqP[j][1] <= 1) {
				t.Errorf("%s: %v in %v, test %v, of %v", name, m.Firth.Coef[j], x, m.Firth.LRChisqP[j], d.Patterns)
			}
		}
	})
}
