package crosstab

import (
	"math"

	"example.org/asye/internal/stat/distribution"
)

// weights are what each cell contributes to the probability of a table.
type weights struct {
	counts
	same  bool   // every cell has the same weights, so that nodes may be sorted
	cells []cell // one only where same
}

// cell has the logarithm of the weight of each count that a cell can have, and the mark of its factorial.
type cell struct {
	low   int64
	logs  []float64
	marks []uint64
}

func (c *cell) of(x int64) (value float64, mark uint64) { return c.logs[x-c.low], c.marks[x-c.low] }

// sortable is the most people for which log x! is used as it is; above it loses digits.
const sortable = 2_000

// longest is how many steps may be spent on preparing the weights.
const longest = 100_000_000

// weigh prepares the weights; ok is false where there would be too many.
func (t counts) weigh(same bool) (w weights, ok bool) {
	w = weights{counts: t, same: same}
	if same {
		c := newCell(0, min(largest(t.rows), largest(t.cols)))
		for x := range c.logs {
			c.logs[x] = -logFactorial(int64(x))
		}
		w.cells = []cell{c}
		return w, true
	}
	steps := 0.0
	for i, r := range t.rows {
		for j, c := range t.cols {
			low, high := max(0, r+c-t.n), min(r, c)
			if steps += float64(high-low+1) * math.Sqrt(float64(high)); steps > longest {
				return w, false
			}
			w.cells = append(w.cells, t.centred(i, j, newCell(low, high)))
		}
	}
	return w, true
}

func (t counts) centred(i, j int, c cell) cell {
	e, _ := t.expected(i, j)
	for k := range c.logs {
		x := c.low + int64(k)
		c.logs[k] = distribution.LogPoisson(float64(x), e, float64(x*t.n-t.rows[i]*t.cols[j])/float64(t.n))
	}
	return c
}

func newCell(low, high int64) cell {
	return cell{low, make([]float64, high-low+1), marksOfFactorials(low, high)}
}

func (w *weights) at(i, j int) *cell {
	if w.same {
		return &w.cells[0]
	}
	return &w.cells[i*len(w.cols)+j]
}

// total is the logarithm of the sum of weights of all tables of the columns from j on whose rows sum to rest.
func (w *weights) total(j int, rest []int64) float64 {
	var people int64
	for _, n := range rest {
		people += n
	}
	if people == 0 {
		return 0
	}
	sum := 0.0
	if w.same {
		sum = logFactorial(people)
		for _, n := range rest {
			sum -= logFactorial(n)
		}
		for _, n := range w.cols[j:] {
			sum -= logFactorial(n)
		}
		return sum
	}
	sum = -level(people)
	for i, n := range rest {
		mean := float64(w.rows[i]*people) / float64(w.n)
		sum += distribution.LogPoisson(float64(n), mean, float64(n*w.n-w.rows[i]*people)/float64(w.n))
	}
	for _, n := range w.cols[j:] {
		sum += level(n)
	}
	return sum
}

func largest(list []int64) int64 {
	top := list[0]
	for _, n := range list {
		top = max(top, n)
	}
	return top
}
