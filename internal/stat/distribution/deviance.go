package distribution

import "math"

const halfLog2Pi = 0.918938533204672741780329736405617639861

// StirlingError is log(x!) - log(sqrt(2 pi x) (x/e)^x) for x > 0, whole or not. Source: Loader (2000).
func StirlingError(x float64) float64 {
	if x < 16 {
		lg, _ := math.Lgamma(x + 1)
		return lg - (x+0.5)*math.Log(x) + x - halfLog2Pi
	}
	s := 1 / (x * x)
	return (1.0/12 - s*(1.0/360-s*(1.0/1260-s*(1.0/1680-s/1188)))) / x
}

// Deviance is x log(x/mu) + mu - x for x >= 0 and mu > 0: never negative, zero where they are equal. diff is
// x - mu, from whoever can tell it without loss. Source: Loader (2000), bd0.
func Deviance(x, mu, diff float64) float64 {
	if x == 0 {
		return mu
	}
	if math.Abs(diff) >= 0.1*(x+mu) {
		return x*math.Log(x/mu) - diff
	}
	v := diff / (x + mu)
	sum, term := diff*v, 2*x*v
	v *= v
	for j := 3.0; ; j += 2 {
		term *= v
		next := sum + term/j
		if next == sum {
			return sum
		}
		sum = next
	}
}

// LogPoisson is the logarithm of mu^x e^-mu / x! for x >= 0, whole or not, and mu > 0; diff is x - mu.
func LogPoisson(x, mu, diff float64) float64 {
	if x == 0 {
		return -mu
	}
	return -StirlingError(x) - Deviance(x, mu, diff) - 0.5*math.Log(x) - halfLog2Pi
}

// LogBinomial is the logarithm of (x+y)!/(x! y!) p^x q^y for x, y >= 0, whole or not, and p + q = 1. Both p and
// q are asked for because one minus the other may have lost its digits.
func LogBinomial(x, y, p, q float64) float64 {
	switch {
	case x == 0 && y == 0:
		return 0
	case x == 0:
		return y * logOf(q, p)
	case y == 0:
		return x * logOf(p, q)
	}
	n := x + y
	diff := x*q - y*p
	return StirlingError(n) - StirlingError(x) - StirlingError(y) -
		Deviance(x, n*p, diff) - Deviance(y, n*q, -diff) + 0.5*math.Log(n/x/y) - halfLog2Pi
}

// logOf is log p, by way of its complement where p is close to one.
func logOf(p, q float64) float64 {
	if q < 0.5 {
		return math.Log1p(-q)
	}
	return math.Log(p)
}
