package disclosure

import (
	"errors"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// Table is what is to be published, within all that is known of it.
type Table struct {
	Lattice *lattice.Lattice
	Shown   []bool         // the cells that the table shows; nil: all. The others are known to nobody.
	Outcome *Outcome       // nil: no characteristic is how the year ended
	Holder  *int           // the characteristic that says which employer; nil: none
	Keep    map[int]bool   // cells that readers cannot do without: hidden only where nothing else helps
	Before  map[int]Bounds // cells of earlier releases, and what they tell; High is Unknown for those hidden
}

// Outcome says which characteristic is how the year ended.
type Outcome struct {
	Dim     int   `json:"dim"`
	Adverse []int `json:"adverse"` // its categories of which even nobody tells something, such as failed
}

// Bounds are what is known of a count: both ends are possible.
type Bounds struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Figure is what is published of one cell. Hidden cells all carry the same mark:
// which of them are small is not told.
type Figure struct {
	Value  int
	Hidden bool
}

// MarshalJSON writes a hidden figure as null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if f.Hidden {
		return []byte("null"), nil
	}
	return []byte(itoa(f.Value)), nil
}

// fits tells whether a table can be hidden in, and audited, under a policy.
func (t Table) fits(p Policy) error {
	if p.Method == CellKey {
		return errors.New("Noise hides nothing that could be audited: make a release by cell keys with Perturb.")
	}
	if err := p.check(); err != nil {
		return err
	}
	return t.check()
}

func (t Table) check() error {
	switch {
	case t.Lattice == nil:
		return errors.New("There is no table: count one first.")
	case t.Shown != nil && len(t.Shown) != t.Lattice.Cells():
		return errors.New("What the table shows does not fit its cells: say it for each cell, sums among them.")
	case t.Outcome != nil && (t.Outcome.Dim < 0 || t.Outcome.Dim >= len(t.Lattice.Dims)):
		return errors.New("There is no such characteristic for how the year ended: give the number of one of the table's.")
	case t.Holder != nil && (*t.Holder < 0 || *t.Holder >= len(t.Lattice.Dims)):
		return errors.New("There is no such characteristic for the employer: give the number of one of the table's.")
	}
	for cell, b := range t.Before {
		if x := t.Lattice.X[cell]; x < b.Low || x > b.High {
			return errors.New("The count of " + t.Lattice.Label(cell) + " has changed since it was published: count the records as they stood then, or publish a correction.")
		}
	}
	return nil
}

// KeepWhole keeps what is of all employers: the national figures. Without it
// the fewest cells are often those, as hiding one sum protects all below it. One
// is still hidden where it must be: a nation's 20 tell that the 20 employers that
// are not shown as 0 have one each.
func (t Table) KeepWhole() Table {
	t.Keep = map[int]bool{}
	if t.Holder == nil {
		return t
	}
	total := t.Lattice.Dims[*t.Holder].Total()
	for cell := range t.Lattice.X {
		t.Keep[cell] = total >= 0 && t.at(cell, *t.Holder) == total
	}
	return t
}

// told tells whether a figure of the cell is out already.
func (t Table) told(cell int) bool {
	known, before := t.Before[cell]
	return before && known.High < Unknown
}

func (t Table) shows(cell int) bool { return t.Shown == nil || t.Shown[cell] }
