package disclosure

import (
	"errors"
	"slices"

	"example.org/asye/internal/stat/disclosure/moves"
)

// The largest system, in variables times sums, of which every range is found
// exactly; and how many finest counts may move where one is larger.
const (
	largestSystem = 400_000
	nearby        = 240
)

// seen lays out what an attacker sees of figures that have been made already.
func (t Table) seen(p Policy, figures []Figure, least sight) (*moves.Board, error) {
	if len(figures) != t.Lattice.Cells() {
		return nil, errors.New("The figures do not fit the table: give one for each cell, sums among them.")
	}
	hidden := map[int]Reason{}
	for cell, f := range figures {
		if f.Hidden && t.shows(cell) {
			hidden[cell] = ""
		}
	}
	b := t.board(p, hidden, least)
	for cell, f := range figures {
		if f.Hidden || !t.shows(cell) {
			continue
		}
		if !t.told(cell) && f.Value != p.Value(b.X[cell]) {
			return nil, errors.New("The figure of " + t.Lattice.Label(cell) + " is not what the policy makes of its count: prepare the release again.")
		}
	}
	return b, nil
}

// exact replaces proofs by exact ranges, one connected part of the table at a
// time. In a part that is too large only what is not proven yet is looked at,
// and only what lies near it may move.
func (t Table) exact(b *moves.Board, proofs []proof, width int) {
	wanted := map[int]bool{}
	for _, pf := range proofs {
		wanted[pf.cell] = true
	}
	parts := t.parts(b, wanted)
	systems := map[int]*system{}
	for i, pf := range proofs {
		leaf := t.under(b, pf.cell)
		if leaf < 0 {
			proofs[i].sure = true
			continue
		}
		part := parts[leaf]
		s := systems[part.first]
		if s == nil && part.size() <= largestSystem {
			s = newSystem(b, part.leaves, wanted, false)
			systems[part.first] = s
		}
		if s != nil {
			proofs[i] = wider(pf, s.prove(pf.cell))
		} else if pf.width() < width {
			proofs[i] = t.near(b, pf, part)
		}
	}
}

func wider(a, b proof) proof {
	if b.width() < a.width() {
		return a
	}
	return b
}

// near looks for a proof among the finest counts that share most sums with a
// cell. The others stand still, so what it does not find may still be there.
func (t Table) near(b *moves.Board, pf proof, p *part) proof {
	leaves := slices.Clone(p.leaves)
	coords := t.Lattice.Coords(pf.cell)
	apart := func(leaf int) int {
		n := 0
		for d, c := range t.Lattice.Coords(leaf) {
			if !slices.Contains(t.Lattice.Dims[d].Members(coords[d]), c) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(leaves, func(x, y int) int { return apart(x) - apart(y) })
	s := newSystem(b, leaves[:min(len(leaves), nearby)], map[int]bool{pf.cell: true}, false)
	found := wider(pf, s.prove(pf.cell))
	found.sure = false
	return found
}

// under is a finest count below a cell that can move, or -1.
func (t Table) under(b *moves.Board, cell int) int {
	found := -1
	t.each(cell, func(leaf int) {
		if found < 0 && b.Lo[leaf] < b.Hi[leaf] {
			found = leaf
		}
	})
	return found
}

// each visits the finest counts that a cell sums.
func (t Table) each(cell int, visit func(leaf int)) {
	at := []int{0}
	coords := t.Lattice.Coords(cell)
	for d, c := range coords {
		var next []int
		for _, m := range t.Lattice.Dims[d].Members(c) {
			for _, a := range at {
				next = append(next, t.Lattice.Along(a, d, m))
			}
		}
		at = next
	}
	for _, leaf := range at {
		visit(leaf)
	}
}
