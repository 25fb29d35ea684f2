package firth

import (
	"errors"
	"math"

	"example.org/asye/internal/stat/figure"
)

// Model is a fitted logistic regression. Coefficients, errors, limits and tests
// stand in the order of Names.
type Model struct {
	Names      []string       `json:"names"`
	Aliased    []string       `json:"aliased"`  // columns that those before them determine
	N          int64          `json:"n"`        // people
	Dropped    int64          `json:"dropped"`  // records that the caller left out
	Events     int64          `json:"events"`   // people with the event
	Patterns   int            `json:"patterns"` // distinct patterns of values
	Separation map[string]int `json:"separation"`
	ML         ML             `json:"ml"`
	Firth      Penalised      `json:"firth"`

	terms []Term
	cols  []column
}

// ML is the fit by maximum likelihood. It does not exist under separation; then
// nothing of it is given.
type ML struct {
	Exists bool      `json:"exists"`
	Coef   []float64 `json:"coef"`
	SE     []float64 `json:"se"`
	Loglik *float64  `json:"loglik"`
}

// Penalised is the fit by Firth's penalised likelihood, which always exists.
// Errors are roots of the diagonal of the inverse of X'WX. A limit or a test that
// could not be found is null.
type Penalised struct {
	Coef        []float64                           `json:"coef"`
	SE          []float64                           `json:"se"`
	Loglik      float64                             `json:"loglik"`
	ProfileCI95 []Interval                          `json:"profile_ci_95"`
	LRChisqP    []ChisqP                            `json:"lr_chisq_p"`
	TermTests   map[string]Test                     `json:"term_tests"`
	FLIC        figure.Figure                       `json:"flic_intercept"`
	Risks       map[string]map[string]figure.Figure `json:"standardised_risk"`
}

// Options are how a model is fitted.
type Options struct {
	Workers int // goroutines for limits and tests; 0 is one for each core, at most 2
}

// Fit fits a model to counts, both ways. Every coefficient is on the logit scale,
// of the level against the reference, or for one unit of a number. The answer
// does not depend on the order of patterns or on how they were split.
func Fit(data Data, o Options) (*Model, error) {
	patterns, err := data.grouped()
	if err != nil {
		return nil, err
	}
	d := newDesign(data.Terms, patterns)
	m := &Model{Names: names(d.cols), Aliased: names(d.aliased), Dropped: data.Dropped,
		Patterns: len(patterns), Separation: map[string]int{}, terms: data.Terms, cols: d.cols}
	for _, p := range patterns {
		m.N += p.Total
		m.Events += p.Events
	}
	signs := d.separation()
	for j, sign := range signs {
		if sign != 0 {
			m.Separation[m.Names[j]] = int(sign)
		}
	}
	if len(m.Separation) == 0 {
		if err := m.likelihood(d); err != nil {
			return nil, err
		}
	}
	if err := m.penalise(d, data.Terms, signs, o); err != nil {
		return nil, err
	}
	m.predict(d, data.Terms, patterns)
	return m, nil
}

func names(cols []column) []string {
	out := make([]string, len(cols))
	for j, c := range cols {
		out[j] = c.name
	}
	return out
}

// errNotReached is for data on which floating point itself gives out.
var errNotReached = errors.New("The model could not be fitted to the precision that is promised: look for a number of very different sizes, or terms that almost determine each other")

func (m *Model) likelihood(d *design) error {
	s := newSurface(d, false)
	p, ok := s.climb(d.even(), held{fixed: make([]bool, s.p)}, fine)
	if !ok || !s.at(p.beta, nearby) {
		return errNotReached
	}
	m.ML = ML{Exists: true, Coef: d.unscaled(p.beta), SE: s.errors(), Loglik: &s.ll}
	return nil
}

// even is the start at which everybody has the same chance.
func (d *design) even() []float64 {
	y, n := 0.0, 0.0
	for i := range d.n {
		y += d.y[i]
		n += d.n[i]
	}
	beta := make([]float64, len(d.cols))
	beta[0] = math.Log((y + 0.5) / (n - y + 0.5))
	return beta
}

// unscaled are coefficients for the columns as the caller has them.
func (d *design) unscaled(beta []float64) []float64 {
	out := make([]float64, len(beta))
	for j, c := range d.cols {
		out[j] = dot(d.functional(j), beta) / c.scale
	}
	return out
}

// errors are the roots of the diagonal of the inverse of X'WX.
func (s *surface) errors() []float64 {
	invert(s.factor, s.p, s.inv)
	out := make([]float64, s.p)
	part := make([]float64, s.p)
	for j, c := range s.d.cols {
		f := s.d.functional(j)
		for k := range part {
			part[k] = dot(s.inv[k*s.p:(k+1)*s.p], f)
		}
		out[j] = math.Sqrt(math.Max(0, dot(f, part))) / c.scale
	}
	return out
}
