package simplex

import "math"

// goal is the quantity that is driven: a variable, and which way.
type goal struct {
	v    int
	sign float64
}

// slope is how the goal follows the column; where is the row of the goal, -1
// when it is a column itself.
func (p *Problem) row(g goal) int {
	for r, v := range p.basic {
		if v == g.v {
			return r
		}
	}
	return -1
}

func (p *Problem) slope(g goal, row, j int) float64 {
	switch {
	case row >= 0:
		return g.sign * p.table[row][j]
	case p.free[j] == g.v:
		return g.sign
	}
	return 0
}

// primal goes from corner to corner until the goal can go no further; false
// when the steps run out first.
func (p *Problem) primal(g goal) bool {
	still := 0
	for range p.MostSteps {
		row := p.row(g)
		j, way := p.choose(g, row, still > 30)
		if j < 0 {
			return true
		}
		r, step := p.ratio(j, way)
		if step > small {
			still = 0
		} else {
			still++
		}
		p.move(j, way*step)
		if r >= 0 {
			p.settle(p.basic[r])
			p.pivot(r, j)
		} else {
			p.settle(p.free[j])
		}
	}
	return false
}

// choose finds the column that helps most, or the first by number when the
// search has stood still for long (Bland 1977).
func (p *Problem) choose(g goal, row int, first bool) (int, float64) {
	best, most, way := -1, small, 0.0
	for j, v := range p.free {
		d := p.slope(g, row, j)
		if math.Abs(d) <= small || !p.mayMove(v, d) {
			continue
		}
		if first {
			if best < 0 || v < p.free[best] {
				best, way = j, math.Copysign(1, d)
			}
		} else if math.Abs(d) > most {
			best, most, way = j, math.Abs(d), math.Copysign(1, d)
		}
	}
	return best, way
}

func (p *Problem) mayMove(v int, d float64) bool {
	if d > 0 {
		return p.val[v] < p.hi[v]
	}
	return p.val[v] > p.lo[v]
}

// ratio is how far a column can move, and the row that stops it; -1 when it is
// the column's own bound.
func (p *Problem) ratio(j int, way float64) (int, float64) {
	v := p.free[j]
	step := p.room(v, way)
	stop := -1
	for r, b := range p.basic {
		rate := p.table[r][j] * way
		if math.Abs(rate) <= small {
			continue
		}
		t := max(0, p.room(b, rate)/math.Abs(rate))
		if t < step-small || stop >= 0 && t < step+small && p.sooner(r, stop, j) {
			stop, step = r, min(t, step)
		}
	}
	return stop, step
}

// sooner decides between two rows that stop a column at the same place.
func (p *Problem) sooner(r, other, j int) bool {
	a, b := math.Abs(p.table[r][j]), math.Abs(p.table[other][j])
	return a > b+small || a > b-small && p.basic[r] < p.basic[other]
}

func (p *Problem) room(v int, way float64) float64 {
	if way > 0 {
		return p.hi[v] - p.val[v]
	}
	return p.val[v] - p.lo[v]
}

// move carries a column and everything that follows it.
func (p *Problem) move(j int, by float64) {
	if by == 0 {
		return
	}
	p.val[p.free[j]] += by
	for r, b := range p.basic {
		if a := p.table[r][j]; a != 0 {
			p.val[b] = clean(p.val[b] + a*by)
		}
	}
}

// settle puts a variable onto the bound that it has reached.
func (p *Problem) settle(v int) {
	if math.Abs(p.val[v]-p.lo[v]) < math.Abs(p.val[v]-p.hi[v]) {
		p.val[v] = p.lo[v]
	} else {
		p.val[v] = p.hi[v]
	}
}
