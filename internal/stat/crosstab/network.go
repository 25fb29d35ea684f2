package crosstab

import (
	"math"
	"slices"
	"sort"
)

// Effort is how many steps exact work may take unless somebody says otherwise: some seconds.
const Effort = 40_000_000

// slack is how much more likely than the observed a table may be, relatively, and still count as a tie.
const slack = 1e-7

// network is the tables with given margins as ways through a net: a stage for each column, a node for each way in
// which the row sums can be left over. Ways whose end is certain to be likelier, or certain not to be, are not
// followed. Source: Mehta and Patel, JASA 78 (1983) 427-434.
type network struct {
	weights
	stages   []map[uint64]*node
	observed float64 // the logarithm of the weight of the observed table
	mark     uint64  // the mark of its product of factorials
	all      float64 // the logarithm of the weight of all tables
	sum      total
	ties     total
	left     int // steps that may still be taken
}

// node is row sums that are left over before a stage.
type node struct {
	rest        []int64
	total       float64 // the logarithm of the weight of all ways from here
	best, least float64 // that of the likeliest and the unlikeliest way
	paths       paths
}

// exact is the probability of all tables that are no likelier than the observed one: with ties as R has them, and in
// whole numbers. ok is false where that takes more than effort.
func (t counts) exact(effort int) (p, ties float64, ok bool) { return t.exactWith(effort, sortable) }

// exactWith sorts nodes up to so many people.
func (t counts) exactWith(effort int, sorted int64) (p, ties float64, ok bool) {
	if t = t.ordered(); t.tooMuch(effort) {
		return 0, 0, false
	}
	w, ok := t.weigh(t.n <= sorted)
	if !ok || !w.fits() {
		return 0, 0, false
	}
	net := &network{weights: w, left: effort, stages: make([]map[uint64]*node, len(t.cols))}
	for j := range net.stages {
		net.stages[j] = map[uint64]*node{}
	}
	for i, row := range t.cells {
		for j, x := range row {
			value, mark := w.at(i, j).of(x)
			net.observed += value
			net.mark += mark
		}
	}
	start := net.node(0, t.rows)
	if net.left < 0 {
		return 0, 0, false
	}
	net.all = start.total
	start.paths.add(path{ways: 1})
	for j := 0; j < len(t.cols)-1; j++ {
		if !net.follow(j) {
			return 0, 0, false
		}
	}
	return whole(net.sum.value()), whole(net.ties.value()), true
}

// whole is a probability, and one where only rounding is missing.
func whole(p float64) float64 {
	if p > 1-1e-12 {
		return 1
	}
	return p
}

// ordered has its columns from the largest to the smallest, so that the first stages leave few nodes.
func (t counts) ordered() counts {
	order := make([]int, len(t.cols))
	for j := range order {
		order[j] = j
	}
	sort.SliceStable(order, func(a, b int) bool { return t.cols[order[a]] > t.cols[order[b]] })
	out := counts{rows: t.rows, n: t.n}
	for _, j := range order {
		out.cols = append(out.cols, t.cols[j])
	}
	for _, row := range t.cells {
		var moved []int64
		for _, j := range order {
			moved = append(moved, row[j])
		}
		out.cells = append(out.cells, moved)
	}
	return out
}

// fits reports whether row sums can be told apart by one number.
func (w *weights) fits() bool {
	bits := math.Log2(float64(largest(w.rows)+1)) * float64(len(w.rows)-1)
	return bits < 63
}

func (n *network) key(rest []int64) uint64 {
	key, base := uint64(0), uint64(largest(n.rows)+1)
	for _, x := range rest[1:] {
		key = key*base + uint64(x)
	}
	return key
}

// node is the node of what is left over before a stage, made with its bounds when it is first met.
func (n *network) node(j int, rest []int64) *node {
	if n.same && !slices.IsSorted(rest) {
		rest = slices.Clone(rest)
		slices.Sort(rest)
	}
	key := n.key(rest)
	if known := n.stages[j][key]; known != nil || n.left < 0 {
		return known
	}
	made := &node{rest: slices.Clone(rest), total: n.total(j, rest), best: math.Inf(-1), least: math.Inf(1)}
	n.stages[j][key] = made
	if j == len(n.cols)-1 {
		made.best, _ = n.last(rest)
		made.least = made.best
		return made
	}
	n.fill(j, rest, func(s step) {
		if next := n.node(j+1, s.rest); next != nil {
			made.best, made.least = max(made.best, s.value+next.best), min(made.least, s.value+next.least)
		}
	})
	return made
}

// last is the weight and the mark of the last column, which takes all that is left over.
func (n *network) last(rest []int64) (value float64, mark uint64) {
	for i, x := range rest {
		v, m := n.at(i, len(n.cols)-1).of(x)
		value += v
		mark += m
	}
	return value, mark
}

// step is one way to fill a column: what it leaves over, its weight and its mark.
type step struct {
	rest  []int64
	value float64
	mark  uint64
}

func (s step) with(value float64, mark uint64) step {
	return step{s.rest, s.value + value, s.mark + mark}
}

// fill goes through every way to fill column j.
func (n *network) fill(j int, rest []int64, visit func(step)) {
	after := make([]int64, len(rest)) // how much the rows below can take
	for i := len(rest) - 2; i >= 0; i-- {
		after[i] = after[i+1] + rest[i+1]
	}
	s := step{rest: slices.Clone(rest)}
	n.fillRow(filling{j: j, after: after, visit: visit}, 0, n.cols[j], s)
}

type filling struct {
	j     int
	after []int64
	visit func(step)
}

func (n *network) fillRow(f filling, i int, people int64, s step) {
	if n.left < 0 {
		return
	}
	have, cell := s.rest[i], n.at(i, f.j)
	if i == len(s.rest)-1 {
		n.left--
		s.rest[i] -= people
		f.visit(s.with(cell.of(people)))
		s.rest[i] = have
		return
	}
	for x := max(0, people-f.after[i]); x <= min(have, people); x++ {
		s.rest[i] = have - x
		n.fillRow(f, i+1, people-x, s.with(cell.of(x)))
	}
	s.rest[i] = have
}

// follow takes every way through a stage; it is false when that takes too long.
func (n *network) follow(j int) bool {
	for _, from := range n.stages[j] {
		if from.paths.used == 0 {
			continue
		}
		ways := from.paths.sorted(from.total - n.all)
		from.paths = paths{}
		n.left -= 4 * len(ways.list)
		n.fill(j, from.rest, func(s step) {
			if to := n.node(j+1, s.rest); to != nil {
				n.pass(j, ways, to, step{value: s.value, mark: s.mark}, math.Exp(s.value+to.total-from.total))
			}
		})
	}
	n.stages[j] = nil
	return n.left >= 0
}
