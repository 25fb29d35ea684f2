package hypergeometric

import (
	"math"
	"sort"

	"example.org/asye/internal/stat/root"
)

// Stratum is one of several tables with a common odds ratio.
type Stratum struct {
	Margins
	A int64
}

// Strata is the distribution of the sum of a over tables whose margins are fixed. Source: Gart, Biometrika 57 (1970)
// 471-475.
type Strata struct {
	tables         []Stratum
	low, high, sum int64
}

// effort is how many products of weights may be added up.
const effort = 400_000_000

// Together takes the tables whose a could be something else; the others tell nothing.
func Together(tables []Stratum) Strata {
	var s Strata
	for _, t := range tables {
		if t.Low() < t.High() {
			s.tables = append(s.tables, t)
			s.low, s.high, s.sum = s.low+t.Low(), s.high+t.High(), s.sum+t.A
		}
	}
	return s
}

// weights are the probabilities of a from low on where the odds ratio is exp(t), but for those that are no number.
func (m Margins) weights(t float64) (low int64, p []float64) {
	tilt := math.Exp(t)
	span := int(m.High() - m.Low())
	mode := m.Low() + int64(sort.Search(span, func(i int) bool { return m.up(m.Low()+int64(i))*tilt <= 1 }))
	var down []float64
	for k, w := mode-1, 1.0; k >= m.Low(); k-- {
		if w /= m.up(k) * tilt; w < 1e-307 {
			break
		}
		down = append(down, w)
	}
	for i := len(down) - 1; i >= 0; i-- {
		p = append(p, down[i])
	}
	p = append(p, 1)
	for k, w := mode, 1.0; k < m.High(); k++ {
		if w *= m.up(k) * tilt; w < 1e-307 {
			break
		}
		p = append(p, w)
	}
	total := 0.0
	for _, w := range p {
		total += w
	}
	for i := range p {
		p[i] /= total
	}
	return mode - int64(len(down)), p
}

// excess is how much more than target the sum of a is expected to be.
func (s Strata) excess(t, target float64) float64 {
	off := float64(s.sum) - target
	for _, one := range s.tables {
		low, p := one.weights(t)
		for i, w := range p {
			off += w * float64(low+int64(i)-one.A)
		}
	}
	return off
}

// solve finds the log odds ratio at which target is expected.
func (s Strata) solve(target float64) float64 {
	t, _ := root.Rising(func(t float64) float64 { return s.excess(t, target) }, 0, 1, 800)
	return t
}

// ConditionalOR is the common odds ratio by conditional maximum likelihood: 0 or +Inf at the ends, NaN where no table
// tells anything.
func (s Strata) ConditionalOR() float64 {
	switch s.sum {
	case s.low:
		if s.low == s.high {
			return math.NaN()
		}
		return 0
	case s.high:
		return math.Inf(1)
	}
	return math.Exp(s.solve(float64(s.sum)))
}

// Sum is the probabilities of the sum of a where the odds ratio is exp(Tilt).
type Sum struct {
	tilt float64
	at   int // which is the observed one
	p    []float64
	ends [2]bool // that the observed one is the least, or the most, there can be
}

// Central is the distribution without a difference; ok is false where it would take too much work.
func (s Strata) Central() (sum Sum, ok bool) { return s.convolve(0) }

// Near is the distribution where the observed sum is in the middle.
func (s Strata) Near() (sum Sum, ok bool) {
	if s.low == s.high {
		return s.convolve(0)
	}
	middle := min(max(float64(s.sum), float64(s.low)+0.5), float64(s.high)-0.5)
	return s.convolve(s.solve(middle))
}

func (s Strata) convolve(t float64) (Sum, bool) {
	all, low, work := []float64{1}, int64(0), 0
	floor := 1e-300 // what is less would slow every product down, and tells nothing
	if t != 0 {
		floor = 1e-100
	}
	for _, one := range s.tables {
		from, p := one.weights(t)
		if work += len(all) * len(p); work > effort {
			return Sum{}, false
		}
		out, mode := make([]float64, len(all)+len(p)-1), likeliest(p)
		for i, x := range all {
			from, to := above(p, mode, floor/x)
			part := out[i : i+len(p)]
			for j := from; j < to; j++ {
				part[j] += x * p[j]
			}
		}
		all, low = out, low+from
	}
	at := s.sum - low
	if at < 0 || at >= int64(len(all)) {
		return Sum{}, false
	}
	return Sum{t, int(at), all, [2]bool{s.sum == s.low, s.sum == s.high}}, true
}

// above is the part of probabilities with one mode that lies above a floor.
func above(p []float64, mode int, floor float64) (from, to int) {
	if floor < 1e-306 {
		return 0, len(p)
	}
	from = sort.Search(mode, func(i int) bool { return p[i] >= floor })
	return from, mode + sort.Search(len(p)-mode, func(i int) bool { return p[mode+i] < floor })
}

// likeliest is where the largest probability stands.
func likeliest(p []float64) (at int) {
	for i, x := range p {
		if x > p[at] {
			at = i
		}
	}
	return at
}

// Tails are P(sum < observed), P(observed) and P(sum > observed) at the tilt of the distribution.
func (s Sum) Tails() (below, at, above float64) {
	for i, p := range s.p {
		switch {
		case i < s.at:
			below += p
		case i > s.at:
			above += p
		}
	}
	return below, s.p[s.at], above
}

// TwoSided sums the probabilities of all sums that are as unlikely as the observed one, ties as R has them.
func (s Sum) TwoSided() float64 {
	total := 0.0
	for _, p := range s.p {
		if p <= s.p[s.at]*(1+slack) {
			total += p
		}
	}
	return min(1, total)
}

// Limits is the interval of odds ratios at which both tails exceed alpha/2; half is the share of the observed
// probability that counts, 1 or 0.5.
func (s Sum) Limits(alpha, half float64) (low, high float64) {
	low, high = 0, math.Inf(1)
	target := math.Log(alpha / 2)
	if !s.ends[0] {
		t, _ := root.Rising(func(t float64) float64 {
			below, above := s.tilted(t)
			return clamp(-math.Log1p((1-half+below)/(half+above)) - target)
		}, 0, 1, 600)
		low = math.Exp(s.tilt + t)
	}
	if !s.ends[1] {
		t, _ := root.Rising(func(t float64) float64 {
			below, above := s.tilted(t)
			return clamp(target + math.Log1p((1-half+above)/(half+below)))
		}, 0, 1, 600)
		high = math.Exp(s.tilt + t)
	}
	return low, high
}

// tilted are the sums below and above the observed one, in shares of its probability, at another odds ratio.
func (s Sum) tilted(t float64) (below, above float64) {
	for i, p := range s.p {
		w := p / s.p[s.at] * math.Exp(t*float64(i-s.at))
		switch {
		case p == 0:
		case i < s.at:
			below += w
		case i > s.at:
			above += w
		}
	}
	return below, above
}
