package small

import "math"

// beta is the distribution of a rate with density in proportion to
// x^(a-1) (1-x)^(b-1); a, b > 0.
type beta struct{ a, b float64 }

// tails are P(rate < x) and P(rate > x), where rest is 1 - x, by the continued
// fraction of the incomplete beta function (DLMF 8.17.22).
func (d beta) tails(x, rest float64) (below, above float64) {
	if x <= 0 {
		return 0, 1
	}
	if rest <= 0 {
		return 1, 0
	}
	if x > (d.a+1)/(d.a+d.b+2) {
		above, below = beta{d.b, d.a}.tails(rest, x)
		return below, above
	}
	n := d.a + d.b
	below = binomial{n, x, rest}.pmf(d.a) * d.b / n * d.fraction(x)
	return below, 1 - below
}

// fraction is the continued fraction, from the front by Lentz's method.
func (d beta) fraction(x float64) float64 {
	const tiny = 1e-300
	c, e := 1.0, 1/keep(1-(d.a+d.b)*x/(d.a+1), tiny)
	f := e
	for i := 1; i < 1_000_000; i++ {
		m := float64(i)
		k := m * (d.b - m) * x / ((d.a + 2*m - 1) * (d.a + 2*m))
		e, c = 1/keep(1+k*e, tiny), keep(1+k/c, tiny)
		f *= e * c
		k = -(d.a + m) * (d.a + d.b + m) * x / ((d.a + 2*m) * (d.a + 2*m + 1))
		e, c = 1/keep(1+k*e, tiny), keep(1+k/c, tiny)
		f *= e * c
		if math.Abs(e*c-1) < 1e-16 {
			break
		}
	}
	return f
}

func keep(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}

// quantile is the rate with P(rate < x) = p, 0 < p < 1: Newton's method on the
// logit scale with the smaller tail, in a bracket.
func (d beta) quantile(p float64) float64 {
	low, high := -800.0, 800.0
	y := math.Log(d.a / d.b)
	for range 300 {
		x, rest := logistic(y)
		below, above := d.tails(x, rest)
		off, tail := math.Log(below/p), below
		if p > 0.5 {
			off, tail = -math.Log(above/(1-p)), above
		}
		if off > 0 {
			high = y
		} else {
			low = y
		}
		slope := binomial{d.a + d.b, x, rest}.pmf(d.a) * d.a * d.b / (d.a + d.b) / tail
		next := y - off/slope
		if math.Abs(next-y) < 1e-15*(1+math.Abs(y)) {
			break
		}
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		y = next
	}
	x, _ := logistic(y)
	return x
}

// logistic is the rate at a point of the logit scale, and what is left of 1.
func logistic(y float64) (x, rest float64) {
	e := math.Exp(-math.Abs(y))
	if y < 0 {
		return e / (1 + e), 1 / (1 + e)
	}
	return 1 / (1 + e), e / (1 + e)
}
