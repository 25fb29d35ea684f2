package disclosure

import "slices"

// Reason is why a count is sensitive by itself.
type Reason string

// The reasons.
const (
	Small    Reason = "small"    // from 1 to one below the threshold
	Nobody   Reason = "nobody"   // nobody of a small group, where that tells something
	Everyone Reason = "everyone" // everybody of a small group
	Dominant Reason = "dominant" // one employer holds nearly all of a sum, or all but a few
)

// Primary finds every cell that is sensitive by itself, whether the table shows
// it or not.
//
//   - Small: 1 to Threshold-1.
//   - Nobody and everyone: 0 of an adverse outcome, or all in one outcome, among
//     the 1 to Group-1 people of a group. A nobody that follows from a larger
//     group's published nobody is not counted: 0 of 30 at an employer says it of
//     each of its groups.
//   - Dominant: one employer holds more than Share percent of a sum over several
//     ((n, k) rule with n = 1; Hundepool and others 2012, section 4.2.2), or all
//     but 1 to Threshold-1 of it: it knows its own, and would know the others'.
func Primary(t Table, p Policy) map[int]Reason {
	out := map[int]Reason{}
	for cell, x := range t.Lattice.X {
		switch {
		case x > 0 && x < p.Threshold:
			out[cell] = Small
		case t.dominant(cell, p):
			out[cell] = Dominant
		}
	}
	t.groups(p, out)
	return out
}

// groups finds the groups of which all or none have an outcome.
func (t Table) groups(p Policy, out map[int]Reason) {
	if t.Outcome == nil || p.Group == 0 {
		return
	}
	total := t.Lattice.Dims[t.Outcome.Dim].Total()
	for cell, x := range t.Lattice.X {
		if total < 0 || t.at(cell, t.Outcome.Dim) >= len(t.Lattice.Dims[t.Outcome.Dim].Leaves) {
			continue
		}
		people := t.Lattice.X[t.Lattice.Along(cell, t.Outcome.Dim, total)]
		switch {
		case people == 0 || people >= p.Group:
		case x == people:
			out[cell] = Everyone
		case x == 0 && t.adverse(cell) && !t.follows(cell, p):
			out[cell] = Nobody
		}
	}
}

func (t Table) at(cell, d int) int { return t.Lattice.Coords(cell)[d] }

func (t Table) adverse(cell int) bool {
	return slices.Contains(t.Outcome.Adverse, t.at(cell, t.Outcome.Dim))
}

// follows tells whether a larger group, not small itself, has nobody either.
func (t Table) follows(cell int, p Policy) bool {
	total := t.Lattice.Dims[t.Outcome.Dim].Total()
	for _, above := range t.wider(cell) {
		if t.Lattice.X[above] == 0 && t.Lattice.X[t.Lattice.Along(above, t.Outcome.Dim, total)] >= p.Group && t.shows(above) {
			return true
		}
	}
	return false
}

// wider is the cells of the same outcome that count all that a cell counts, and
// more.
func (t Table) wider(cell int) []int {
	out := []int{cell}
	for d, c := range t.Lattice.Coords(cell) {
		if d != t.Outcome.Dim {
			out = append(out, t.groupsAbove(out, d, c)...)
		}
	}
	return out[1:]
}

// groupsAbove moves cells along a characteristic to every group that includes
// their coordinate.
func (t Table) groupsAbove(cells []int, d, c int) []int {
	var out []int
	dim := t.Lattice.Dims[d]
	for g, group := range dim.Groups {
		if len(dim.Leaves)+g == c || !includes(group.Leaves, dim.Members(c)) {
			continue
		}
		for _, cell := range cells {
			out = append(out, t.Lattice.Along(cell, d, len(dim.Leaves)+g))
		}
	}
	return out
}

func includes(all, some []int) bool {
	for _, s := range some {
		if !slices.Contains(all, s) {
			return false
		}
	}
	return true
}

// dominant tells whether one employer holds more than its share of a sum, or all
// but a few.
func (t Table) dominant(cell int, p Policy) bool {
	if t.Holder == nil || p.Share == 0 || t.Lattice.X[cell] == 0 {
		return false
	}
	members := t.Lattice.Dims[*t.Holder].Members(t.at(cell, *t.Holder))
	if len(members) < 2 {
		return false
	}
	largest := 0
	for _, m := range members {
		largest = max(largest, t.Lattice.X[t.Lattice.Along(cell, *t.Holder, m)])
	}
	rest := t.Lattice.X[cell] - largest
	return largest*100 > p.Share*t.Lattice.X[cell] || rest > 0 && rest < p.Threshold
}
