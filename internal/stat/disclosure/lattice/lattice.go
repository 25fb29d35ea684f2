package lattice

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// The largest table and the largest count that are worked with: beyond them
// the sums could no longer be exact.
const (
	MostCells = 8_000_000
	MostCount = 1 << 40
)

// Lattice is a table with all its sums. Cells are numbered in row-major order
// of the coordinates of its characteristics.
type Lattice struct {
	Dims   []Dim
	X      []int // the true counts
	stride []int
	within [][][]int // by characteristic and category: the coordinates that count it
	steps  [][]steps
}

// New makes the lattice of a table of finest counts, in row-major order of the
// categories, and adds them up.
func New(dims []Dim, counts []int) (*Lattice, error) {
	leaves, cells := 1, 1
	for _, d := range dims {
		if err := d.check(); err != nil {
			return nil, err
		}
		leaves *= len(d.Leaves)
		cells *= d.Size()
		if cells > MostCells {
			return nil, fmt.Errorf("The table has more than %d cells with its sums: leave a characteristic out, or group its categories.", MostCells)
		}
	}
	if len(dims) == 0 || len(counts) != leaves {
		return nil, fmt.Errorf("The table has %d counts where its categories make %d: give one count for each combination.", len(counts), leaves)
	}
	sum := 0
	for _, n := range counts {
		if n < 0 || n > MostCount || sum > MostCount {
			return nil, errors.New("A count is below zero or too large to be added up exactly: give whole numbers of people.")
		}
		sum += n
	}
	l := &Lattice{Dims: dims}
	l.measure()
	l.X = l.Sums(counts)
	return l, nil
}

func (l *Lattice) measure() {
	k := len(l.Dims)
	l.stride = make([]int, k)
	l.within = make([][][]int, k)
	l.steps = make([][]steps, k)
	size := 1
	for d := k - 1; d >= 0; d-- {
		l.stride[d] = size
		size *= l.Dims[d].Size()
		l.steps[d] = make([]steps, l.Dims[d].Size())
		for i := range l.Dims[d].Leaves {
			l.within[d] = append(l.within[d], l.Dims[d].within(i))
		}
	}
}

// Cells is how many cells there are, sums among them.
func (l *Lattice) Cells() int { return l.stride[0] * l.Dims[0].Size() }

// Sums adds a table of finest counts up to every cell.
func (l *Lattice) Sums(counts []int) []int {
	out := make([]int, l.Cells())
	leaf := make([]int, len(l.Dims))
	for _, n := range counts {
		if n != 0 {
			l.Above(leaf, func(cell int) { out[cell] += n })
		}
		l.next(leaf)
	}
	return out
}

// next counts the categories on, the last characteristic fastest.
func (l *Lattice) next(leaf []int) {
	for d := len(leaf) - 1; d >= 0; d-- {
		if leaf[d]++; leaf[d] < len(l.Dims[d].Leaves) {
			return
		}
		leaf[d] = 0
	}
}

// Above visits every cell that counts one combination of categories, itself
// first.
func (l *Lattice) Above(leaf []int, visit func(cell int)) { l.above(leaf, 0, 0, visit) }

func (l *Lattice) above(leaf []int, d, at int, visit func(int)) {
	if d == len(leaf) {
		visit(at)
		return
	}
	for _, c := range l.within[d][leaf[d]] {
		l.above(leaf, d+1, at+c*l.stride[d], visit)
	}
}

// Index is the number of the cell with these coordinates.
func (l *Lattice) Index(coords ...int) int {
	at := 0
	for d, c := range coords {
		at += c * l.stride[d]
	}
	return at
}

// Coords are the coordinates of a cell.
func (l *Lattice) Coords(cell int) []int {
	out := make([]int, len(l.Dims))
	for d := range out {
		out[d] = cell / l.stride[d] % l.Dims[d].Size()
	}
	return out
}

// Along is the cell that differs from another in one coordinate.
func (l *Lattice) Along(cell, d, c int) int {
	return cell + (c-cell/l.stride[d]%l.Dims[d].Size())*l.stride[d]
}

// IsLeaf tells a finest count from a sum.
func (l *Lattice) IsLeaf(cell int) bool {
	for d, c := range l.Coords(cell) {
		if c >= len(l.Dims[d].Leaves) {
			return false
		}
	}
	return true
}

// Leaves are the cells that are finest counts, in order.
func (l *Lattice) Leaves() []int {
	var out []int
	leaf := make([]int, len(l.Dims))
	n := 1
	for _, d := range l.Dims {
		n *= len(d.Leaves)
	}
	for range n {
		out = append(out, l.Index(leaf...))
		l.next(leaf)
	}
	return out
}

// Label names a cell by its coordinates.
func (l *Lattice) Label(cell int) string {
	var out []string
	for d, c := range l.Coords(cell) {
		out = append(out, l.Dims[d].Label(c))
	}
	return strings.Join(out, " · ")
}

// steps are the ways of one coordinate, made when they are first asked for.
type steps struct {
	once sync.Once
	list [][]Part
}
