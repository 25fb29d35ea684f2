package firth

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"example.org/asye/internal/stat/figure"
)

// penalise fits by the penalised likelihood, and walks along it for limits and
// tests.
func (m *Model) penalise(d *design, terms []Term, signs []float64, o Options) error {
	s := newSurface(d, true)
	top, err := s.summit(signs)
	if err != nil {
		return err
	}
	if !s.at(top.beta, anew) {
		return errNotReached
	}
	top.ll = s.ll
	f := &m.Firth
	f.Coef, f.SE, f.Loglik = d.unscaled(top.beta), s.errors(), s.ll
	f.ProfileCI95, f.LRChisqP = make([]Interval, s.p), make([]ChisqP, s.p)
	f.TermTests = map[string]Test{}
	var tasks []func(*surface)
	for k := range d.cols {
		tasks = append(tasks, func(s *surface) { f.coefficient(s, top, k) })
	}
	tests := make([]Test, len(terms))
	for j := range terms {
		tasks = append(tasks, func(s *surface) { tests[j] = s.test(top, j) })
	}
	share(tasks, s, o.Workers)
	for j, t := range terms {
		f.TermTests[t.Name] = tests[j]
	}
	return nil
}

// share lets several goroutines, each with its own room, work through tasks.
func share(tasks []func(*surface), s *surface, workers int) {
	if workers <= 0 {
		workers = min(2, runtime.GOMAXPROCS(0))
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for i := range min(workers, len(tasks)) {
		mine := s
		if i > 0 {
			mine = newSurface(s.d, s.penalised)
		}
		all.Go(func() {
			for {
				k := int(next.Add(1)) - 1
				if k >= len(tasks) {
					return
				}
				tasks[k](mine)
			}
		})
	}
	all.Wait()
}

// coefficient works out the limits and the test of one coefficient.
func (f *Penalised) coefficient(s *surface, top summit, k int) {
	h := holding(s.d, k)
	first, ok := s.climb(top.beta, h, fine)
	low, high := math.NaN(), math.NaN()
	f.LRChisqP[k] = ChisqP{figure.Figure(low), figure.Figure(low)}
	if ok {
		low = s.limit(top, first, k, -1) / s.d.cols[k].scale
		high = s.limit(top, first, k, 1) / s.d.cols[k].scale
		if p, found := s.withoutCoefficient(top, first, k); found {
			x := top.fall(p)
			f.LRChisqP[k] = ChisqP{figure.Figure(x), figure.Figure(chisqUpper(x, 1))}
		}
	}
	f.ProfileCI95[k] = Interval{figure.Figure(low), figure.Figure(high)}
}

// manyEvents for each coefficient, without separation, make a surface with one
// peak as far out as the limits lie, so that no other start is tried.
const manyEvents = 20

// summit finds the highest point of all. With few events, and above all under
// separation, the surface has several peaks, so that climbs from several starts
// are made.
func (s *surface) summit(signs []float64) (summit, error) {
	free := held{fixed: make([]bool, s.p)}
	best, ok := s.climb(s.d.even(), free, fine)
	apart := slices.ContainsFunc(signs, func(x float64) bool { return x != 0 })
	if ok && !apart && s.d.rarest() >= manyEvents*float64(s.p) {
		return summit{peak: best}, nil
	}
	if !ok {
		best = peak{beta: s.d.even(), ll: math.Inf(-1)}
	}
	for range 2 {
		for _, start := range s.d.starts(best.beta, signs) {
			if p, reached := s.climb(start, free, fine); reached && p.ll > best.ll+1e-9 {
				best, ok = p, true
			}
		}
	}
	if !ok {
		return summit{}, errNotReached
	}
	return summit{best, s.d.starts(best.beta, signs)}, nil
}

// starts are where other peaks may be climbed from: everybody alike; the summit
// with all coefficients that separate moved a good way, and with each of them;
// points scattered around it, the same each time. The larger the data, the fewer:
// several peaks are a matter of small ones.
func (d *design) starts(beta, signs []float64) [][]float64 {
	along := slices.Clone(beta)
	out := [][]float64{d.even(), along}
	for j, sign := range signs {
		along[j] += 3 * sign
		for _, by := range []float64{-4 * sign, 4 * sign} {
			b := slices.Clone(beta)
			if b[j] += by; sign != 0 {
				out = append(out, b)
			}
		}
	}
	scattered, least, budget := 6, 1, 1e5
	if len(out) > 2 {
		scattered, least, budget = 24, 2, 3e5
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range scattered {
		b := slices.Clone(beta)
		for j := range b {
			b[j] += 6 * r.NormFloat64()
		}
		out = append(out, b)
	}
	return out[:min(len(out), d.affordable(least, budget))]
}

// affordable is how many starts a budget allows, by what a step costs. A model
// with very many coefficients has data enough to have one peak, or else no time.
func (d *design) affordable(least int, budget float64) int {
	p := float64(len(d.cols))
	cost := 30*float64(len(d.n)) + p*p*p*p/4
	if cost > 1e6 {
		return 0
	}
	return max(least, int(budget/cost))
}

// rarest is the number of people with the event, or without if they are fewer.
func (d *design) rarest() float64 {
	with, without := 0.0, 0.0
	for i, y := range d.y {
		with += y
		without += d.n[i] - y
	}
	return math.Min(with, without)
}
