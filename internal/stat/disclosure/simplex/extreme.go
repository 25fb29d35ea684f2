package simplex

import "math"

// Extreme is how far a quantity can go.
type Extreme struct {
	Value int   // the furthest whole value for which a solution was found
	At    []int // that solution, by variable; nil when it is the one that was given
	Bound int   // no solution goes further than this
	Cut   []int // what is fixed and holds the quantity back at the bound: variables, then sums
}

// Exact tells that the furthest value is known.
func (e Extreme) Exact() bool { return e.Value == e.Bound }

// Most finds the largest value of a variable or sum; Least the smallest. Nodes
// is how many branches may be tried where corners are not whole.
func (p *Problem) Most(v, now, nodes int) Extreme { return p.extreme(goal{v, 1}, now, nodes) }

// Least finds the smallest value of a variable or sum.
func (p *Problem) Least(v, now, nodes int) Extreme { return p.extreme(goal{v, -1}, now, nodes) }

func (p *Problem) extreme(g goal, now, nodes int) Extreme {
	out := Extreme{Value: now, Bound: int(p.hi[g.v])}
	if g.sign < 0 {
		out.Bound = int(p.lo[g.v])
	}
	if !p.primal(g) {
		return out
	}
	out.Bound = p.outer(g)
	out.Cut = p.holding(g)
	b := branch{goal: g, best: now, nodes: nodes, done: true}
	b.visit(p)
	if b.at != nil {
		out.Value, out.At = b.best, b.at
	}
	if b.done {
		out.Bound = out.Value
	}
	return out
}

// outer is the furthest whole number that the corner allows.
func (p *Problem) outer(g goal) int {
	if g.sign > 0 {
		return int(math.Floor(p.val[g.v] + whole))
	}
	return int(math.Ceil(p.val[g.v] - whole))
}

// holding lists what keeps the goal where it is: the columns with a price.
func (p *Problem) holding(g goal) []int {
	var out []int
	row := p.row(g)
	for j, v := range p.free {
		if v != g.v && math.Abs(p.slope(g, row, j)) > small {
			out = append(out, v)
		}
	}
	return out
}

// branch is a search for whole solutions.
type branch struct {
	goal  goal
	best  int
	at    []int
	nodes int
	done  bool
}

func (b *branch) better(value int) bool {
	if b.goal.sign > 0 {
		return value > b.best
	}
	return value < b.best
}

func (b *branch) visit(p *Problem) {
	if !b.better(p.outer(b.goal)) {
		return
	}
	v := p.broken()
	if v < 0 {
		b.best, b.at = int(math.Round(p.val[b.goal.v])), p.solution()
		return
	}
	if b.nodes <= 0 {
		b.done = false
		return
	}
	b.nodes--
	below, above := p.clone(), p.clone()
	below.hi[v] = math.Floor(p.val[v])
	above.lo[v] = math.Ceil(p.val[v])
	for _, side := range []*Problem{above, below} {
		switch side.dual(b.goal) {
		case solved:
			b.visit(side)
		case gaveUp:
			b.done = false
		}
	}
}

// broken is the variable that is furthest from whole, or -1.
func (p *Problem) broken() int {
	worst, at := whole, -1
	for v := range p.vars {
		if off := math.Abs(p.val[v] - math.Round(p.val[v])); off > worst {
			worst, at = off, v
		}
	}
	return at
}

func (p *Problem) solution() []int {
	out := make([]int, p.vars)
	for v := range out {
		out[v] = int(math.Round(p.val[v]))
	}
	return out
}

type ending int

const (
	solved ending = iota
	impossible
	gaveUp
)

// dual mends a corner that is best but breaks a bound (Lemke 1954).
func (p *Problem) dual(g goal) ending {
	for range p.MostSteps {
		r, way := p.brokenRow()
		if r < 0 {
			return solved
		}
		j := p.cheapest(g, r, way)
		if j < 0 {
			return impossible
		}
		v := p.basic[r]
		target := p.lo[v]
		if way < 0 {
			target = p.hi[v]
		}
		p.move(j, (target-p.val[v])/p.table[r][j])
		p.val[v] = target
		p.pivot(r, j)
	}
	return gaveUp
}

// brokenRow is the basic variable furthest outside its bounds, and the way back.
func (p *Problem) brokenRow() (int, float64) {
	worst, at, way := whole, -1, 0.0
	for r, v := range p.basic {
		if d := p.lo[v] - p.val[v]; d > worst {
			worst, at, way = d, r, 1
		}
		if d := p.val[v] - p.hi[v]; d > worst {
			worst, at, way = d, r, -1
		}
	}
	return at, way
}

// cheapest is the column that moves a row the right way and costs the goal least.
func (p *Problem) cheapest(g goal, r int, way float64) int {
	best, least := -1, math.Inf(1)
	row := p.row(g)
	for j, v := range p.free {
		a := p.table[r][j] * way
		if math.Abs(a) <= small || !p.mayMove(v, a) {
			continue
		}
		if cost := math.Abs(p.slope(g, row, j)) / math.Abs(a); cost < least-small || cost < least+small && best >= 0 && math.Abs(p.table[r][j]) > math.Abs(p.table[r][best]) {
			best, least = j, cost
		}
	}
	return best
}
