package distribution

import (
	"math"

	"example.org/asye/internal/stat/root"
)

// Beta is the regularised incomplete beta function I_p(a, b) and its complement I_q(b, a), for a, b > 0 and
// p + q = 1. The smaller of the two keeps its digits. Source: continued fraction of Abramowitz and Stegun
// 26.5.8, evaluated as Lentz (1976).
func Beta(a, b, p, q float64) (lower, upper float64) {
	switch {
	case p <= 0:
		return 0, 1
	case q <= 0:
		return 1, 0
	case p > (a+1)/(a+b+2):
		u := math.Exp(logBetaTail(b, a, q, p))
		return 1 - u, u
	}
	l := math.Exp(logBetaTail(a, b, p, q))
	return l, 1 - l
}

// logBeta is the logarithm of I_p(a, b), good also where I_p would be no number any more.
func logBeta(a, b, p, q float64) float64 {
	if p > (a+1)/(a+b+2) {
		_, upper := Beta(a, b, p, q)
		return math.Log1p(-upper)
	}
	return logBetaTail(a, b, p, q)
}

func logBetaTail(a, b, p, q float64) float64 {
	return LogBinomial(a, b, p, q) + math.Log(b/(a+b)*betaFraction(a, b, p))
}

func betaFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	c, d := 1.0, 1/away(1-(a+b)*x/(a+1), tiny)
	h := d
	for m := 1.0; m < 1e6; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / away(1+even*d, tiny)
		c = away(1+even/c, tiny)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / away(1+odd*d, tiny)
		c = away(1+odd/c, tiny)
		h *= d * c
		if math.Abs(d*c-1) < 2e-16 {
			break
		}
	}
	return h
}

// away keeps a number away from zero.
func away(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}

// BetaQuantile is the p at which I_p(a, b) = tail, for a, b > 0 and 0 < tail < 1.
func BetaQuantile(tail, a, b float64) float64 { return share(betaOdds(tail, a, b)) }

// betaOdds is p/q there.
func betaOdds(tail, a, b float64) float64 {
	odds, ok := settle(func(p, q float64) (upper, slope float64) {
		upper, _ = Beta(a, b, p, q)
		return upper, a * b / (a + b) * math.Exp(LogBinomial(a, b, p, q))
	}, tail, a, b)
	if ok {
		return odds
	}
	return search(func(p, q float64) float64 { return logBeta(a, b, p, q) }, math.Log(tail), (a+0.5)/(a+b+1))
}

// plenty is how many events and others there must be for a tail to be nearly normal.
const plenty = 30

// settle finds p/q where a tail that rises with the share p of a among a + b has a value, from where Wilson's interval
// ends; f gives the tail and its slope along log(p/q). ok is false where search has to find it.
func settle(f func(p, q float64) (tail, slope float64), target, a, b float64) (odds float64, ok bool) {
	if min(a, b) < plenty {
		return 0, false
	}
	z, n := NormalQuantile(target), a+b
	low := (2*a + z*z - z*math.Sqrt(z*z+4*a*b/n)) / (2 * (n + z*z))
	t, ok := root.Newton(func(t float64) (value, slope float64) {
		value, slope = Score(f(share(math.Exp(t)), share(math.Exp(-t))))
		return value - z, slope
	}, math.Log(low/(1-low)), 1e-6*math.Sqrt(1/a+1/b))
	return math.Exp(t), ok
}

// search finds p/q where a logarithm that rises with the share p reaches a target. It looks along log(p/q), where
// shares close to zero and to one keep their digits.
func search(f func(p, q float64) float64, target, guess float64) float64 {
	t, _ := root.Rising(func(t float64) float64 {
		return max(f(share(math.Exp(t)), share(math.Exp(-t)))-target, -1e6)
	}, math.Log(guess/(1-guess)), 1, 700)
	return math.Exp(t)
}

// share is the share that has the odds.
func share(odds float64) float64 { return 1 / (1 + 1/odds) }
