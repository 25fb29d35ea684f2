package small

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/figure"
)

// normal975 is the normal quantile of 0.975.
const normal975 = 1.959963984540054235524594430520551527955550

// Ratio is observed events over those that a model expects, with 95% intervals:
// exact from the Poisson distribution (Garwood, Biometrika 28 (1936) 437-442), and
// Byar's approximation (Breslow and Day 1987, 2.12 and 2.13).
type Ratio struct {
	Observed int64            `json:"observed"`
	Expected float64          `json:"expected"`
	OE       float64          `json:"oe"`
	Exact    [2]figure.Figure `json:"oe_exact"`
	Byar     [2]figure.Figure `json:"oe_byar"`
}

// ObservedExpected compares observed >= 0 events with expected > 0, such as the
// sum of a model's chances over the people of one employer.
func ObservedExpected(observed int64, expected float64) (Ratio, error) {
	if observed < 0 || observed > largest || !(expected > 0) || math.IsInf(expected, 0) {
		return Ratio{}, fmt.Errorf("There are %d events observed and %v expected: observed must be 0 or more, expected above 0", observed, expected)
	}
	o := float64(observed)
	low, high := PoissonInterval(observed)
	bl, bh := byar(o, -1), byar(o+1, 1)
	return Ratio{observed, expected, o / expected, [2]figure.Figure{figure.Figure(low / expected), figure.Figure(high / expected)},
		[2]figure.Figure{figure.Figure(bl / expected), figure.Figure(bh / expected)}}, nil
}

func byar(o, side float64) float64 {
	if o == 0 {
		return 0
	}
	root := 1 - 1/(9*o) + side*normal975/(3*math.Sqrt(o))
	return o * root * root * root
}

// PoissonInterval is the exact 95% interval for the mean of a Poisson count,
// which must not be negative. At 0 the lower limit is 0.
func PoissonInterval(count int64) (low, high float64) {
	x := float64(count)
	if count > 0 {
		low = poissonMean(x, -1)
	}
	return low, poissonMean(x, 1)
}

// poissonMean is the mean at which the tail beyond the count and with it has 2.5%:
// below for the upper limit (side 1), above for the lower (-1).
func poissonMean(x, side float64) float64 {
	m := math.Max(byar(x+step(side > 0), side), 1e-3)
	low, high := 0.0, math.Inf(1)
	for range 200 {
		tail, slope := poissonTail(x, m, side)
		off := math.Log(tail / 0.025)
		if off*side > 0 { // the upper limit lies further up while the tail is too large
			low = m
		} else {
			high = m
		}
		next := m * math.Exp(side*off*tail/(slope*m))
		if math.Abs(next-m) <= 4e-16*m {
			return next
		}
		if !(next > low && next < high) {
			next = low + (math.Min(high, 2*m+1)-low)/2
		}
		m = next
	}
	return m
}

// poissonTail is P(X <= x) for side 1 or P(X >= x) for side -1, summed away from
// x, and how fast it changes with the mean.
func poissonTail(x, m, side float64) (tail, slope float64) {
	at := poisson(x, m)
	slope = at // d/dm P(X <= x) = -P(X = x)
	if side < 0 {
		slope = at * x / m // d/dm P(X >= x) = P(X = x - 1)
	}
	tail = at
	for k, term := x, at; ; {
		if side > 0 {
			term *= k / m
			k--
		} else {
			k++
			term *= m / k
		}
		tail += term
		if term <= tail*1e-18 {
			return tail, slope
		}
	}
}

// poisson is P(X = x) by Loader's saddle point.
func poisson(x, m float64) float64 {
	if x == 0 {
		return math.Exp(-m)
	}
	return math.Exp(-stirling(x)-deviance(x, m)) / math.Sqrt(2*math.Pi*x)
}
