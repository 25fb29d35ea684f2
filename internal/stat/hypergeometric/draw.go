package hypergeometric

import (
	"math"
	"math/rand/v2"
)

// narrow is the standard deviation up to which values are gone through one after the other.
const narrow = 4

// Draw gives a value of a with its probability.
func (m Margins) Draw(random *rand.Rand) int64 {
	if m.Low() == m.High() {
		return m.Low()
	}
	n, events := float64(m.Row1+m.Row0), float64(m.Events)
	mean := float64(m.Row1) / n * events
	spread := math.Sqrt(mean * (1 - events/n) * (float64(m.Row0) / (n - 1)))
	if spread <= narrow {
		return m.Quantile(random.Float64())
	}
	return m.ratio(random, mean, spread)
}

// ratio draws a point under the curve of probabilities as a ratio of two uniform numbers. Source: Stadlober, Journal
// of Computational and Applied Mathematics 31 (1990) 181-189.
func (m Margins) ratio(random *rand.Rand, mean, spread float64) int64 {
	top := m.weight(m.Mode())
	width := math.Sqrt(8/math.E)*math.Sqrt(spread*spread+0.5) + 3 - 2*math.Sqrt(3/math.E)
	for {
		u := 1 - random.Float64()
		k := int64(math.Floor(mean + 0.5 + width*(random.Float64()-0.5)/u))
		if k < m.Low() || k > m.High() {
			continue
		}
		if 2*math.Log(u) <= m.weight(k)-top {
			return k
		}
	}
}

// weight is the logarithm of P(a = k) but for a constant, to six digits or more where counts are not tiny.
func (m Margins) weight(k int64) float64 {
	return -factorial(k) - factorial(m.Row1-k) - factorial(m.Events-k) - factorial(m.Row0-m.Events+k)
}

// factorial is log n! but for a constant.
func factorial(n int64) float64 {
	x := float64(n) + 1
	return (x-0.5)*math.Log(x) - x + 1/(12*x) - 1/(360*x*x*x)
}

// Quantile maps a number that is uniform between 0 and 1 to a value of a with its probability. It takes the values
// in the order of their distance from the mode, so that it takes few steps on average.
func (m Margins) Quantile(u float64) int64 {
	mode, low, high := m.Mode(), m.Low(), m.High()
	if low == high {
		return low
	}
	at := math.Exp(m.LogP(mode))
	u -= at
	up, down := at, at
	for above, below := mode, mode; u > 0; {
		if above < high {
			up *= m.up(above)
			above++
			if u -= up; u <= 0 {
				return above
			}
		}
		if below > low {
			below--
			down /= m.up(below)
			if u -= down; u <= 0 {
				return below
			}
		}
		if above == high && below == low || up+down < 1e-18 {
			break
		}
	}
	return mode
}
