package disclosure

import (
	"errors"

	"example.org/asye/internal/stat/disclosure/cellkey"
)

// Perturb makes a release by cell keys: keys are, for each combination of
// categories in the order of the table's counts, the sum of the record keys of
// the people in it. Every sum is changed on its own, so that the table does not
// add up, and the page has to say so. Noise does not stop whoever knows most of
// a group; the query budget has to. Source: package cellkey.
func Perturb(t Table, keys []int, noise *cellkey.Table) (Release, error) {
	if err := t.check(); err != nil {
		return Release{}, err
	}
	if len(keys) != len(t.Lattice.Leaves()) {
		return Release{}, errors.New("The keys do not fit the table: give the sum of the record keys for each combination of categories.")
	}
	p, err := For(Public, CellKey)
	r := Release{Policy: p, Figures: make([]Figure, t.Lattice.Cells())}
	for cell, key := range t.Lattice.Sums(keys) {
		r.Figures[cell] = Figure{Value: noise.Perturb(t.Lattice.X[cell], uint8(key%cellkey.Keys)), Hidden: !t.shows(cell)}
	}
	return r, err
}
