package disclosure

import "slices"

// checks is how many tables the search for the fewest cells may look at, by
// how dear one is.
const (
	checksByFlow    = 20_000
	checksBySimplex = 1_500
)

// hunt is a search by depth for the fewest secondary cells. An unprotected cell
// comes with a cut: the published cells that together hold it fast. One of them
// must be hidden in every choice that protects it (the capacity constraints of
// Fischetti and Salazar 2001).
type hunt struct {
	pl     *plan
	risk   []int
	depth  int
	limit  int64 // of the price
	checks int
	chosen []int
	never  map[int]bool // tried on this way already
	best   []int
}

// fewest looks for fewer secondary cells than a plan has, or for as many with
// fewer people. It stops at its budget.
func (t Table) fewest(p Policy, primary map[int]Reason, than *plan) (*plan, bool) {
	h := &hunt{pl: t.plan(p, primary, t.withCuts), limit: than.people(), never: map[int]bool{}}
	h.checks = checksBySimplex
	if t.twoWay() {
		h.checks = checksByFlow
	}
	h.risk = h.pl.primary
	for h.depth = 1; h.depth <= len(than.secondary) && h.best == nil && h.checks > 0; h.depth++ {
		if h.depth < len(than.secondary) {
			h.limit = 1 << 62
		} else {
			h.limit = than.people()
		}
		h.visit(0)
	}
	if h.best == nil {
		return nil, false
	}
	out := t.plan(p, primary, t.thorough)
	for _, cell := range h.best {
		out.prover.hide(cell)
	}
	out.secondary = h.best
	for _, cell := range out.primary {
		out.proven(cell)
	}
	return out, true
}

// visit goes on from what is hidden so far.
func (h *hunt) visit(price int64) {
	cut, left := h.narrowest()
	switch {
	case h.checks <= 0 || price >= h.limit:
		return
	case left == 0:
		h.best, h.limit = slices.Clone(h.chosen), price
		return
	case len(h.chosen)+left > h.depth:
		return
	}
	var mine []int
	for _, cell := range cut {
		h.try(cell, price)
		h.never[cell] = true
		mine = append(mine, cell)
	}
	for _, cell := range mine {
		delete(h.never, cell)
	}
}

func (h *hunt) try(cell int, price int64) {
	h.pl.prover.hide(cell)
	h.chosen = append(h.chosen, cell)
	h.visit(price + int64(h.pl.board.X[cell]))
	h.chosen = h.chosen[:len(h.chosen)-1]
	h.pl.prover.show(cell)
}

// narrowest finds the cell at risk with the smallest cut, and how many cells
// have to be hidden at least: cuts that share nothing need one each.
func (h *hunt) narrowest() (cut []int, left int) {
	used := map[int]bool{}
	for _, cell := range h.risk {
		h.checks--
		pf := h.pl.prover.prove(cell)
		if pf.ok {
			continue
		}
		c := h.candidates(pf)
		if cut == nil || len(c) < len(cut) {
			cut = c
		}
		if !slices.ContainsFunc(c, func(x int) bool { return used[x] }) {
			left++
		}
		for _, x := range c {
			used[x] = true
		}
	}
	return cut, max(left, min(1, len(used)))
}

// candidates are the cells of a cut that may be hidden. Where the ends were not
// sure, every cell is one.
func (h *hunt) candidates(pf proof) []int {
	b := h.pl.board
	from := pf.cut
	if !pf.sure {
		from = nil
		for cell := range b.X {
			from = append(from, cell)
		}
	}
	out := []int{}
	for _, cell := range from {
		if !b.Open[cell] && b.Floor[cell] >= 0 && !h.never[cell] && !slices.Contains(out, cell) {
			out = append(out, cell)
		}
	}
	slices.SortFunc(out, func(x, y int) int { return int(b.Price[x] - b.Price[y]) })
	return out
}
