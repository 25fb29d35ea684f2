package tally

import "slices"

// mostDense is how many counts a grid keeps room for.
const mostDense = 1 << 19

// grid counts combinations of the levels of some slots: in an array with a place
// for each combination that there can be, and where those are too many, in cells.
type grid struct {
	slots  []int
	room   []int // for so many levels of each slot
	steps  []int // how far the counts of neighbouring levels of each slot lie apart
	dense  []uint64
	sparse *cells
	key    []uint64
}

func newGrid(slots []int) *grid {
	g := &grid{slots: slots, room: make([]int, len(slots)), steps: make([]int, len(slots)), dense: []uint64{0}}
	for i := range slots {
		g.room[i] = 1
	}
	g.measure()
	return g
}

// measure sets the steps, and gives how many combinations there can be.
func (g *grid) measure() (size int) {
	size = 1
	for i, n := range g.room {
		g.steps[i] = size
		size = min(size*n, mostDense+1)
	}
	return size
}

// grow makes room for as many levels of a slot, and reports whether counts stand
// in other places since.
func (g *grid) grow(slot, levels int) bool {
	i := slices.Index(g.slots, slot)
	switch {
	case i < 0 || levels <= g.room[i]:
		return false
	case g.sparse != nil:
		if g.room[i] *= 2; g.room[i] > 256 && g.sparse.bits == 8 {
			g.sparse = g.sparse.widened()
			g.key = make([]uint64, g.sparse.words())
		}
		return false
	}
	old := *g
	old.steps, old.room = slices.Clone(g.steps), slices.Clone(g.room)
	g.room[i] *= 2
	if size := g.measure(); size <= mostDense {
		g.dense = make([]uint64, size)
		old.each(func(levels []uint32, n uint64) { g.dense[g.code(levels)] = n })
	} else {
		g.spread(old)
	}
	return true
}

// spread puts counts into cells.
func (g *grid) spread(old grid) {
	bits := 8
	if slices.Max(g.room) > 256 {
		bits = 16
	}
	g.dense, g.sparse = nil, newCells(len(g.slots), bits)
	g.key = make([]uint64, g.sparse.words())
	old.each(func(levels []uint32, n uint64) {
		g.sparse.set(g.key, levels)
		g.sparse.count(g.key, n)
	})
}

// code is where the count of a combination stands.
func (g *grid) code(levels []uint32) int {
	at := 0
	for i, level := range levels {
		at += int(level) * g.steps[i]
	}
	return at
}

// count counts a record with levels by slot.
func (g *grid) count(at []uint32) {
	if g.sparse == nil {
		code := 0
		for i, slot := range g.slots {
			code += int(at[slot]) * g.steps[i]
		}
		g.dense[code]++
		return
	}
	clear(g.key)
	low := 0
	for _, slot := range g.slots {
		g.key[low/64] |= uint64(at[slot]) << (low % 64)
		low += g.sparse.bits
	}
	g.sparse.count(g.key, 1)
}

// used is how many combinations there are at most.
func (g *grid) used() int {
	if g.sparse == nil {
		return 0
	}
	return g.sparse.used
}

// each gives every combination that was counted.
func (g *grid) each(do func(levels []uint32, n uint64)) {
	levels := make([]uint32, len(g.slots))
	if g.sparse != nil {
		g.sparse.each(func(key []uint64, n uint64) {
			for i := range levels {
				levels[i] = g.sparse.level(key, i)
			}
			do(levels, n)
		})
		return
	}
	for code, n := range g.dense {
		if n == 0 {
			continue
		}
		for i := range levels {
			levels[i] = uint32(code / g.steps[i] % g.room[i])
		}
		do(levels, n)
	}
}
