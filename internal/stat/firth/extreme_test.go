package firth

import (
	"fmt"
	"math"
	"testing"
)

// Seconds since 1970 lose no digits: the answer is that of days since the first.
func TestNumbersFarFromZero(t *testing.T) {
	var near, far Data
	near.Terms, far.Terms = []Term{{Name: "t"}}, []Term{{Name: "t"}}
	for i := range 40 {
		y := int64(i*i*7) % 5
		near.Patterns = append(near.Patterns, Pattern{[]float64{float64(i)}, y, 5})
		far.Patterns = append(far.Patterns, Pattern{[]float64{1.6e9 + 86400*float64(i)}, y, 5})
	}
	one, two := mustFit(t, near), mustFit(t, far)
	close(t, "coef", two.Firth.Coef[1]*86400, one.Firth.Coef[1], 1e-9)
	close(t, "se", two.Firth.SE[1]*86400, one.Firth.SE[1], 1e-9)
	close(t, "limit", float64(two.Firth.ProfileCI95[1][0])*86400, float64(one.Firth.ProfileCI95[1][0]), 1e-8)
	close(t, "ML", two.ML.Coef[1]*86400, one.ML.Coef[1], 1e-9)
	close(t, "intercept", (two.Firth.Coef[0]+1.6e9*two.Firth.Coef[1])/one.Firth.Coef[0], 1, 1e-5)
	close(t, "intercept's p", float64(two.Firth.LRChisqP[0][1]), float64(two.Firth.LRChisqP[1][1]), 1e-2)
}

// With more levels than have exact steps throughout, each still gets the answer of
// its own table.
func TestManyLevels(t *testing.T) {
	d := Data{Terms: []Term{{Name: "e"}}}
	for l := range exactUpTo + 5 {
		d.Terms[0].Levels = append(d.Terms[0].Levels, fmt.Sprint(l))
		d.Patterns = append(d.Patterns, Pattern{[]float64{float64(l)}, int64(l*l) % 7, 40 + int64(l)})
	}
	m := mustFit(t, d)
	for l, p := range d.Patterns[1:] {
		x, n := float64(p.Events), float64(p.Total)
		close(t, "coef", m.Firth.Coef[l+1], math.Log((x+0.5)/(n-x+0.5))-math.Log(0.5/40.5), 1e-8)
		if low := float64(m.Firth.ProfileCI95[l+1][0]); !(low < m.Firth.Coef[l+1]) {
			t.Errorf("the limit of level %d is %v", l+1, low)
		}
	}
}

// Almost separated: one person in a million on the wrong side keeps maximum
// likelihood finite, and far out.
func TestAlmostSeparated(t *testing.T) {
	m := mustFit(t, twoByTwo(1, 999_999, 999_999, 1))
	close(t, "coef", m.ML.Coef[1], -2*math.Log(999_999), 1e-9)
	close(t, "Firth", m.Firth.Coef[1], -2*math.Log(999_999.5/1.5), 1e-9)
	m = mustFit(t, twoByTwo(0, 1_000_000_000_000, 1_000_000_000_000, 0))
	close(t, "Firth", m.Firth.Coef[1], -2*math.Log(1_000_000_000_000.5/0.5), 1e-9)
	for _, x := range m.Firth.ProfileCI95[1] {
		if math.IsNaN(float64(x)) {
			t.Errorf("a limit is missing: %v", m.Firth.ProfileCI95)
		}
	}
}
