package distribution

import "math"

// NormalUpper is the probability that a standard normal variable exceeds z.
func NormalUpper(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// NormalQuantile is the z that a standard normal variable exceeds with the probability, 0 < upper < 1.
func NormalQuantile(upper float64) float64 {
	if upper > 0.5 {
		return -NormalQuantile(1 - upper)
	}
	z := math.Sqrt2 * math.Erfcinv(2*upper)
	if math.IsInf(z, 0) {
		z = math.Sqrt(-2 * math.Log(upper)) // so small that 1 - 2 upper is 1
	}
	for range 8 { // Newton on the logarithm: Erfcinv loses digits where upper is small
		tail := NormalUpper(z)
		step := tail * math.Sqrt(2*math.Pi) * math.Exp(z*z/2) * math.Log(tail/upper)
		z += step
		if math.Abs(step) < 1e-15*(1+z) {
			break
		}
	}
	return z
}

// Score is the normal quantile of an upper tail, and how fast it changes where the tail changes by slope. Tails of what
// is nearly normal are nearly straight on this scale.
func Score(upper, slope float64) (z, change float64) {
	z = NormalQuantile(upper)
	return z, -slope * math.Sqrt(2*math.Pi) * math.Exp(z*z/2)
}

// ChiSquareUpper is the probability that a chi-square variable with df >= 1 degrees of freedom exceeds x. Every
// term of the sum is positive, so it keeps its digits as far as numbers reach. Source: Abramowitz and Stegun
// 26.4.4 and 26.4.5.
func ChiSquareUpper(x float64, df int) float64 {
	if x <= 0 {
		return 1
	}
	h, k := x/2, float64(df)/2-1
	if k >= h {
		return 1 - poissonAbove(k+1, h)
	}
	sum := 0.0
	if df%2 == 1 {
		sum = math.Erfc(math.Sqrt(h))
	}
	if k < 0 {
		return sum
	}
	for term := math.Exp(LogPoisson(k, h, k-h)); k >= 0 && term > 1e-18*sum; k-- {
		sum += term
		term *= k / h
	}
	return sum
}

// poissonAbove sums h^k e^-h / k! over k, k+1 and so on, for k > h.
func poissonAbove(k, h float64) float64 {
	sum := 0.0
	for term := math.Exp(LogPoisson(k, h, k-h)); term > 1e-18*sum; {
		sum += term
		k++
		term *= h / k
	}
	return sum
}
