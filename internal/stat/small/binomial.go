package small

import "math"

// binomial is a number of events among n people who each have one with chance p;
// q is 1 - p, given apart so that neither loses digits.
type binomial struct{ n, p, q float64 }

// pmf is P(X = x), by Loader's saddle point (Fast and Accurate Computation of
// Binomial Probabilities, 2000), for any x between 0 and n, whole or not.
func (b binomial) pmf(x float64) float64 {
	switch {
	case x < 0 || x > b.n:
		return 0
	case b.p == 0 || b.q == 0:
		if x == b.n*b.p {
			return 1
		}
		return 0
	case x == 0:
		return math.Exp(b.n * logOf(b.q, b.p))
	case x == b.n:
		return math.Exp(b.n * logOf(b.p, b.q))
	}
	y := b.n - x
	far := stirling(b.n) - stirling(x) - stirling(y) - deviance(x, b.n*b.p) - deviance(y, b.n*b.q)
	return math.Exp(far) * math.Sqrt(b.n/(2*math.Pi*x*y))
}

// logOf is the logarithm of p, where rest is 1 - p.
func logOf(p, rest float64) float64 {
	if rest < 0.5 {
		return math.Log1p(-rest)
	}
	return math.Log(p)
}

// tails are P(X < x), P(X = x) and P(X > x) for whole x; the smaller tail is
// summed by ratios away from x, so that it keeps its digits however small.
func (b binomial) tails(x float64) (below, at, above float64) {
	at = b.pmf(x)
	if b.p == 0 || b.q == 0 {
		all := b.n * b.p
		return step(all < x), at, step(all > x)
	}
	if x >= b.n*b.p {
		above = b.climb(x)
		return math.Max(0, 1-above-at), at, above
	}
	below = binomial{b.n, b.q, b.p}.climb(b.n - x)
	return below, at, math.Max(0, 1-below-at)
}

func step(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// climb sums P(X > x) upwards; x is not below the mean.
func (b binomial) climb(x float64) float64 {
	sum, term := 0.0, b.pmf(x)
	for k := x; k < b.n; k++ {
		term *= (b.n - k) / (k + 1) * (b.p / b.q)
		sum += term
		if term <= sum*1e-18 {
			break
		}
	}
	return sum
}

// stirling is log x! less Stirling's formula, x > 0.
func stirling(x float64) float64 {
	if x <= 16 {
		l, _ := math.Lgamma(x + 1)
		return l - (x+0.5)*math.Log(x) + x - 0.5*math.Log(2*math.Pi)
	}
	z := 1 / (x * x)
	return (1.0/12 - z*(1.0/360-z*(1.0/1260-z*(1.0/1680-z*(1.0/1188-z*691.0/360360))))) / x
}

// deviance is x log(x/m) + m - x, without loss where x is close to m.
func deviance(x, m float64) float64 {
	d := x - m
	if math.Abs(d) > 0.1*(x+m) {
		return x*math.Log(x/m) - d
	}
	v := d / (x + m)
	sum, power := d*v, 2*x*v
	for j := 1; j < 1000; j++ {
		power *= v * v
		next := sum + power/float64(2*j+1)
		if next == sum {
			break
		}
		sum = next
	}
	return sum
}
