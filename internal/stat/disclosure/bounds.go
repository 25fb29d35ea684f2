package disclosure

import (
	"slices"

	"example.org/asye/internal/stat/disclosure/moves"
	"example.org/asye/internal/stat/disclosure/simplex"
)

// branches is how many branches may be tried for one end of a range where the
// corner is not whole.
const branches = 60

// bounds proves by the simplex method, exactly for every table that it can hold.
type bounds struct {
	*byMoves
	keep bool    // proofs come with their cuts
	sys  *system // nil when something was hidden or shown since
}

func newBounds(b *moves.Board, keep bool) *bounds {
	return &bounds{byMoves: &byMoves{b: b}, keep: keep}
}

func (m *bounds) hide(cell int) { m.sys = nil; m.byMoves.hide(cell) }
func (m *bounds) show(cell int) { m.sys = nil; m.byMoves.show(cell) }

// prove tries the cheap way first.
func (m *bounds) prove(cell, need int) proof {
	if pf := m.byMoves.prove(cell, need); pf.width() >= need {
		return pf
	}
	if m.sys == nil {
		m.sys = newSystem(m.b, m.leaves(), nil, m.keep)
	}
	return m.sys.prove(cell)
}

// leaves are the finest counts that matter: without cuts, those that can move.
func (m *bounds) leaves() []int {
	out := m.b.L.Leaves()
	if m.keep {
		return out
	}
	return slices.DeleteFunc(out, func(leaf int) bool { return m.b.Lo[leaf] == m.b.Hi[leaf] })
}

// again is as thorough as the first time.
func (m *bounds) again(cell, need int) proof { return m.prove(cell, need) }

// system is the finest counts as variables, and everything known of their sums
// as rows.
type system struct {
	b       *moves.Board
	leaves  []int       // by variable
	number  map[int]int // by cell: its variable or row
	cells   map[int]int // by variable or row
	still   map[int]int // by sum: the part of it that does not move
	problem *simplex.Problem
}

// newSystem makes the system of some of the finest counts; the others stand
// still. Sums of which nothing is known take part only if they are wanted.
func newSystem(b *moves.Board, leaves []int, wanted map[int]bool, keep bool) *system {
	s := &system{b: b, leaves: leaves, number: map[int]int{}, still: map[int]int{}}
	var sys simplex.System
	members := map[int][]int{}
	var sums []int
	for v, cell := range leaves {
		s.number[cell] = v
		sys.Lo, sys.Hi, sys.At = append(sys.Lo, b.Lo[cell]), append(sys.Hi, b.Hi[cell]), append(sys.At, b.X[cell])
		b.L.Above(b.L.Coords(cell), func(above int) {
			if above != cell && members[above] == nil {
				sums = append(sums, above)
			}
			members[above] = append(members[above], v)
		})
	}
	for _, sum := range sums {
		if b.Lo[sum] <= 0 && b.Hi[sum] >= moves.Unknown && (wanted != nil && !wanted[sum]) {
			continue
		}
		still := b.X[sum]
		for _, v := range members[sum] {
			still -= b.X[leaves[v]]
		}
		s.still[sum] = still
		s.number[sum] = len(leaves) + len(sys.Rows)
		sys.Rows = append(sys.Rows, simplex.Row{Vars: members[sum], Lo: b.Lo[sum] - still, Hi: b.Hi[sum] - still})
	}
	s.cells = make(map[int]int, len(s.number))
	for cell, v := range s.number {
		s.cells[v] = cell
	}
	s.problem = simplex.New(sys, keep)
	return s
}

// prove finds both ends of a cell's range.
func (s *system) prove(cell int) proof {
	v, ok := s.number[cell]
	if !ok {
		return proof{cell: cell, sure: true}
	}
	now := s.b.X[cell] - s.still[cell]
	most, least := s.problem.Most(v, now, branches), s.problem.Least(v, now, branches)
	pf := proof{cell: cell, high: most.Value - now, low: now - least.Value, up: s.changes(most.At), down: s.changes(least.At)}
	pf.sure = most.Exact() && least.Exact()
	for _, v := range append(most.Cut, least.Cut...) {
		pf.cut = append(pf.cut, s.cells[v])
	}
	return pf
}

// changes is how far every cell is from the truth in a solution.
func (s *system) changes(at []int) map[int]int {
	out := map[int]int{}
	for v := range at {
		if d := at[v] - s.b.X[s.leaves[v]]; d != 0 {
			s.b.L.Above(s.b.L.Coords(s.leaves[v]), func(above int) { out[above] += d })
		}
	}
	return out
}
