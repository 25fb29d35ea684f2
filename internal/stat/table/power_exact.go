package table

import (
	"math"
	"sort"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/hypergeometric"
)

// regions are, for each number of events in both groups, the a at which a test finds a difference: up to one limit,
// and from another.
type regions struct {
	Design
	test   rejects
	limits map[int64][2]int64
}

func (d Design) regions(test rejects) *regions { return &regions{d, test, map[int64][2]int64{}} }

func (r *regions) of(events int64) (low, high int64) {
	if known, ok := r.limits[events]; ok {
		return known[0], known[1]
	}
	m := hypergeometric.Margins{Row1: r.N1, Row0: r.N0, Events: events}
	mode := m.Mode()
	below := sort.Search(int(mode-m.Low()+1), func(i int) bool { return !r.test(m, m.Low()+int64(i), r.Alpha) })
	above := sort.Search(int(m.High()-mode), func(i int) bool { return r.test(m, mode+1+int64(i), r.Alpha) })
	low, high = m.Low()+int64(below)-1, mode+1+int64(above)
	r.limits[events] = [2]int64{low, high}
	return low, high
}

// power goes through every table that can come about; ok is false where they are too many.
func (r *regions) power(p1 float64) (power float64, ok bool) {
	from1, one := likely(r.N1, p1)
	from0, zero := likely(r.N0, r.P0)
	if len(one)*len(zero) > powerEffort {
		return 0, false
	}
	for events := from1 + from0; events < from1+from0+int64(len(one)+len(zero))-1; events++ {
		low, high := r.of(events)
		for i := max(0, events-from0-int64(len(zero))+1-from1); i < int64(len(one)) && events-from1-i >= from0; i++ {
			if a := from1 + i; a <= low || a >= high {
				power += one[i] * zero[events-a-from0]
			}
		}
	}
	return min(power, 1), true
}

// likely is the binomial probabilities from the first that matters on.
func likely(n int64, p float64) (from int64, out []float64) {
	mode := min(n, int64(float64(n+1)*p))
	at := func(x int64) float64 { return math.Exp(distribution.LogBinomial(float64(x), float64(n-x), p, 1-p)) }
	if p == 0 || p == 1 {
		return mode, []float64{1}
	}
	from = mode - int64(sort.Search(int(mode), func(i int) bool { return at(mode-int64(i)) < 1e-20 }))
	for x := from; x <= n; x++ {
		w := at(x)
		if x > mode && w < 1e-20 {
			break
		}
		out = append(out, w)
	}
	return from, out
}
