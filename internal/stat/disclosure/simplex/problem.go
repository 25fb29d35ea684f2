// Package simplex finds the largest and the smallest whole number that one
// quantity can be in a system of sums with bounds, from a solution that is
// known: the true table. It is the bounded-variable simplex method (Dantzig
// 1963, chapter 18) on a dictionary, which needs no first phase here, and
// branch and bound (Land and Doig 1960) where corners are not whole.
package simplex

import "math"

// System is sums of variables with bounds, and one whole solution of it.
type System struct {
	Lo, Hi, At []int // of each variable
	Rows       []Row
}

// Row is a sum of variables, and what is known of it.
type Row struct {
	Vars   []int
	Lo, Hi int
}

// Problem is a system on the way from corner to corner. Variables come first,
// then sums: both can be asked about.
type Problem struct {
	vars      int
	lo, hi    []float64
	val       []float64
	table     [][]float64 // by basic row and column: how the basic variable follows the other
	basic     []int
	free      []int // the variables that are not basic, by column
	keep      bool
	nonzero   []int // columns of the pivot row, reused
	Pivots    int   // made so far
	MostSteps int   // pivots that one question may take
}

const (
	small = 1e-9
	whole = 1e-6
)

// New takes a system over. Keep holds on to what is fixed, so that it can be
// named in a cut; without it the table shrinks.
func New(s System, keep bool) *Problem {
	n, m := len(s.At), len(s.Rows)
	p := &Problem{vars: n, keep: keep, MostSteps: 20*(n+m) + 200}
	for i := range n {
		p.add(s.Lo[i], s.Hi[i], s.At[i])
		p.free = append(p.free, i)
	}
	for i, row := range s.Rows {
		line, sum := make([]float64, n), 0
		for _, v := range row.Vars {
			line[v] = 1
			sum += s.At[v]
		}
		p.add(row.Lo, row.Hi, sum)
		p.table, p.basic = append(p.table, line), append(p.basic, n+i)
	}
	p.dropFixedColumns()
	p.crash()
	return p
}

func (p *Problem) add(lo, hi, at int) {
	p.lo, p.hi, p.val = append(p.lo, float64(lo)), append(p.hi, float64(hi)), append(p.val, float64(at))
}

func (p *Problem) fixed(v int) bool { return p.lo[v] == p.hi[v] }

func (p *Problem) dropFixedColumns() {
	for j := len(p.free) - 1; j >= 0; j-- {
		if p.fixed(p.free[j]) {
			p.drop(j)
		}
	}
}

// drop takes the column of something fixed out.
func (p *Problem) drop(j int) {
	if p.keep {
		return
	}
	last := len(p.free) - 1
	p.free[j] = p.free[last]
	p.free = p.free[:last]
	for i, row := range p.table {
		row[j] = row[last]
		p.table[i] = row[:last]
	}
}

// crash takes every sum that is known exactly out of the basis, where it could
// only stand in the way, and leaves out sums that follow from others.
func (p *Problem) crash() {
	for r := len(p.basic) - 1; r >= 0; r-- {
		if !p.fixed(p.basic[r]) {
			continue
		}
		if j := p.entering(r); j >= 0 {
			p.pivot(r, j)
			p.drop(j)
		} else if !p.keep {
			p.table = append(p.table[:r], p.table[r+1:]...)
			p.basic = append(p.basic[:r], p.basic[r+1:]...)
		}
	}
}

// entering is a column that can take the place of a row: the one that least
// else depends on.
func (p *Problem) entering(r int) int {
	best, fewest := -1, math.MaxInt
	for j, a := range p.table[r] {
		if math.Abs(a) < 0.5 || p.fixed(p.free[j]) {
			continue
		}
		used := 0
		for _, row := range p.table {
			if row[j] != 0 {
				used++
			}
		}
		if used < fewest {
			best, fewest = j, used
		}
	}
	return best
}

// pivot lets column j and the basic variable of row r change places.
func (p *Problem) pivot(r, j int) {
	p.Pivots++
	pr := p.table[r]
	inv := 1 / pr[j]
	p.nonzero = p.nonzero[:0]
	for k, a := range pr {
		if k == j || a == 0 {
			continue
		}
		pr[k] = -a * inv
		p.nonzero = append(p.nonzero, k)
	}
	pr[j] = inv
	for i, row := range p.table {
		a := row[j]
		if i == r || a == 0 {
			continue
		}
		for _, k := range p.nonzero {
			row[k] = clean(row[k] + a*pr[k])
		}
		row[j] = clean(a * inv)
	}
	p.basic[r], p.free[j] = p.free[j], p.basic[r]
}

func clean(a float64) float64 {
	if r := math.Round(a); math.Abs(a-r) < small {
		return r
	}
	return a
}

// clone is a copy to branch on.
func (p *Problem) clone() *Problem {
	c := *p
	c.lo, c.hi, c.val = copied(p.lo), copied(p.hi), copied(p.val)
	c.basic, c.free = append([]int(nil), p.basic...), append([]int(nil), p.free...)
	c.table = make([][]float64, len(p.table))
	for i, row := range p.table {
		c.table[i] = copied(row)
	}
	c.nonzero = nil
	return &c
}

func copied(a []float64) []float64 { return append([]float64(nil), a...) }
