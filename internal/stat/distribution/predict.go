package distribution

import "math"

// PredictPoisson is between which counts a Poisson count of one more period lies, where total events were counted in
// some periods of the same length, at least one; alpha is one minus the level. Given the sum of both counts the new one
// is binomial, whatever the mean: the limits are where its tails have alpha/2, rounded outwards, so that the level is
// held or exceeded. Source: Nelson, IEEE Transactions on Reliability R-19 (1970) 42-49; Hahn and Meeker, Statistical
// Intervals (1991), chapter 7.
func PredictPoisson(total, periods int64, alpha float64) (low, high int64) {
	share := 1 / float64(periods+1)
	for (Trial{low + 1, total + low + 1}).Lower(share, 1) <= alpha/2 {
		low++
	}
	for high = 1; (Trial{high, total + high}).Upper(share, 1) > alpha/2; {
		high++
	}
	return low, high
}

// Range is between which numbers of events those among n lie who each have one with chance p: fewer, or more, come with
// a chance of no more than tail.
func Range(n int64, p, tail float64) (low, high int64) {
	if n == 0 || p <= 0 {
		return 0, 0
	}
	if p >= 1 {
		return n, n
	}
	for low < n && (Trial{low, n}).Lower(p, 1) <= tail {
		low++
	}
	for high = n; high > low && (Trial{high, n}).Upper(p, 1) <= tail; {
		high--
	}
	return low, high
}

// StudentQuantile is the t of a Student distribution with df degrees of freedom above which upper lies, 0 < upper < 1/2.
// Source: Abramowitz and Stegun 26.7.1: P(|T| > t) = I_p(df/2, 1/2) with p = df/(df + t^2).
func StudentQuantile(upper float64, df int) float64 {
	p := BetaQuantile(2*upper, float64(df)/2, 0.5)
	return math.Sqrt(float64(df) * (1 - p) / p)
}
