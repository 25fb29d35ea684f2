package distribution

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, bar float64) {
	t.Helper()
	if far := math.Abs(got/want - 1); !(far <= bar) {
		t.Errorf("%s is %.17g, want %.17g: off by %.2g", what, got, want, far)
	}
}

// TestKnown has values from 50-digit arithmetic.
func TestKnown(t *testing.T) {
	near(t, "quantile of 0.025", NormalQuantile(0.025), 1.959963984540054235524594, 1e-15)
	near(t, "quantile of 1e-10", NormalQuantile(1e-10), 6.361340902404055980539763, 1e-14)
	near(t, "upper tail of 3.841458820694124 with 1", ChiSquareUpper(3.841458820694124, 1), 0.05, 1e-14)
	near(t, "upper tail with 2", ChiSquareUpper(1400, 2), math.Exp(-700), 1e-12)
	near(t, "upper tail of nearly nothing", ChiSquareUpper(10, 1000), 1, 1e-15)
}

// TestSums: probabilities sum to one, tails to what they are made of.
func TestSums(t *testing.T) {
	sum := 0.0
	for x := 0.0; x <= 60; x++ {
		p := math.Exp(LogBinomial(x, 60-x, 0.03, 0.97))
		if upper := (Trial{int64(x), 60}).Upper(0.03, 1); x > 0 && math.Abs(upper+sum-1) > 1e-14 {
			t.Errorf("P(X >= %v) is %v beside %v", x, upper, sum)
		}
		sum += p
	}
	near(t, "the sum", sum, 1, 1e-14)
	for df := 1; df < 25; df++ { // the upper tail falls by the density
		h := 1e-4
		slope := (ChiSquareUpper(7-h, df) - ChiSquareUpper(7+h, df)) / (2 * h)
		lg, _ := math.Lgamma(float64(df) / 2)
		near(t, "the density", slope, math.Exp((float64(df)/2-1)*math.Log(7)-3.5-float64(df)/2*math.Ln2-lg), 1e-6)
	}
}

// TestLimitsTurnBack: at a limit the tail is what was asked for, also for ten million people.
func TestLimitsTurnBack(t *testing.T) {
	for _, c := range []Trial{{0, 5}, {5, 5}, {6, 174}, {1, 10_000_000}, {140_000, 10_000_000}, {9_999_999, 10_000_000}} {
		low, high := c.ClopperPearson(0.05)
		if c.X > 0 {
			near(t, "the upper tail", c.Upper(low, 1), 0.025, 1e-8)
		}
		if c.X < c.N && high < 0.9 {
			near(t, "the lower tail", c.Lower(high, 1), 0.025, 1e-8)
		}
		low, _ = c.MidP(0.05)
		if c.X > 0 {
			near(t, "the mid-p tail", c.Upper(low, 0.5), 0.025, 1e-8)
		}
	}
}
