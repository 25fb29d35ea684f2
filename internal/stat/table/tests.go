package table

import (
	"math"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/hypergeometric"
)

// Exact are the tests that fix both margins of a table.
type Exact struct {
	Less        figure.Figure `json:"fisher_less"`      // P(A <= a)
	Greater     figure.Figure `json:"fisher_greater"`   // P(A >= a)
	TwoSided    figure.Figure `json:"fisher_two_sided"` // every table as unlikely, ties as R has them
	Ties        figure.Figure `json:"fisher_two_sided_exact_ties"`
	Central     figure.Figure `json:"fisher_central"` // twice the smaller tail
	MidLess     figure.Figure `json:"midp_less"`      // with half of P(A = a)
	MidGreater  figure.Figure `json:"midp_greater"`
	MidTwoSided figure.Figure `json:"midp_two_sided"`         // twice the smaller; Lancaster, JASA 56 (1961) 223-234
	MidMinlike  figure.Figure `json:"midp_two_sided_minlike"` // strictly less likely tables, and half of the ties
	Observed    figure.Figure `json:"p_obs"`                  // P(A = a)
}

// Exact gives Fisher's exact test and its mid-p forms. Source: Fisher (1935); Lancaster (1961).
func (t TwoByTwo) Exact() Exact {
	m := t.margins()
	less, greater, at := math.Exp(m.LogLower(t.A)), math.Exp(m.LogUpper(t.A)), math.Exp(m.LogP(t.A))
	below, above := math.Exp(m.LogLower(t.A-1)), math.Exp(m.LogUpper(t.A+1))
	two, strictly := math.Exp(m.LogTwoSided(t.A, hypergeometric.Relative)), math.Exp(m.LogTwoSided(t.A, hypergeometric.Below))
	midLess, midGreater := below+at/2, above+at/2
	return Exact{
		Less: figure.Figure(less), Greater: figure.Figure(greater), TwoSided: figure.Figure(two),
		Ties:    figure.Figure(math.Exp(m.LogTwoSided(t.A, hypergeometric.Exact))),
		Central: figure.Figure(min(1, 2*min(less, greater))),
		MidLess: figure.Figure(midLess), MidGreater: figure.Figure(midGreater),
		MidTwoSided: figure.Figure(min(1, 2*min(midLess, midGreater))),
		MidMinlike:  figure.Figure((two + strictly) / 2), Observed: figure.Figure(at),
	}
}

// Large are the tests for large counts, each with one degree of freedom.
type Large struct {
	ChiSq  figure.Figure `json:"chisq"` // Pearson (1900)
	P      figure.Figure `json:"p_chisq"`
	Yates  figure.Figure `json:"chisq_yates"` // with min(0.5, |O - E|) taken off; Yates (1934)
	PYates figure.Figure `json:"p_chisq_yates"`
	N1     figure.Figure `json:"chisq_n1"` // times (N-1)/N; Campbell, Statistics in Medicine 26 (2007) 3661-3675
	PN1    figure.Figure `json:"p_chisq_n1"`
	G      figure.Figure `json:"G"` // twice the log likelihood ratio
	PG     figure.Figure `json:"p_G"`
}

// Large gives the chi-square tests; where a margin is empty there is nothing to test and none is defined.
func (t TwoByTwo) Large() Large {
	n1, n0, m, k, n := t.n1(), t.n0(), t.events(), t.others(), t.people()
	if n1 == 0 || n0 == 0 || m == 0 || k == 0 {
		return Large{figure.Undefined, figure.Undefined, figure.Undefined, figure.Undefined,
			figure.Undefined, figure.Undefined, figure.Undefined, figure.Undefined}
	}
	cross := math.Abs(t.cross())
	scale := n / n1 / n0 / m / k
	chi := cross * cross * scale
	yates := (cross - min(n/2, cross)) * (cross - min(n/2, cross)) * scale
	campbell := chi * (n - 1) / n
	g := t.likelihoodRatio()
	return Large{figure.Figure(chi), oneDegree(chi), figure.Figure(yates), oneDegree(yates),
		figure.Figure(campbell), oneDegree(campbell), figure.Figure(g), oneDegree(g)}
}

// likelihoodRatio sums deviances, which are all positive, instead of O log(O/E), which cancel.
func (t TwoByTwo) likelihoodRatio() float64 {
	n := t.people()
	off := t.cross() / n
	return 2 * (deviance(t.A, t.n1()*t.events()/n, off) + deviance(t.B, t.n1()*t.others()/n, -off) +
		deviance(t.C, t.n0()*t.events()/n, -off) + deviance(t.D, t.n0()*t.others()/n, off))
}

func deviance(observed int64, expected, diff float64) float64 {
	return distribution.Deviance(float64(observed), expected, diff)
}

func oneDegree(chi float64) figure.Figure { return figure.Figure(distribution.ChiSquareUpper(chi, 1)) }
