package firth

import (
	"math"
	"slices"

	"example.org/asye/internal/stat/figure"
)

// Test is a likelihood-ratio test: twice the fall of the penalised likelihood
// when coefficients are held at zero in the full penalty, its degrees of freedom
// and the chance of as much under chi-square. A term of which no column could be
// estimated has no test: DF is 0, and Chisq and P are null.
type Test struct {
	Chisq figure.Figure `json:"chisq"`
	DF    int           `json:"df"`
	P     figure.Figure `json:"p"`
}

// withoutCoefficient is the highest point with coefficient k held at zero. first
// is the summit as a climb with k held.
func (s *surface) withoutCoefficient(top summit, first peak, k int) (peak, bool) {
	h := holding(s.d, k)
	start := slices.Clone(first.beta)
	addScaled(start, -h.value(first.beta, k), first.tangent)
	p, ok := s.climb(h.put(start, k, 0), h, fine)
	if !ok || len(top.starts) > 0 {
		plain, other := s.climb(h.put(first.beta, k, 0), h, fine)
		if !ok || other && plain.ll > p.ll {
			p, ok = plain, other
		}
	}
	if ok {
		p, _ = s.better(p, h, top.starts, k)
	}
	return p, ok
}

// withoutTerm is the highest point with every column of a term held at zero.
func (s *surface) withoutTerm(top summit, term int) (peak, int, bool) {
	h := held{fixed: make([]bool, s.p)}
	df := 0
	for j, c := range s.d.cols {
		if h.fixed[j] = c.term == term; h.fixed[j] {
			df++
		}
	}
	if df == 0 {
		return peak{}, 0, true
	}
	var best peak
	found := false
	for _, start := range append([][]float64{top.beta}, top.starts...) {
		from := slices.Clone(start)
		for j, fixed := range h.fixed {
			if fixed {
				from[j] = 0
			}
		}
		p, ok := s.climb(from, h, fine)
		if ok && (!found || p.ll > best.ll) {
			best, found = p, true
		}
	}
	return best, df, found
}

// test compares the model with the one without a term.
func (s *surface) test(top summit, term int) Test {
	p, df, ok := s.withoutTerm(top, term)
	if !ok || df == 0 {
		return Test{figure.Figure(math.NaN()), df, figure.Figure(math.NaN())}
	}
	x := top.fall(p)
	return Test{figure.Figure(x), df, figure.Figure(chisqUpper(x, df))}
}

// fall is the likelihood-ratio statistic; what rounding alone could make is 0.
func (top summit) fall(p peak) float64 {
	x := 2 * (top.ll - p.ll)
	if x < 1e-14*(1+math.Abs(top.ll)) {
		return 0
	}
	return x
}

// chisqUpper is P(X > x) for chi-square with a whole number of degrees of freedom
// (Abramowitz and Stegun 26.4.4 and 26.4.5). x >= 0, df >= 1.
func chisqUpper(x float64, df int) float64 {
	half := x / 2
	sum, term := 0.0, 0.0
	if df%2 == 0 {
		term = math.Exp(-half)
		for k := 1; k <= df/2; k++ {
			sum += term
			term *= half / float64(k)
		}
		return math.Min(1, sum)
	}
	term = math.Exp(-half) * math.Sqrt(half) * 2 / math.SqrtPi
	for k := 1; k <= df/2; k++ {
		sum += term
		term *= half / (float64(k) + 0.5)
	}
	return math.Min(1, math.Erfc(math.Sqrt(half))+sum)
}
