package disclosure

import (
	"errors"
	"fmt"
	"slices"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// Ledger is everything that has been published about the same people: by
// employer, region, cohort, nationally or for one question, filters and years
// among them. All of it is one system, and each new table is held against all
// of it.
type Ledger struct {
	Dims    []lattice.Dim // the finest categories of every characteristic; a new year is added at the end
	Outcome *Outcome
	Holder  *int
	Entries []Entry
}

// Entry is one cell of a release.
type Entry struct {
	Release string  `json:"release"`
	Sets    [][]int `json:"sets"` // by characteristic: the categories that it counts
	Known   Bounds  `json:"known"`
}

// Asked is which categories and groups of each characteristic a table crosses;
// with none of one, everybody is counted. A filter is a single group.
type Asked [][]lattice.Group

// Table sets a question among all earlier releases. Counts are of the finest
// categories, in row-major order, as they stood when the earlier releases were
// made. It fails when they have changed since.
func (l *Ledger) Table(counts []int, asked Asked) (Table, error) {
	if len(asked) != len(l.Dims) {
		return Table{}, fmt.Errorf("The question names %d characteristics where the releases have %d: say for each what is asked, if only the total.", len(asked), len(l.Dims))
	}
	dims := make([]lattice.Dim, len(l.Dims))
	wanted := make([][]int, len(l.Dims))
	for d, dim := range l.Dims {
		w := widening{dim: lattice.Dim{Name: dim.Name, Leaves: dim.Leaves}}
		all := w.coordinate(lattice.All(len(dim.Leaves)))
		for _, e := range l.Entries {
			w.coordinate(lattice.Group{Leaves: e.Sets[d]})
		}
		for _, g := range asked[d] {
			wanted[d] = append(wanted[d], w.coordinate(g))
		}
		if len(asked[d]) == 0 {
			wanted[d] = []int{all}
		}
		dims[d] = w.dim
	}
	lat, err := lattice.New(dims, counts)
	if err != nil {
		return Table{}, err
	}
	t := Table{Lattice: lat, Outcome: l.Outcome, Holder: l.Holder, Shown: make([]bool, lat.Cells()), Before: map[int]Bounds{}}
	for _, cell := range crossed(lat, wanted) {
		t.Shown[cell] = true
	}
	for _, e := range l.Entries {
		t.learn(e)
	}
	return t, t.check()
}

// widening is a characteristic that gets its groups one after the other.
type widening struct {
	dim lattice.Dim
}

// coordinate finds the coordinate of a set of categories, or adds it.
func (w *widening) coordinate(g lattice.Group) int {
	set := slices.Clone(g.Leaves)
	slices.Sort(set)
	if len(set) == 1 {
		return set[0]
	}
	for i, other := range w.dim.Groups {
		if slices.Equal(other.Leaves, set) {
			return len(w.dim.Leaves) + i
		}
	}
	w.dim.Groups = append(w.dim.Groups, lattice.Group{Name: g.Name, Leaves: set})
	return w.dim.Size() - 1
}

// crossed is every cell with one of the coordinates of each characteristic.
func crossed(l *lattice.Lattice, coords [][]int) []int {
	out := []int{0}
	for d, list := range coords {
		var next []int
		for _, c := range list {
			for _, cell := range out {
				next = append(next, l.Along(cell, d, c))
			}
		}
		out = next
	}
	return out
}

// learn adds what an earlier figure tells. Two figures of the same people tell
// what both do.
func (t Table) learn(e Entry) {
	cell := 0
	for d, set := range e.Sets {
		w := widening{t.Lattice.Dims[d]}
		cell = t.Lattice.Along(cell, d, w.coordinate(lattice.Group{Leaves: set}))
	}
	known := e.Known
	if old, ok := t.Before[cell]; ok {
		known.Low, known.High = max(known.Low, old.Low), min(known.High, old.High)
	}
	t.Before[cell] = known
}

// Publish enters a release, if everything published together passes the audit.
// The report says what was found either way.
func (l *Ledger) Publish(name string, t Table, r Release) (Report, error) {
	report, err := r.Audit(t)
	if err != nil {
		return report, err
	}
	if !report.Safe {
		return report, errors.New("The release " + name + " does not pass the audit together with what was published before: hide more, or show fewer groups.")
	}
	b, err := t.seen(r.Policy, r.Figures, plain)
	if err != nil {
		return report, err
	}
	for cell, shown := range t.Shown {
		if !shown {
			continue
		}
		e := Entry{Release: name, Known: Bounds{b.Lo[cell], b.Hi[cell]}}
		for d, c := range t.Lattice.Coords(cell) {
			e.Sets = append(e.Sets, t.Lattice.Dims[d].Members(c))
		}
		l.Entries = append(l.Entries, e)
	}
	return report, nil
}
