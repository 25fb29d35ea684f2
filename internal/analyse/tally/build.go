package tally

import "slices"

// Builder makes a cube out of records that stand in no file.
type Builder struct {
	columns []Column
	numbers []map[string]uint16
	cells   map[string]int64
	key     []byte
	records int64
	fixed   []int // how many levels of each column were there from the start
}

// Build begins a cube of some columns. Levels that a column already has come
// first in their order, and are there though no record has them; others follow,
// as numbers where all of them are numbers and otherwise by the alphabet.
func Build(columns ...Column) *Builder {
	b := &Builder{cells: map[string]int64{}, key: make([]byte, 2*len(columns))}
	for _, c := range columns {
		numbers := map[string]uint16{}
		for i, level := range c.Levels {
			numbers[level] = uint16(i)
		}
		b.fixed = append(b.fixed, len(c.Levels))
		b.columns, b.numbers = append(b.columns, Column{c.Name, slices.Clone(c.Levels)}), append(b.numbers, numbers)
	}
	return b
}

// Add counts one record; levels has what stands in each column. Valid for up to
// 65,536 levels of a column.
func (b *Builder) Add(levels ...string) {
	for i, level := range levels {
		n, known := b.numbers[i][level]
		if !known {
			n = uint16(len(b.columns[i].Levels))
			b.numbers[i][level], b.columns[i].Levels = n, append(b.columns[i].Levels, level)
		}
		b.key[2*i], b.key[2*i+1] = byte(n>>8), byte(n)
	}
	b.cells[string(b.key)]++
	b.records++
}

// Cube is what was counted so far.
func (b *Builder) Cube() *Cube {
	c := &Cube{Records: b.records}
	places := make([][]uint16, len(b.columns)) // of each level, in the cube
	for i, column := range b.columns {
		sorted := slices.Clone(column.Levels)
		order(sorted[b.fixed[i]:])
		c.Columns = append(c.Columns, Column{column.Name, sorted})
		places[i] = make([]uint16, len(sorted))
		for place, level := range sorted {
			places[i][b.numbers[i][level]] = uint16(place)
		}
	}
	var all []cell
	for key, n := range b.cells {
		one := cell{make([]uint16, len(places)), n}
		for i := range places {
			one.levels[i] = places[i][uint16(key[2*i])<<8|uint16(key[2*i+1])]
		}
		all = append(all, one)
	}
	c.keep(all)
	return c
}

// Only is the cube of those combinations that are wanted. Its columns are the
// same.
func (c *Cube) Only(wanted func(levels []uint16) bool) *Cube {
	out := &Cube{Columns: c.Columns}
	c.Cells(func(levels []uint16, n int64) {
		if wanted(levels) {
			out.Records += n
			out.levels, out.counts = append(out.levels, levels...), append(out.counts, n)
		}
	})
	return out
}
