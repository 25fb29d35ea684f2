// Package moves finds whole-number changes of a table that what is published
// does not forbid, and the fewest further cells that have to be hidden for one
// to exist. What it finds is a proof; that it finds nothing is none.
package moves

import "example.org/asye/internal/stat/disclosure/lattice"

// Unknown is the upper bound of a count of which nothing is known.
const Unknown = 1 << 42

// Heavy is the weight of a cell that readers cannot do without.
const Heavy = 1000

// Board is a table as an attacker sees it: the true counts, and between which
// bounds each is known to lie.
type Board struct {
	L         *lattice.Lattice
	X, Lo, Hi []int
	Told      [][2]int // what is known of a cell that is not hidden
	Open      []bool   // hidden, or never published
	Floor     []int    // what is known of the cell once it is hidden; -1 for what must stay
	Weight    []int    // how many cells it counts for when it is hidden
	Price     []int64  // of hiding it: few people are cheap
}

// Hide opens a cell.
func (b *Board) Hide(cell int) {
	b.Open[cell] = true
	b.Lo[cell], b.Hi[cell] = b.Floor[cell], Unknown
}

// Show takes Hide back.
func (b *Board) Show(cell int) {
	b.Open[cell] = false
	b.Lo[cell], b.Hi[cell] = b.Told[cell][0], b.Told[cell][1]
}

// Copy is a board whose counts can be moved while others read this one.
func (b *Board) Copy() *Board {
	c := *b
	c.X = append([]int(nil), b.X...)
	return &c
}

// Box is a move, how far it can go up and down, and what has to be hidden for
// it. Its first cell is the one that was asked about.
type Box struct {
	Cells    []int32
	Signs    []int8
	Up, Down int
	New      int
	Price    int64
}

// Width is how far apart two tables can be that the box leads to.
func (b Box) Width() int { return b.Up + b.Down }

// By moves the counts along a box.
func (b *Board) By(box Box, n int) {
	for i, cell := range box.Cells {
		b.X[cell] += int(box.Signs[i]) * n
	}
}
