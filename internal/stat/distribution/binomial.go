package distribution

import "math"

// Trial is x events among n, 0 <= x <= n and n > 0.
type Trial struct{ X, N int64 }

// tails of a binomial: P(X < x), P(X = x), P(X > x) where events have probability p = 1 - q. Each that is below
// one half keeps its digits.
func (t Trial) tails(p, q float64) (below, at, above float64) {
	x, y := float64(t.X), float64(t.N-t.X)
	at = math.Exp(LogBinomial(x, y, p, q))
	if x > 0 {
		_, below = Beta(x, y+1, p, q)
	}
	if y > 0 {
		above, _ = Beta(x+1, y, p, q)
	}
	return below, at, above
}

// Upper is P(X >= x), or P(X > x) + P(X = x)/2 where half is 0.5: half is the share of P(X = x) to count.
func (t Trial) Upper(p, half float64) float64 {
	_, at, above := t.tails(p, 1-p)
	return above + half*at
}

// Lower is P(X < x) and a share of P(X = x).
func (t Trial) Lower(p, half float64) float64 {
	below, at, _ := t.tails(p, 1-p)
	return below + half*at
}

// ClopperPearson is the exact interval for a probability, from the quantiles of beta distributions; alpha is
// one minus the level. Source: Clopper and Pearson, Biometrika 26 (1934) 404-413.
func (t Trial) ClopperPearson(alpha float64) (low, high float64) {
	x, y := float64(t.X), float64(t.N-t.X)
	low, high = 0, 1
	if x > 0 {
		low = BetaQuantile(alpha/2, x, y+1)
	}
	if y > 0 {
		high = upperQuantile(alpha/2, x+1, y)
	}
	return low, high
}

// Jeffreys is the equal-tailed interval with the prior Beta(1/2, 1/2); without events it begins at 0, without
// others it ends at 1. Source: Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133.
func (t Trial) Jeffreys(alpha float64) (low, high float64) {
	x, y := float64(t.X)+0.5, float64(t.N-t.X)+0.5
	low, high = 0, 1
	if t.X > 0 {
		low = BetaQuantile(alpha/2, x, y)
	}
	if t.X < t.N {
		high = upperQuantile(alpha/2, x, y)
	}
	return low, high
}

// MidP is the interval of the probabilities at which both mid-p tails exceed alpha/2. Source: Lancaster (1961);
// Berry and Armitage, The Statistician 44 (1995) 417-423.
func (t Trial) MidP(alpha float64) (low, high float64) {
	low, high = 0, 1
	if t.X > 0 {
		low = share(t.midOdds(alpha / 2))
	}
	if t.X < t.N {
		high = 1 / (1 + Trial{t.N - t.X, t.N}.midOdds(alpha/2))
	}
	return low, high
}

// midOdds is p/q where the upper mid-p tail has a value.
func (t Trial) midOdds(tail float64) float64 {
	x, y := float64(t.X), float64(t.N-t.X)
	odds, ok := settle(func(p, q float64) (upper, slope float64) {
		_, at, above := t.tails(p, q)
		return above + at/2, at / 2 * (x*q + y*p)
	}, tail, x, y)
	if ok {
		return odds
	}
	return search(func(p, q float64) float64 {
		_, at, above := t.tails(p, q)
		return math.Log(above + at/2)
	}, math.Log(tail), (x+0.5)/(x+y+1))
}

// upperQuantile is the p at which 1 - I_p(a, b) = tail.
func upperQuantile(tail, a, b float64) float64 { return 1 / (1 + betaOdds(tail, b, a)) }
