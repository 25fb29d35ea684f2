package disclosure

import "example.org/asye/internal/stat/disclosure/lattice"

// attacker has every figure that was ever published, and knows that counts are
// whole, that groups are sums, how rounding works and that zeros are shown. It
// does the arithmetic of subtraction over and over, in code that shares nothing
// with the audit's. It finds what can be found by adding and subtracting, so
// what it finds is certain; the audit may find more.
type attacker struct {
	l        *lattice.Lattice
	low, top []int
}

const nobodyKnows = 1 << 30

// attack begins with the figures of one table, as they stand on the page.
func attack(l *lattice.Lattice) *attacker {
	a := &attacker{l: l, low: make([]int, l.Cells()), top: make([]int, l.Cells())}
	for cell := range a.top {
		a.top[cell] = nobodyKnows
	}
	return a
}

// read takes a figure in.
func (a *attacker) read(p Policy, cell int, f Figure) {
	lo, hi := f.Value, f.Value
	switch {
	case f.Hidden:
		return // a group of nobody could be hidden too
	case p.Method == TenFive && f.Value > 0:
		lo, hi = max(f.Value-2, p.Threshold), f.Value+2
	case p.Method == HESA:
		lo, hi = max(0, f.Value-2), f.Value+2
	}
	a.low[cell], a.top[cell] = max(a.low[cell], lo), min(a.top[cell], hi)
}

// work subtracts until nothing new comes out.
func (a *attacker) work() {
	for again := true; again; {
		again = false
		for cell := range a.low {
			for d := range a.l.Dims {
				again = a.differ(cell, d) || again
			}
		}
	}
}

// differ holds a cell against every way of making it from smaller ones along a
// characteristic: its categories, and a group with what is left over.
func (a *attacker) differ(cell, d int) bool {
	dim := a.l.Dims[d]
	c := a.l.Coords(cell)[d]
	changed := a.balance(cell, a.along(cell, d, dim.Members(c)))
	for g := range dim.Groups {
		other := len(dim.Leaves) + g
		if inside := dim.Members(other); other != c && len(inside) < len(dim.Members(c)) && includes(dim.Members(c), inside) {
			parts := []int{a.l.Along(cell, d, other)}
			parts = append(parts, a.along(cell, d, without(dim.Members(c), inside))...)
			changed = a.balance(cell, parts) || changed
		}
	}
	return changed
}

func without(all, some []int) []int {
	var out []int
	for _, x := range all {
		if !includes(some, []int{x}) {
			out = append(out, x)
		}
	}
	return out
}

func (a *attacker) along(cell, d int, coords []int) []int {
	var out []int
	for _, c := range coords {
		out = append(out, a.l.Along(cell, d, c))
	}
	return out
}

// balance narrows a sum and its parts by each other.
func (a *attacker) balance(sum int, parts []int) bool {
	low, top := 0, 0
	for _, p := range parts {
		low += a.low[p]
		top = min(nobodyKnows, top+a.top[p])
	}
	changed := a.narrow(sum, low, top)
	for _, p := range parts {
		others := 0
		if top < nobodyKnows {
			others = top - a.top[p]
			changed = a.narrow(p, a.low[sum]-others, nobodyKnows) || changed
		}
		changed = a.narrow(p, 0, a.top[sum]-(low-a.low[p])) || changed
	}
	return changed
}

func (a *attacker) narrow(cell, low, top int) bool {
	if low <= a.low[cell] && top >= a.top[cell] {
		return false
	}
	a.low[cell], a.top[cell] = max(a.low[cell], low), min(a.top[cell], top)
	return true
}

// finds lists the sensitive counts that it knows to less than width.
func (a *attacker) finds(primary map[int]Reason, told func(int) bool, width int) []int {
	var out []int
	for cell := range primary {
		if a.top[cell]-a.low[cell] < width && !told(cell) {
			out = append(out, cell)
		}
	}
	return out
}
