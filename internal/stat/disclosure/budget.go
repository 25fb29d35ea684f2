package disclosure

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// Budget is how many different tables one person may ask for. Asking for the
// same again costs nothing, since it brings nothing new.
type Budget struct {
	Most  int
	Spent map[string][]string // by person: the questions, as Key writes them; this is the log
}

// Spend takes a question from a person's budget, or says that there is none left.
func (b *Budget) Spend(who string, asked Asked) error {
	key := asked.Key()
	if slices.Contains(b.Spent[who], key) {
		return nil
	}
	if len(b.Spent[who]) >= b.Most {
		return fmt.Errorf("You have asked for %d different tables, which is as many as one person may: use one of those, or ask for a release to be prepared.", b.Most)
	}
	if b.Spent == nil {
		b.Spent = map[string][]string{}
	}
	b.Spent[who] = append(b.Spent[who], key)
	return nil
}

// Key writes a question in one way, whatever the order or the names of groups.
func (a Asked) Key() string {
	var out []string
	for _, groups := range a {
		var sets []string
		for _, g := range groups {
			set := slices.Clone(g.Leaves)
			slices.Sort(set)
			sets = append(sets, strings.Trim(fmt.Sprint(set), "[]"))
		}
		sort.Strings(sets)
		out = append(out, strings.Join(slices.Compact(sets), ","))
	}
	return strings.Join(out, " / ")
}

// Pair is two cells of which one counts all the people of the other and a few
// more.
type Pair struct {
	Larger, Smaller string
	Between         int // people
}

// Isolating finds every pair, among what is shown now and what was before, whose
// difference is 1 to Threshold-1 people of the larger one: the guard for tables
// with noise, of which there are no ranges to audit. Subtracting one figure from
// the other would be about those few.
func Isolating(t Table, threshold int) []Pair {
	var cells []int
	for cell := range t.Lattice.X {
		if t.shows(cell) || t.told(cell) {
			cells = append(cells, cell)
		}
	}
	var out []Pair
	for _, large := range cells {
		for _, little := range cells {
			between := t.Lattice.X[large] - t.Lattice.X[little]
			if between > 0 && between < threshold && covers(t.Lattice, large, little) {
				out = append(out, Pair{t.Lattice.Label(large), t.Lattice.Label(little), between})
			}
		}
	}
	return out
}

// covers tells whether one cell counts everybody that another does.
func covers(l *lattice.Lattice, large, little int) bool {
	a, b := l.Coords(large), l.Coords(little)
	for d, dim := range l.Dims {
		if !includes(dim.Members(a[d]), dim.Members(b[d])) {
			return false
		}
	}
	return true
}
