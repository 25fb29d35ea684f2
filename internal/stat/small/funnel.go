package small

import "math"

// FunnelLimit is the rate that a share p of employers of size n would not exceed
// if all had the rate theta: the exact binomial quantile, interpolated
// (Spiegelhalter 2005, appendix A.1.1): with r the smallest count whose
// distribution function F reaches p, (r - (F(r) - p) / (F(r) - F(r-1))) / n. It
// may lie below 0 where p < F(0); a chart starts at 0. Not defined, and NaN,
// unless 0 < theta < 1, n >= 1 and 0 < p < 1.
func FunnelLimit(theta float64, n int64, p float64) float64 {
	return funnelLimit(binomial{float64(n), theta, 1 - theta}, p)
}

func funnelLimit(b binomial, p float64) float64 {
	if !(b.p > 0 && b.q > 0 && b.n >= 1 && p > 0 && p < 1) {
		return math.NaN()
	}
	guess := b.n*b.p + math.Sqrt2*math.Erfinv(2*p-1)*math.Sqrt(b.n*b.p*b.q)
	r := math.Min(b.n, math.Max(0, math.Floor(guess)))
	for {
		below, at, above := b.tails(r)
		over := excess(below, at, above, p)
		if over < 0 && r < b.n {
			r++
			continue
		}
		if over >= at && r > 0 && at > 0 {
			r--
			continue
		}
		if at == 0 {
			return r / b.n
		}
		return (r - math.Min(1, over/at)) / b.n
	}
}

// excess is F(r) - p, from whichever tail is small.
func excess(below, at, above, p float64) float64 {
	if above < 0.5 {
		return (1 - p) - above
	}
	return below + at - p
}
