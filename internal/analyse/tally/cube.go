package tally

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Cube is how many records there are of each combination of what stands in some
// columns.
type Cube struct {
	Records   int64       // lines that were counted
	Bad       int64       // lines that were left out, because they could not be read
	Malformed []Malformed // the first of them
	Columns   []Column    // as in the plan
	Pairs     []Pair      // as in the plan
	levels    []uint16    // of each cell, one for each column
	counts    []int64     // of each cell
}

// Column is a column, with what stands in it, in the order of numbers where all
// of it is numbers and otherwise of the alphabet. Spaces around it are left off.
type Column struct {
	Name   string
	Levels []string
}

// Pair is two columns and how many records have each combination.
type Pair struct {
	Columns [2]Column
	Counts  [][]int64 // by the level of the first, then of the second
}

// Cells gives every combination that there is, and how many records have it. The
// slice is good until do returns.
func (c *Cube) Cells(do func(levels []uint16, n int64)) {
	k := len(c.Columns)
	for i, n := range c.counts {
		do(c.levels[i*k:(i+1)*k], n)
	}
}

// Margin counts the combinations of some of the columns, by their places in
// Columns. The level of the last column changes fastest.
func (c *Cube) Margin(columns ...int) []int64 {
	size := 1
	for _, at := range columns {
		size *= len(c.Columns[at].Levels)
	}
	out, k := make([]int64, size), len(c.Columns)
	for i, n := range c.counts {
		at := 0
		for _, column := range columns {
			at = at*len(c.Columns[column].Levels) + int(c.levels[i*k+column])
		}
		out[at] += n
	}
	return out
}

// cube puts together what the workers counted.
func (p Plan) cube(l layout, all []*worker, before int64) (*Cube, error) {
	c := &Cube{}
	if err := c.judge(p, all, before); err != nil {
		return nil, err
	}
	columns, numbers := merge(l, all)
	c.Columns = columns[:len(p.Columns)]
	if len(p.Columns) > 0 {
		c.flatten(all, numbers)
	}
	for at, pair := range l.pairs {
		c.Pairs = append(c.Pairs, joined([2]Column{columns[pair[0]], columns[pair[1]]}, func(add func(one, other uint32, n int64)) {
			for i, w := range all {
				w.grids[at+1].each(func(levels []uint32, n uint64) {
					add(numbers[i][pair[0]][levels[0]], numbers[i][pair[1]][levels[1]], int64(n))
				})
			}
		}))
	}
	return c, nil
}

func joined(columns [2]Column, each func(add func(one, other uint32, n int64))) Pair {
	out := Pair{Columns: columns, Counts: make([][]int64, len(columns[0].Levels))}
	for i := range out.Counts {
		out.Counts[i] = make([]int64, len(columns[1].Levels))
	}
	each(func(one, other uint32, n int64) { out.Counts[one][other] += n })
	return out
}

// cell is one combination, and how many records have it.
type cell struct {
	levels []uint16
	n      int64
}

// flatten keeps what all workers counted.
func (c *Cube) flatten(all []*worker, numbers [][][]uint32) {
	var cells []cell
	for i, w := range all {
		w.grids[0].each(func(levels []uint32, n uint64) {
			one := cell{make([]uint16, len(levels)), int64(n)}
			for column, level := range levels {
				one.levels[column] = uint16(numbers[i][column][level])
			}
			cells = append(cells, one)
		})
	}
	c.keep(cells)
}

// keep keeps cells in an order that does not depend on who counted what; equal
// ones become one.
func (c *Cube) keep(all []cell) {
	slices.SortFunc(all, func(a, b cell) int { return slices.Compare(a.levels, b.levels) })
	for i, one := range all {
		if i > 0 && slices.Equal(one.levels, all[i-1].levels) {
			c.counts[len(c.counts)-1] += one.n
			continue
		}
		c.levels = append(c.levels, one.levels...)
		c.counts = append(c.counts, one.n)
	}
}

// merge gives the columns with the levels of all workers, and for each worker and
// slot the new number of each of its levels.
func merge(l layout, all []*worker) (columns []Column, numbers [][][]uint32) {
	numbers = make([][][]uint32, len(all))
	for slot, at := range l.fields {
		sorted := together(slot, all)
		names := map[string]uint32{}
		for i, name := range sorted {
			names[name] = uint32(i)
		}
		for i, w := range all {
			one := make([]uint32, len(w.levels[slot].names))
			for number, name := range w.levels[slot].names {
				one[number] = names[clean(name)]
			}
			numbers[i] = append(numbers[i], one)
		}
		columns = append(columns, Column{l.header[at], sorted})
	}
	return columns, numbers
}

// together are the levels of a slot that any worker met.
func together(slot int, all []*worker) (sorted []string) {
	for _, w := range all {
		for _, name := range w.levels[slot].names {
			sorted = append(sorted, clean(name))
		}
	}
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	order(sorted)
	return sorted
}

func clean(name string) string { return strings.ToValidUTF8(strings.TrimSpace(name), "�") }

// order sorts levels: as numbers where every one that is not empty is a number.
func order(levels []string) {
	numbers := map[string]float64{"": math.Inf(-1)} // what is empty comes first
	for _, text := range levels {
		if text == "" {
			continue
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			slices.Sort(levels)
			return
		}
		numbers[text] = n
	}
	slices.SortFunc(levels, func(a, b string) int {
		return cmp.Or(cmp.Compare(numbers[a], numbers[b]), cmp.Compare(a, b))
	})
}

// judge puts together what could not be read, and refuses a file of which that is
// too much.
func (c *Cube) judge(p Plan, all []*worker, before int64) error {
	var blocks []counted
	var first []misread
	for _, w := range all {
		blocks = append(blocks, w.lines...)
		first = append(first, w.first...)
		c.Bad += w.bad
		c.Records += w.records
	}
	begins := make([]int64, len(blocks)+1)
	for _, b := range blocks {
		begins[b.block+1] = int64(b.lines)
	}
	begins[0] = before
	for i := range blocks {
		begins[i+1] += begins[i]
	}
	for _, m := range first {
		c.Malformed = append(c.Malformed, Malformed{begins[m.block] + int64(m.line), m.why})
	}
	slices.SortFunc(c.Malformed, func(a, b Malformed) int { return cmp.Compare(a.Line, b.Line) })
	c.Malformed = c.Malformed[:min(len(c.Malformed), shown)]
	if all := c.Records + c.Bad; float64(c.Bad) > p.Bad*float64(all) {
		return &TooManyBad{all, c.Bad, c.Malformed}
	}
	return nil
}

// String says how much was counted.
func (c *Cube) String() string {
	return fmt.Sprintf("%d records in %d combinations", c.Records, len(c.counts))
}
