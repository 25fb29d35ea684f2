package disclosure

import (
	"slices"
	"strconv"

	"example.org/asye/internal/stat/disclosure/moves"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Unknown is the upper end of a range of which nothing is known.
const Unknown = moves.Unknown

// sight is the least that an attacker takes a hidden count to be.
type sight int

const (
	plain sight = 0
	sharp sight = 1
)

// board lays a table out as an attacker sees it when the cells of hidden are
// not shown. The sharp attacker takes it that none of those is 0 that was not
// hidden for being 0.
func (t Table) board(p Policy, hidden map[int]Reason, least sight) *moves.Board {
	n := t.Lattice.Cells()
	b := &moves.Board{L: t.Lattice, X: t.Lattice.X, Lo: make([]int, n), Hi: make([]int, n), Told: make([][2]int, n),
		Open: make([]bool, n), Floor: make([]int, n), Price: make([]int64, n), Weight: make([]int, n)}
	for cell, x := range b.X {
		_, hide := hidden[cell]
		known, before := t.Before[cell]
		b.Told[cell], b.Weight[cell] = p.told(x), 1
		if t.Keep[cell] {
			b.Weight[cell] = moves.Heavy
		}
		b.Floor[cell], b.Price[cell] = max(min(x, int(least)), known.Low), int64(min(x, 1<<30))
		switch {
		case before && known.High < Unknown:
			b.Lo[cell], b.Hi[cell], b.Floor[cell] = known.Low, known.High, -1
		case !t.shows(cell):
			if !before {
				b.Floor[cell] = 0
			}
			b.Hide(cell)
		case hide && p.Hides():
			b.Hide(cell)
		default:
			b.Show(cell)
			if x == 0 {
				b.Floor[cell] = -1
			}
		}
	}
	return b
}

// told is what everybody knows of a count that is published.
func (p Policy) told(x int) [2]int {
	lo, hi := p.Knows(p.Value(x))
	return [2]int{lo, hi}
}

// atRisk are the sensitive cells that are not simply told, in order.
func atRisk(b *moves.Board, primary map[int]Reason) []int {
	var out []int
	for cell := range primary {
		if b.Open[cell] || b.Lo[cell] < b.Hi[cell] {
			out = append(out, cell)
		}
	}
	slices.Sort(out)
	return out
}
