package hypergeometric

import (
	"math"

	"example.org/asye/internal/stat/root"
)

// Observed is one value of a with its margins: what an odds ratio is estimated from.
type Observed struct {
	margins  Margins
	a        int64
	up, down []float64 // ratios of neighbours outward from a, as far as they were needed
}

// Observe prepares the estimates from one table with Low <= a <= High.
func Observe(m Margins, a int64) *Observed { return &Observed{margins: m, a: a} }

// Sides are, where the odds ratio is exp(t), the probabilities below and above a divided by that of a, and how
// far from a they lie on average times those sums.
type sides struct{ below, above, belowFar, aboveFar float64 }

func (o *Observed) at(t float64) sides {
	var s sides
	s.above, s.aboveFar = o.side(math.Exp(t), &o.up, o.nextUp)
	s.below, s.belowFar = o.side(math.Exp(-t), &o.down, o.nextDown)
	return s
}

func (o *Observed) nextUp(j int64) float64 {
	if o.a+j >= o.margins.High() {
		return 0
	}
	return o.margins.up(o.a + j)
}

func (o *Observed) nextDown(j int64) float64 {
	if o.a-j <= o.margins.Low() {
		return 0
	}
	return 1 / o.margins.up(o.a-j-1)
}

// side sums outward; ratios are kept for the next odds ratio.
func (o *Observed) side(tilt float64, ratios *[]float64, next func(int64) float64) (sum, far float64) {
	term := 1.0
	for j := 0; ; j++ {
		if j == len(*ratios) {
			*ratios = append(*ratios, next(int64(j)))
		}
		r := (*ratios)[j] * tilt
		term *= r
		sum += term
		far += term * float64(j+1)
		if term == 0 || r < 1 && term < 1e-19*(1+sum) || math.IsInf(far, 1) {
			return sum, far
		}
	}
}

// ConditionalOR is the odds ratio at which a is what one expects: the conditional maximum-likelihood estimate.
// It is 0 or +Inf at the ends, and NaN where a could be nothing else. Source: Fisher (1935); Cornfield (1956).
func (o *Observed) ConditionalOR() float64 {
	low, high := o.margins.Low(), o.margins.High()
	switch {
	case low == high:
		return math.NaN()
	case o.a == low:
		return 0
	case o.a == high:
		return math.Inf(1)
	}
	t, _ := root.Rising(func(t float64) float64 {
		s := o.at(t)
		return clamp(math.Log(s.aboveFar / s.belowFar))
	}, o.guess(0), o.spread(), 800)
	return math.Exp(t)
}

// Limits is the interval of odds ratios at which both tails exceed alpha/2; half is the share of the
// probability of a that counts: 1 for the exact interval (Cornfield 1956), 0.5 for mid-p (Lancaster 1961).
func (o *Observed) Limits(alpha, half float64) (low, high float64) {
	low, high = 0, math.Inf(1)
	target := math.Log(alpha / 2)
	if o.a > o.margins.Low() {
		t, _ := root.Rising(func(t float64) float64 {
			s := o.at(t)
			return clamp(-math.Log1p((1-half+s.below)/(half+s.above)) - target)
		}, o.guess(-2), o.spread(), 800)
		low = math.Exp(t)
	}
	if o.a < o.margins.High() {
		t, _ := root.Rising(func(t float64) float64 {
			s := o.at(t)
			return clamp(target + math.Log1p((1-half+s.above)/(half+s.below)))
		}, o.guess(2), o.spread(), 800)
		high = math.Exp(t)
	}
	return low, high
}

// guess is the log odds ratio with a half added to each cell, moved by a number of its standard errors.
func (o *Observed) guess(errors float64) float64 {
	a, b, c, d := o.cells()
	return math.Log(a) + math.Log(d) - math.Log(b) - math.Log(c) + errors*o.spread()
}

func (o *Observed) spread() float64 {
	a, b, c, d := o.cells()
	return math.Sqrt(1/a + 1/b + 1/c + 1/d)
}

func (o *Observed) cells() (a, b, c, d float64) {
	m := o.margins
	return float64(o.a) + 0.5, float64(m.Row1-o.a) + 0.5, float64(m.Events-o.a) + 0.5, float64(m.Row0-m.Events+o.a) + 0.5
}

// clamp keeps what is infinite within reach of interpolation.
func clamp(x float64) float64 { return min(max(x, -1e4), 1e4) }
