package hypergeometric

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestEveryValue compares tails and two-sided sums with whole numbers on every small table.
func TestEveryValue(t *testing.T) {
	for row1 := int64(0); row1 <= 7; row1++ {
		for row0 := int64(1); row0 <= 7; row0++ {
			for events := int64(0); events <= row1+row0; events++ {
				everyValue(t, Margins{row1, row0, events})
			}
		}
	}
}

func everyValue(t *testing.T, m Margins) {
	t.Helper()
	weight := func(k int64) int64 {
		return new(big.Int).Binomial(m.Row1, k).Int64() * new(big.Int).Binomial(m.Row0, m.Events-k).Int64()
	}
	all := float64(new(big.Int).Binomial(m.Row1+m.Row0, m.Events).Int64())
	for a := m.Low(); a <= m.High(); a++ {
		var lower, upper, two, below int64
		for k := m.Low(); k <= m.High(); k++ {
			w := weight(k)
			if k <= a {
				lower += w
			}
			if k >= a {
				upper += w
			}
			if w <= weight(a) {
				two += w
			}
			if w < weight(a) {
				below += w
			}
		}
		for what, c := range map[string][2]float64{"lower": {m.LogLower(a), float64(lower)}, "upper": {m.LogUpper(a), float64(upper)},
			"two-sided": {m.LogTwoSided(a, Exact), float64(two)}, "as R": {m.LogTwoSided(a, Relative), float64(two)},
			"below": {m.LogTwoSided(a, Below), float64(below)}, "one": {m.LogP(a), float64(weight(a))}} {
			if got := math.Exp(c[0]) * all; math.Abs(got-c[1]) > 1e-12*c[1] {
				t.Errorf("%+v at %d: %s is %v, want %v", m, a, what, got, c[1])
			}
		}
	}
}

// TestQuantileHasTheProbabilities: evenly spaced numbers come out as often as the distribution says.
func TestQuantileHasTheProbabilities(t *testing.T) {
	m := Margins{12, 30, 9}
	const n = 200_000
	seen := map[int64]float64{}
	for i := range n {
		seen[m.Quantile((float64(i)+0.5)/n)]++
	}
	for k := m.Low(); k <= m.High(); k++ {
		if p := math.Exp(m.LogP(k)); math.Abs(seen[k]/n-p) > 2.0/n {
			t.Errorf("%d comes out %v times, want %v", k, seen[k], n*p)
		}
	}
}

// TestDrawHasTheProbabilities: what is drawn from wide and from lopsided distributions lies about the mean as the
// distribution says.
func TestDrawHasTheProbabilities(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, m := range []Margins{{12, 30, 9}, {100, 300, 90}, {5_000_000, 5_000_000, 150_000}, {400_000, 9_600_000, 9_000_000}, {3000, 2, 2000}, {200, 100_000, 50_000}} {
		const n = 200_000
		bins := 0.0
		low, high := m.Low(), m.High()
		if mode, sd := m.Mode(), int64(4*math.Sqrt(float64(m.Row1)*float64(m.Events)/float64(m.Row1+m.Row0))); high-low > 2*sd {
			low, high = max(low, mode-sd), min(high, mode+sd)
		}
		step := max(1, (high-low)/20)
		seen := map[int64]float64{}
		for range n {
			seen[(m.Draw(random)-low)/step]++
		}
		var chi float64
		for at := int64(0); at <= (high-low)/step; at++ {
			p := 0.0
			for k := low + at*step; k < low+(at+1)*step && k <= m.High(); k++ {
				p += math.Exp(m.LogP(k))
			}
			if p*n > 10 {
				chi += (seen[at] - n*p) * (seen[at] - n*p) / (n * p)
				bins++
			}
		}
		if chi > bins+5*math.Sqrt(2*bins) {
			t.Errorf("%+v: chi-square is %v in %v bins", m, chi, bins)
		}
	}
}
