package tally

import "slices"

// Builder makes a cube out of records that stand in no file.
type Builder struct {
	columns []Column
	numbers []map[string]uint16
	cells   map[string]int64
	key     []byte
	records int64
}

// Build begins a cube of some columns. Levels that a column already has keep
// their order, and are there though no record has them; others join at the end.
func Build(columns ...Column) *Builder {
	b := &Builder{cells: map[string]int64{}, key: make([]byte, 2*len(columns))}
	for _, c := range columns {
		numbers := map[string]uint16{}
		for i, level := range c.Levels {
			numbers[level] = uint16(i)
		}
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
	for _, column := range b.columns {
		c.Columns = append(c.Columns, Column{column.Name, slices.Clone(column.Levels)})
	}
	keys := make([]string, 0, len(b.cells))
	for key := range b.cells {
		keys = append(keys, key)
	}
	slices.Sort(keys) // so that what is made of it does not depend on the order of a map
	for _, key := range keys {
		for i := 0; i < len(key); i += 2 {
			c.levels = append(c.levels, uint16(key[i])<<8|uint16(key[i+1]))
		}
		c.counts = append(c.counts, b.cells[key])
	}
	return c
}
