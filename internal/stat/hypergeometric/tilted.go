package hypergeometric

import (
	"math"

	"example.org/asye/internal/stat/distribution"
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

// Sides are, where the odds ratio is exp(t), the probabilities below and above a divided by that of a.
type sides struct{ below, above side }

// side is a sum of probabilities, and the same with each multiplied by how far from a it lies, and by the square of that.
type side struct{ sum, far, square float64 }

func (o *Observed) at(t float64) sides {
	return sides{below: total(math.Exp(-t), &o.down, o.nextDown), above: total(math.Exp(t), &o.up, o.nextUp)}
}

// all is the sum of all probabilities divided by that of a, and lean the sum of their distances above a.
func (s sides) all() float64  { return 1 + s.below.sum + s.above.sum }
func (s sides) lean() float64 { return s.above.far - s.below.far }

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

// total sums outward; ratios are kept for the next odds ratio.
func total(tilt float64, ratios *[]float64, next func(int64) float64) (s side) {
	term, far := 1.0, 0.0
	for {
		for _, ratio := range (*ratios)[int(far):] {
			r := ratio * tilt
			term *= r
			far++
			s.sum += term
			s.far += term * far
			s.square += term * far * far
			if term < 1e-19*(1+s.sum) && (r < 1 || term == 0) || s.square > math.MaxFloat64 {
				return s
			}
		}
		for range 64 {
			*ratios = append(*ratios, next(int64(len(*ratios))))
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
	if o.plenty() {
		if t, ok := root.Newton(func(t float64) (value, slope float64) {
			s := o.at(t)
			mean := s.lean() / s.all()
			return mean, (s.above.square+s.below.square)/s.all() - mean*mean
		}, o.guess(0), 1e-6*o.spread()); ok {
			return math.Exp(t)
		}
	}
	t, _ := root.Rising(func(t float64) float64 {
		s := o.at(t)
		return clamp(math.Log(s.above.far / s.below.far))
	}, o.guess(0), o.spread(), 800)
	return math.Exp(t)
}

// Limits is the interval of odds ratios at which both tails exceed alpha/2; half is the share of the
// probability of a that counts: 1 for the exact interval (Cornfield 1956), 0.5 for mid-p (Lancaster 1961).
func (o *Observed) Limits(alpha, half float64) (low, high float64) {
	low, high = 0, math.Inf(1)
	z := distribution.NormalQuantile(alpha / 2)
	if o.a > o.margins.Low() {
		low = math.Exp(o.limit(z, alpha, func(s sides) (here, rest, slope float64) {
			return half + s.above.sum, 1 - half + s.below.sum, s.above.far
		}))
	}
	if o.a < o.margins.High() {
		high = math.Exp(o.limit(-z, alpha, func(s sides) (here, rest, slope float64) {
			return half + s.below.sum, 1 - half + s.above.sum, -s.below.far
		}))
	}
	return low, high
}

// limit is the log odds ratio at which a tail is alpha/2, which is z standard errors below the estimate. The tail is
// here/(here + rest), and here changes by slope.
func (o *Observed) limit(z, alpha float64, tail func(sides) (here, rest, slope float64)) float64 {
	up := math.Copysign(1, z) // whether the tail rises
	if o.plenty() {
		if t, ok := root.Newton(func(t float64) (value, slope float64) {
			s := o.at(t)
			here, rest, change := tail(s)
			all := here + rest
			value, slope = distribution.Score(here/all, (change-here/all*s.lean())/all)
			return value - math.Abs(z), slope
		}, o.guess(-z), 1e-6*o.spread()); ok {
			return t
		}
	}
	target := math.Log(alpha / 2)
	t, _ := root.Rising(func(t float64) float64 {
		here, rest, _ := tail(o.at(t))
		return clamp(up * (-math.Log1p(rest/here) - target))
	}, o.guess(-2*up), o.spread(), 800)
	return t
}

// plenty reports whether tails are nearly normal.
func (o *Observed) plenty() bool {
	a, b, c, d := o.cells()
	return min(a, b, c, d) > 30
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
