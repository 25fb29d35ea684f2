package disclosure

import "example.org/asye/internal/stat/disclosure/moves"

// sights proves against both attackers: the one who knows the figures, and the
// one who also takes it that no hidden count is 0.
type sights struct {
	plain, sharp prover
	board        *moves.Board // of the first
	need, least  int
}

// way makes a prover for a board.
type way func(*moves.Board) prover

// quick is the exact flow for a two-way table with its margins, and boxes for
// everything else.
func (t Table) quick(b *moves.Board) prover {
	if t.twoWay() {
		return newFlow(b)
	}
	return &byMoves{b: b}
}

// largestThorough is the largest table, in finest counts times cells, that is
// made into a system again for every cell that is hidden or shown.
const largestThorough = 7_000

func (t Table) tiny() bool { return len(t.Lattice.Leaves())*t.Lattice.Cells() <= largestThorough }

// thorough is exact for small tables, by the simplex method.
func (t Table) thorough(b *moves.Board) prover {
	if t.twoWay() || !t.tiny() {
		return t.quick(b)
	}
	return newBounds(b, false)
}

// withCuts is exact, and says what holds a cell.
func (t Table) withCuts(b *moves.Board) prover {
	if t.twoWay() {
		return newFlow(b)
	}
	return newBounds(b, true)
}

// sights looks at a table with the sensitive cells hidden.
func (t Table) sights(p Policy, primary map[int]Reason, by way) *sights {
	b := t.board(p, primary, plain)
	s := &sights{board: b, plain: by(b), need: p.Width, least: p.Sharp}
	if p.Sharp > 0 {
		s.sharp = by(t.board(p, primary, sharp))
	}
	return s
}

func (s *sights) prove(cell int) proof {
	return s.both(s.plain.prove(cell, s.need), prover.prove)
}

func (s *sights) again(cell int) proof {
	return s.both(s.plain.again(cell, s.need), prover.again)
}

// both adds the sharp attacker to a proof that the plain one is met.
func (s *sights) both(pf proof, prove func(prover, int, int) proof) proof {
	pf.ok = pf.width() >= s.need
	if !pf.ok || s.sharp == nil {
		return pf
	}
	second := prove(s.sharp, pf.cell, s.least)
	if pf.sharp = &second; second.width() < s.least {
		pf.ok, pf.cut, pf.sure = false, second.cut, second.sure
	}
	return pf
}

// buy finds what to hide so that first the one, then the other is met.
func (s *sights) buy(cell int) ([]int, bool) {
	if s.plain.prove(cell, s.need).width() < s.need {
		return s.plain.buy(cell, s.need)
	}
	return s.sharp.buy(cell, s.least)
}

func (s *sights) hide(cell int) {
	s.plain.hide(cell)
	if s.sharp != nil {
		s.sharp.hide(cell)
	}
}

func (s *sights) show(cell int) {
	s.plain.show(cell)
	if s.sharp != nil {
		s.sharp.show(cell)
	}
}
