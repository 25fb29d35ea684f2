package firth

import (
	"math"
	"slices"
)

// normal975 is the normal quantile of 0.975.
const normal975 = 1.959963984540054235524594430520551527955550

// summit is the highest point of a surface, and the starts from which a climb
// might reach other peaks when one coefficient is held.
type summit struct {
	peak
	starts [][]float64
}

// holding fixes one coefficient.
func holding(d *design, k int) held {
	h := held{fixed: make([]bool, len(d.cols))}
	h.fixed[k] = true
	if k == 0 {
		h.couple = make([]float64, len(d.cols))
		for j, c := range d.cols {
			h.couple[j] = c.mean / c.scale
		}
	}
	return h
}

// value is coefficient k in the unit of the profile: that of its column, and for
// the intercept that of uncentred columns.
func (h held) value(beta []float64, k int) float64 {
	v := beta[k]
	if h.couple != nil {
		v -= dot(h.couple, beta)
	}
	return v
}

// put moves coefficient k so that its value is t.
func (h held) put(beta []float64, k int, t float64) []float64 {
	out := slices.Clone(beta)
	out[k] += t - h.value(beta, k)
	return out
}

// walk is a search for the limit of one coefficient to one side.
type walk struct {
	s       *surface
	top     summit
	h       held
	k       int
	side    float64 // -1 or 1
	origin  float64 // value at the summit
	in, out float64 // the limit is between them; out is not known while NaN
}

// limit finds where the profile of coefficient k has fallen by half the 95%
// quantile of chi-square with one degree of freedom (Heinze and Schemper 2002).
// first is the summit as a climb with k held. NaN where it finds none.
func (s *surface) limit(top summit, first peak, k int, side float64) float64 {
	w := &walk{s: s, top: top, h: holding(s.d, k), k: k, side: side, out: math.NaN()}
	w.origin = w.h.value(first.beta, k)
	w.in = w.origin
	at := first
	for range 12 {
		t, reached, ok := w.cross(at)
		if !ok {
			return math.NaN()
		}
		higher, found := w.s.better(reached, w.h, top.starts, k)
		if !found || w.root(higher) >= normal975 {
			return t
		}
		at, w.in, w.out = higher, t, math.NaN()
	}
	return math.NaN()
}

// root is the signed root of the deviance, which is close to a straight line.
func (w *walk) root(p peak) float64 { return math.Sqrt(math.Max(0, 2*(w.top.ll-p.ll))) }

// cross follows one ridge from a point inside the limit to the limit.
func (w *walk) cross(p peak) (float64, peak, bool) {
	t := w.h.value(p.beta, w.k)
	step := w.stride(p, t)
	for range 80 {
		next := w.within(t, step)
		start := slices.Clone(p.beta)
		addScaled(start, next-t, p.tangent)
		q, ok := w.s.climb(w.h.put(start, w.k, next), w.h, fine)
		if !ok {
			q, ok = w.s.climb(w.h.put(p.beta, w.k, next), w.h, fine)
		}
		if !ok {
			w.out = next
			step = (w.in - t) + (next-w.in)/2
			continue
		}
		p, t = q, next
		if w.root(p) < normal975 {
			w.in = t
		} else {
			w.out = t
		}
		step = w.stride(p, t)
		size := math.Abs(t-w.origin) + 1e-300
		if math.Abs(step) < 1e-7*size {
			return t + step, p, true
		}
		if math.Abs(w.out-w.in) < 1e-9*size {
			return w.out, p, true
		}
	}
	return 0, p, false
}

// stride is Newton's step along the root of the deviance; where the slope says
// nothing, outwards by what the curve at the summit suggests, or the way so far.
func (w *walk) stride(p peak, t float64) float64 {
	r := w.root(p)
	gone := math.Abs(t - w.origin)
	if r < 1e-4 {
		return w.side * math.Max(gone, normal975/math.Sqrt(math.Max(p.curve, 1e-12)))
	}
	step := (normal975 - r) * r / -p.slope
	if math.IsNaN(step) || step*w.side*(normal975-r) < 0 || math.Abs(step) > 2*gone {
		return w.side * math.Copysign(gone, normal975-r)
	}
	return step
}

// within is where a step from t leads, kept between in and out.
func (w *walk) within(t, step float64) float64 {
	next := t + step
	if (next-w.in)*w.side <= 0 || (next-w.out)*w.side >= 0 {
		if math.IsNaN(w.out) {
			return t + w.side*math.Max(math.Abs(t-w.origin), 1e-3)
		}
		return w.in + (w.out-w.in)/2
	}
	return next
}

// better looks from other starts for a higher point with the same held values:
// from each start with coefficient k moved to its place, and from the start made
// longer or shorter as a whole, which keeps apart what it keeps apart.
func (s *surface) better(p peak, h held, starts [][]float64, k int) (peak, bool) {
	t := h.value(p.beta, k)
	found := false
	for _, start := range starts {
		ratio := t / h.value(start, k)
		if q, ok := s.higher(p, h, h.put(start, k, t)); ok {
			p, found = q, true
		}
		if !(math.Abs(ratio) < 20) {
			continue
		}
		if q, ok := s.higher(p, h, h.put(scaled(start, ratio), k, t)); ok {
			p, found = q, true
		}
	}
	return p, found
}

// higher is where a climb leads, if that is above a point.
func (s *surface) higher(p peak, h held, start []float64) (peak, bool) {
	q, ok := s.climb(start, h, rough)
	if !ok || q.ll < p.ll+1e-7 {
		return p, false
	}
	q, ok = s.climb(q.beta, h, fine)
	return q, ok && q.ll > p.ll+1e-8
}
