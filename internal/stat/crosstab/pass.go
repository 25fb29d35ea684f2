package crosstab

import (
	"math"
	"sort"
)

// sorted is the ways to a node from the unlikeliest to the likeliest.
type sorted struct {
	list []path
	mass []float64 // the probability of all ways before each
}

// sorted orders the ways; scale turns the logarithm of a weight into that of a probability.
func (p *paths) sorted(scale float64) sorted {
	s := sorted{list: make([]path, 0, p.used)}
	for _, one := range p.slots {
		if one.ways > 0 {
			s.list = append(s.list, one)
		}
	}
	sort.Slice(s.list, func(a, b int) bool { return s.list[a].value < s.list[b].value })
	s.mass = make([]float64, 1, len(s.list)+1)
	for i, one := range s.list {
		s.mass = append(s.mass, s.mass[i]+one.ways*math.Exp(one.value+scale))
	}
	return s
}

// below counts the ways with a value up to a limit.
func (s sorted) below(limit float64) int {
	return sort.Search(len(s.list), func(i int) bool { return s.list[i].value > limit })
}

// pass takes ways on to a node: of the unlikeliest all that follows counts, of the likeliest nothing, and those
// between go on. share is the probability of the step.
func (n *network) pass(j int, ways sorted, to *node, s step, share float64) {
	first := ways.below(n.observed - slack - to.best - s.value)
	end := first + sorted{list: ways.list[first:]}.below(n.observed+slack-to.least-s.value)
	p := ways.mass[first] * share
	n.sum.add(p)
	n.ties.add(p)
	n.left -= 1 + 4*(end-first)
	for i := first; i < end; i++ {
		one := ways.list[i]
		one.value += s.value
		one.mark += s.mark
		if j+1 < len(n.cols)-1 {
			to.paths.add(one)
			continue
		}
		p := (ways.mass[i+1] - ways.mass[i]) * share
		n.sum.add(p)
		if _, mark := n.last(to.rest); one.mark+mark == n.mark || one.value+to.best < n.observed {
			n.ties.add(p)
		}
	}
}

// total adds many numbers, of which most may be too small for the sum alone to feel. Source: Neumaier, ZAMM 54
// (1974) 39-51.
type total struct{ sum, lost float64 }

func (t *total) add(x float64) {
	next := t.sum + x
	if t.sum >= x {
		t.lost += t.sum - next + x
	} else {
		t.lost += x - next + t.sum
	}
	t.sum = next
}

func (t *total) value() float64 { return t.sum + t.lost }
