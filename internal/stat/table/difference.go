package table

import (
	"math"

	"example.org/asye/internal/stat/root"
)

// Difference is p1 - p0. It is not defined where a group is empty.
func (t TwoByTwo) Difference() float64 { return quotient(t.cross(), t.n1()*t.n0()) }

// Newcombe is the interval of p1 - p0 from the Wilson intervals of both rates, for groups that are not empty.
// Source: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.
func (t TwoByTwo) Newcombe(level float64) (low, high float64) {
	z, d := zOf(level), t.Difference()
	a, b, c, e := float64(t.A), float64(t.B), float64(t.C), float64(t.D)
	low = d - math.Hypot(wilsonBelow(a, t.n1(), z), wilsonBelow(e, t.n0(), z))
	high = d + math.Hypot(wilsonBelow(b, t.n1(), z), wilsonBelow(c, t.n0(), z))
	return max(low, -1), min(high, 1)
}

// MNDifference is the score interval of p1 - p0 with the factor N/(N-1), for groups that are not empty. Source:
// Miettinen and Nurminen, Statistics in Medicine 4 (1985) 213-226.
func (t TwoByTwo) MNDifference(level float64) (low, high float64) {
	return t.differenceInterval(level, MN)
}

// SCASDifference is the same, corrected for the skewness of the score. Source: Laud, Pharmaceutical Statistics 16
// (2017) 334-348.
func (t TwoByTwo) SCASDifference(level float64) (low, high float64) {
	return t.differenceInterval(level, SCAS)
}

func (t TwoByTwo) differenceInterval(level float64, method ScoreMethod) (low, high float64) {
	z := zOf(level)
	return t.differenceLow(z, method), -t.swapped().differenceLow(z, method)
}

func (t TwoByTwo) differenceLow(z float64, method ScoreMethod) float64 {
	d := t.Difference()
	if d == -1 {
		return -1
	}
	width := 0.2 / math.Sqrt(t.people())
	for lo := d - width; ; width *= 2 {
		lo = max(d-width, -1)
		if lo == -1 || t.differenceScore(lo, method) >= z {
			return root.Between(func(delta float64) float64 { return min(t.differenceScore(delta, method), 1e6) - z }, lo, d)
		}
	}
}

// differenceScore is how many standard errors p1 - p0 lies above delta, with the errors as they would be if delta
// were true.
func (t TwoByTwo) differenceScore(delta float64, method ScoreMethod) float64 {
	if delta < 0 {
		return -t.swapped().differenceScore(-delta, method)
	}
	s := t.Difference() - delta
	p0, q1 := t.restricted(delta)
	n1, n0, p1, q0 := t.n1(), t.n0(), p0+delta, q1+delta
	v := (p1*q1/n1 + p0*q0/n0) * t.people() / (t.people() - 1)
	if s == 0 && (v == 0 || method != SCAS) {
		return 0
	}
	x := s / math.Sqrt(v)
	if method != SCAS || v == 0 {
		return x
	}
	mu3 := p1*q1*(q1-p1)/(n1*n1) - p0*q0*(q0-p0)/(n0*n0)
	return corrected(x, mu3/(6*v*math.Sqrt(v)))
}

// restricted is the most likely p0 and 1 - p1 if p1 - p0 = delta >= 0. Both keep their digits at the ends, where
// the closed form of the cubic equation does not.
func (t TwoByTwo) restricted(delta float64) (p0, q1 float64) {
	a, b, c, d := float64(t.A), float64(t.B), float64(t.C), float64(t.D)
	w := 1 - delta
	split := func(s float64) (p0, q1 float64) { return w / (1 + math.Exp(-s)), w / (1 + math.Exp(s)) }
	s, _ := root.Rising(func(s float64) float64 {
		p, q := split(s)
		return b*p + d*p*q/(q+delta) - a*p*q/(p+delta) - c*q
	}, math.Log((a+c+0.5)/(b+d+0.5)), 1, 700)
	return split(s)
}
