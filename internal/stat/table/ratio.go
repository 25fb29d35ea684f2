package table

import (
	"math"

	"example.org/asye/internal/stat/root"
)

// ScoreMethod is a way to an interval of p1/p0, or of p1 - p0.
type ScoreMethod int

// The methods that invert a score test.
const (
	MN      ScoreMethod = iota // with the factor N/(N-1): Miettinen and Nurminen (1985)
	Koopman                    // without it: Koopman, Biometrics 40 (1984) 513-517
	SCAS                       // with it and skewness-corrected: Laud, Pharmaceutical Statistics 16 (2017) 334-348
)

// Ratio is p1/p0: infinite when only the reference has no events, not defined when nobody has.
func (t TwoByTwo) Ratio() float64 {
	return quotient(float64(t.A)*t.n0(), float64(t.C)*t.n1())
}

// RatioInterval is the interval of p1/p0 by a score method, for groups that are not empty: it begins at 0 when
// group 1 has no events, and has no end when the reference has none.
func (t TwoByTwo) RatioInterval(level float64, method ScoreMethod) (low, high float64) {
	z := zOf(level)
	return t.ratioLow(z, method), 1 / t.swapped().ratioLow(z, method)
}

func (t TwoByTwo) ratioLow(z float64, method ScoreMethod) float64 {
	if t.A == 0 {
		return 0
	}
	a, b, c, d := t.halved()
	center := math.Log(a) - math.Log(a+b) - math.Log(c) + math.Log(c+d)
	spread := math.Sqrt(b/a/(a+b)+d/c/(c+d)) + 1e-9
	x, ok := root.Rising(func(x float64) float64 {
		return max(z-t.ratioScore(math.Exp(x), method), -1e6)
	}, center-z*spread, spread, 690)
	if !ok && x < 0 {
		return 0
	}
	return math.Exp(x)
}

// ratioScore is how many standard errors p1 lies above phi p0, with the errors as they would be if phi were true.
func (t TwoByTwo) ratioScore(phi float64, method ScoreMethod) float64 {
	r := t.restrictedRatio(phi)
	n1, n0 := t.n1(), t.n0()
	s := float64(t.A)/n1 - phi*float64(t.C)/n0
	v := r.p1*r.q1/n1 + phi*phi*r.p0*r.q0/n0
	if method != Koopman {
		v *= t.people() / (t.people() - 1)
	}
	if s == 0 && v == 0 {
		return 0
	}
	x := s / math.Sqrt(v)
	if method != SCAS || v == 0 {
		return x
	}
	mu3 := r.p1*r.q1*(r.q1-r.p1)/(n1*n1) - phi*phi*phi*r.p0*r.q0*(r.q0-r.p0)/(n0*n0)
	return corrected(x, mu3/(6*v*math.Sqrt(v)))
}

// corrected solves A z^2 + z = x + A for z, the score without its skewness.
func corrected(x, skew float64) float64 {
	square := 1 + 4*skew*(x+skew)
	if square < 0 {
		return -1 / (2 * skew)
	}
	return 2 * (x + skew) / (1 + math.Sqrt(square))
}

type restrictedRates struct{ p1, q1, p0, q0 float64 }

// restrictedRatio is the most likely rates if p1/p0 = phi, by the quadratic equation of Miettinen and Nurminen in
// forms that do not subtract what is nearly equal.
func (t TwoByTwo) restrictedRatio(phi float64) restrictedRates {
	b, d, n := float64(t.B), float64(t.D), t.people()
	x, y := phi*(t.n1()+float64(t.C)), t.n0()+float64(t.A)
	disc := math.Hypot(x-y, 2*math.Sqrt(phi*b*d))
	p0 := 2 * t.events() / (x + y + disc)
	return restrictedRates{
		p0: p0, p1: phi * p0,
		q0: larger(phi*(n+d)-y, disc, n*phi*(1-phi)*d) / (n * phi),
		q1: larger(n+b-x, disc, n*(phi-1)*b) / n,
	}
}

// larger is (u + v)/2 where v >= |u|; quarter is (v - u)(v + u)/4, for when u is negative.
func larger(u, v, quarter float64) float64 {
	if u >= 0 {
		return (u + v) / 2
	}
	return 2 * quarter / (v - u)
}

// Katz is the interval of p1/p0 on the log scale, for tables with events in both groups. Source: Katz and others,
// Biometrics 34 (1978) 469-474.
func (t TwoByTwo) Katz(level float64) (low, high float64) {
	if t.A == 0 || t.C == 0 {
		return math.NaN(), math.NaN()
	}
	se := math.Sqrt(float64(t.B)/float64(t.A)/t.n1() + float64(t.D)/float64(t.C)/t.n0())
	return aroundLog(t.Ratio(), zOf(level)*se)
}

// aroundLog is the interval that lies evenly about a ratio on the log scale.
func aroundLog(ratio, width float64) (low, high float64) {
	return ratio * math.Exp(-width), ratio * math.Exp(width)
}
