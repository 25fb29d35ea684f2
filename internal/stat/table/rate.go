package table

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
)

// RateIntervals are the intervals of one rate at one level.
type RateIntervals struct {
	Wilson   figure.Pair `json:"wilson"`   // Wilson, JASA 22 (1927) 209-212
	CP       figure.Pair `json:"cp"`       // Clopper and Pearson (1934)
	Jeffreys figure.Pair `json:"jeffreys"` // Brown, Cai and DasGupta (2001)
	MidP     figure.Pair `json:"midp"`     // Lancaster (1961)
}

// Rate gives the intervals of the rate x/n at a level between 0 and 1. Without people none is defined.
func Rate(x, n int64, level float64) RateIntervals {
	if n == 0 {
		return RateIntervals{figure.Nowhere, figure.Nowhere, figure.Nowhere, figure.Nowhere}
	}
	trial, alpha := distribution.Trial{X: x, N: n}, 1-level
	return RateIntervals{figure.Between(Wilson(x, n, level)), figure.Between(trial.ClopperPearson(alpha)),
		figure.Between(trial.Jeffreys(alpha)), figure.Between(trial.MidP(alpha))}
}

// Wilson is the score interval of the rate x/n, for 0 <= x <= n and n > 0: the rates p at which
// |x/n - p| <= z sqrt(p(1-p)/n). Source: Wilson (1927).
func Wilson(x, n int64, level float64) (low, high float64) {
	z := zOf(level)
	return wilsonLow(float64(x), float64(n), z), wilsonHigh(float64(x), float64(n), z)
}

func wilsonLow(x, n, z float64) float64 {
	if x == 0 {
		return 0
	}
	return 2 * x * x / n / (2*x + z*z + z*math.Sqrt(z*z+4*x*((n-x)/n)))
}

func wilsonHigh(x, n, z float64) float64 {
	if x == n {
		return 1
	}
	return (2*x + z*z + z*math.Sqrt(z*z+4*x*((n-x)/n))) / (2 * (n + z*z))
}

// wilsonBelow is the rate less its lower limit, without subtracting the two.
func wilsonBelow(x, n, z float64) float64 {
	p, q := x/n, (n-x)/n
	s, skew := math.Sqrt(z*z+4*x*q), z*(n-2*x)/n
	if skew > 0 {
		return 2 * z * p * q / (s + skew)
	}
	return z * (s - skew) / (2 * (n + z*z))
}

// zOf is the normal quantile of a two-sided level.
func zOf(level float64) float64 { return distribution.NormalQuantile((1 - level) / 2) }

// Rates gives the intervals of one rate at several levels, by level. It refuses a rate of nobody, and events that
// exceed people.
func Rates(x, n int64, levels []float64) (map[string]RateIntervals, error) {
	if n < 1 || n > most || x < 0 || x > n {
		return nil, fmt.Errorf("The rate is of %d among %d people: it needs at least one and at most %d people, and no more events than people.", x, n, most)
	}
	out := map[string]RateIntervals{}
	for _, level := range levels {
		out[LevelName(level)] = Rate(x, n, level)
	}
	return out, nil
}
