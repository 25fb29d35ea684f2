package disclosure

import "example.org/asye/internal/stat/disclosure/moves"

// proof is two tables, as changes of the true one, that are both allowed by what
// is published and between which a cell moves by high and low together.
type proof struct {
	cell      int
	high, low int
	up, down  map[int]int
	cut       []int // what is published and keeps the cell from going further
	sure      bool  // nothing goes further
	sharp     *proof
	ok        bool // both are wide enough
}

func (p proof) width() int { return p.high + p.low }

func (p proof) touches(cell int) bool {
	return p.up[cell] != 0 || p.down[cell] != 0 || p.sharp != nil && p.sharp.touches(cell)
}

// prover finds proofs, and what to hide for one to exist.
type prover interface {
	prove(cell, need int) proof
	again(cell, need int) proof // for a cell that loses its proof: may be less thorough
	buy(cell, need int) ([]int, bool)
	hide(cell int)
	show(cell int)
}

// twoWay tells whether the table is two characteristics with their totals.
func (t Table) twoWay() bool {
	if len(t.Lattice.Dims) != 2 {
		return false
	}
	for _, d := range t.Lattice.Dims {
		if len(d.Groups) != 1 || d.Total() < 0 {
			return false
		}
	}
	return true
}

// byMoves proves by boxes.
type byMoves struct {
	b *moves.Board
}

func (m *byMoves) prove(cell, need int) proof {
	return m.proof(m.b.Prove(cell, need))
}

func (m *byMoves) again(cell, need int) proof { return m.proof(m.b.ProveByOne(cell, need)) }

func (m *byMoves) proof(w moves.Walk) proof {
	return proof{cell: w.Cell, high: w.High, low: w.Low, up: changes(w.Up), down: changes(w.Down)}
}

func changes(leaps []moves.Leap) map[int]int {
	out := map[int]int{}
	for _, l := range leaps {
		for i, cell := range l.Box.Cells {
			out[int(cell)] += int(l.Box.Signs[i]) * l.By
		}
	}
	return out
}

func (m *byMoves) buy(cell, need int) ([]int, bool) {
	box, ok := m.b.Buy(cell, need)
	if !ok || box.New >= moves.Heavy {
		if more, light := m.b.Gather(cell, need); light && (!ok || m.b.Heaviness(more) < box.New) {
			return more, true
		}
	}
	var out []int
	for _, c := range box.Cells {
		if !m.b.Open[c] {
			out = append(out, int(c))
		}
	}
	return out, ok
}

func (m *byMoves) hide(cell int) { m.b.Hide(cell) }

func (m *byMoves) show(cell int) { m.b.Show(cell) }
