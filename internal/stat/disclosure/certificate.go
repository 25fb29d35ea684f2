package disclosure

import (
	"slices"

	"example.org/asye/internal/stat/disclosure/moves"
)

// Certificate is the proof that a count cannot be pinned down: two tables of
// whole counts, both in keeping with everything published, in which it differs.
// They are written as changes of the finest counts of the true table, so they
// are for the people who prepare a release alone.
type Certificate struct {
	Cell     int      `json:"cell"`
	Up, Down []Change `json:"-"`
}

// Change is how far one finest count is from the truth.
type Change struct {
	Cell, By int
}

func (t Table) certificate(pf proof) Certificate {
	return Certificate{Cell: pf.cell, Up: t.leafChanges(pf.up), Down: t.leafChanges(pf.down)}
}

// leafChanges keeps the finest counts of a change.
func (t Table) leafChanges(change map[int]int) []Change {
	var out []Change
	for cell, by := range change {
		if by != 0 && t.Lattice.IsLeaf(cell) {
			out = append(out, Change{cell, by})
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return a.Cell - b.Cell })
	return out
}

// verify adds both tables up again from their finest counts, in whole numbers,
// and holds every cell that changes against what is known of it.
func (c Certificate) verify(b *moves.Board, pf proof) bool {
	up, okUp := reach(b, c.Up, c.Cell)
	down, okDown := reach(b, c.Down, c.Cell)
	return okUp && okDown && up == pf.high && -down == pf.low
}

// reach tells how far a change moves a cell, and whether it is allowed.
func reach(b *moves.Board, changes []Change, cell int) (int, bool) {
	moved := map[int]int{}
	for _, change := range changes {
		if !b.L.IsLeaf(change.Cell) {
			return 0, false
		}
		b.L.Above(b.L.Coords(change.Cell), func(above int) { moved[above] += change.By })
	}
	for at, by := range moved {
		if x := b.X[at] + by; x < 0 || x < b.Lo[at] || x > b.Hi[at] && b.Hi[at] < Unknown {
			return 0, false
		}
	}
	return moved[cell], true
}

// Distance is how far apart the two tables are in the cell that they are about,
// when both are allowed by the figures of a release; false when one is not.
func (c Certificate) Distance(t Table, p Policy, figures []Figure) (int, bool) {
	b, err := t.seen(p, figures, plain)
	if err != nil {
		return 0, false
	}
	up, okUp := reach(b, c.Up, c.Cell)
	down, okDown := reach(b, c.Down, c.Cell)
	return up - down, okUp && okDown
}
