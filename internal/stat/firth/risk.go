package firth

import (
	"math"
	"slices"
	"strconv"

	"example.org/asye/internal/stat/figure"
)

// mostValues is the number of distinct values up to which a number gets a
// standardised risk for each.
const mostValues = 12

// predict adds the intercept that makes the expected number of events the
// observed one (FLIC: Puhr 2017), and the risks that follow from it. It is -inf
// without events and inf without anybody else.
func (m *Model) predict(d *design, terms []Term, patterns []Pattern) {
	f := &m.Firth
	beta := make([]float64, len(d.cols)) // for the columns as the design holds them
	for j, c := range d.cols {
		beta[j] = f.Coef[j] * c.scale
	}
	beta[0] = 0
	base := make([]float64, len(d.n))
	for i := range base {
		base[i] = d.eta(i, beta, nil)
	}
	own := d.balance(base, m.Events, m.N)
	f.FLIC = figure.Figure(own + dot(d.functional(0), beta))
	f.Risks = map[string]map[string]figure.Figure{}
	for j, t := range terms {
		if risks := d.risks(risk{j, t, own, beta}, patterns); len(risks) > 0 {
			f.Risks[t.Name] = risks
		}
	}
}

// Risk is the chance that the model gives to somebody, by the penalised
// coefficients and the FLIC intercept, so that chances add up to the events seen;
// dropped columns count as nothing. There is one value for each term, as in
// [Pattern]. It is NaN for values that no person of the data could have.
func (m *Model) Risk(values []float64) float64 {
	if (Data{Terms: m.terms}).checkPattern(0, Pattern{Values: values}) != nil {
		return math.NaN()
	}
	eta := float64(m.Firth.FLIC)
	for j, c := range m.cols[1:] {
		x := values[c.term]
		switch b := m.Firth.Coef[j+1]; {
		case m.terms[c.term].isNumber():
			eta += b * x
		case int(x) == c.level:
			eta += b
		}
	}
	pi, _ := expit(eta)
	return pi
}

// eta is the predictor of pattern i without the columns of a term.
func (d *design) eta(i int, beta []float64, term *int) float64 {
	sum := 0.0
	idx, val := d.row(i)
	for a, k := range idx {
		if term == nil || d.cols[k].term != *term {
			sum += beta[k] * val[a]
		}
	}
	return sum
}

// balance finds the intercept at which the expected number of events is the
// observed one, by Newton's method inside a bracket.
func (d *design) balance(base []float64, events, people int64) float64 {
	if events == 0 || events == people {
		return math.Inf(int(2*min(events, 1) - 1))
	}
	even := math.Log(float64(events) / float64(people-events))
	low, high := even-slices.Max(base), even-slices.Min(base)
	a := (low + high) / 2
	for range 200 {
		short, slope := 0.0, 0.0
		for i, b := range base {
			pi, rest := expit(a + b)
			short += d.y[i]*rest - (d.n[i]-d.y[i])*pi
			slope += d.n[i] * pi * rest
		}
		if short > 0 {
			low = a
		} else {
			high = a
		}
		next := a + short/slope
		if !(next >= low && next <= high) {
			next = low + (high-low)/2
		}
		if math.Abs(next-a) <= 1e-15*(1+math.Abs(a)) {
			return next
		}
		a = next
	}
	return a
}

// expit is the chance at a point of the logit scale, and what is left of 1.
func expit(eta float64) (pi, rest float64) {
	e := math.Exp(-math.Abs(eta))
	if eta < 0 {
		return e / (1 + e), 1 / (1 + e)
	}
	return 1 / (1 + e), e / (1 + e)
}

// risk is what the standardised risks of one term are made of.
type risk struct {
	place     int
	term      Term
	intercept float64
	beta      []float64
}

// risks are the mean chances in the whole sample if everybody had one value of a
// term and their own values of the others (marginal standardisation). A level
// whose column was dropped has none.
func (d *design) risks(r risk, patterns []Pattern) map[string]figure.Figure {
	rest := make([]float64, len(d.n))
	for i := range rest {
		rest[i] = r.intercept + d.eta(i, r.beta, &r.place)
	}
	out := map[string]figure.Figure{}
	for label, shift := range d.shifts(r, patterns) {
		if math.IsNaN(shift) {
			out[label] = figure.Figure(shift)
			continue
		}
		sum, people := 0.0, 0.0
		for i, n := range d.n {
			pi, _ := expit(rest[i] + shift)
			sum += n * pi
			people += n
		}
		out[label] = figure.Figure(sum / people)
	}
	return out
}

// shifts are what each value of a term adds to the predictor; NaN where its
// column was dropped.
func (d *design) shifts(r risk, patterns []Pattern) map[string]float64 {
	out := map[string]float64{}
	for l, label := range r.term.Levels {
		if l == 0 {
			out[label] = 0
			continue
		}
		out[label] = math.NaN()
		for k, c := range d.cols {
			if c.term == r.place && c.level == l {
				out[label] = r.beta[k]
			}
		}
	}
	if !r.term.isNumber() {
		return out
	}
	for k, c := range d.cols {
		if c.term != r.place {
			continue
		}
		for _, p := range patterns {
			v := p.Values[r.place]
			out[strconv.FormatFloat(v, 'g', -1, 64)] = r.beta[k] * c.of(v)
		}
	}
	if len(out) > mostValues {
		return nil
	}
	return out
}
