package lattice

import "slices"

// Part is one coordinate that a step changes: Off is its share of a cell's
// number, Sign the direction.
type Part struct {
	Off  int32
	Sign int8
}

// Steps are the smallest changes within one characteristic that raise a
// coordinate by one: somebody moves into it from another category, or comes in
// from outside. Each lists every coordinate that changes, this one first. The
// product of one step of each characteristic changes the table by whole people
// and keeps all its sums true (a move, as in Diaconis and Sturmfels 1998).
func (l *Lattice) Steps(d, c int) [][]Part {
	s := &l.steps[d][c]
	s.once.Do(func() { s.list = l.makeSteps(d, c) })
	return s.list
}

func (l *Lattice) makeSteps(d, c int) [][]Part {
	members := l.Dims[d].Members(c)
	var out [][]Part
	for _, i := range members {
		out = append(out, l.step(d, c, i, -1))
		for j := range l.Dims[d].Leaves {
			if !slices.Contains(members, j) {
				out = append(out, l.step(d, c, i, j))
			}
		}
	}
	return out
}

// step is what changes when one person comes into category i, out of j unless
// that is -1, with coordinate c first.
func (l *Lattice) step(d, c, i, j int) []Part {
	var gain, lose []int
	gain = l.within[d][i]
	if j >= 0 {
		lose = l.within[d][j]
	}
	out := []Part{{int32(c * l.stride[d]), 1}}
	for _, up := range gain {
		if up != c && !slices.Contains(lose, up) {
			out = append(out, Part{int32(up * l.stride[d]), 1})
		}
	}
	for _, down := range lose {
		if !slices.Contains(gain, down) {
			out = append(out, Part{int32(down * l.stride[d]), -1})
		}
	}
	return out
}
