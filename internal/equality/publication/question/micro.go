package question

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/publication"
)

// byResult is how the years ended, as one more family.
const byResult = equality.ByResult

// micro is the records as questions see them: each combination of everything
// that can be asked, with how many there are and their keys.
type micro struct {
	leaves map[string][]string // by family, in order
	cells  []combination
}

type combination struct {
	leaf map[string]int // by family: the number of its leaf
	publication.Amount
}

// newMicro reads records that passed or failed.
func newMicro(c *tally.Cube) *micro {
	m := &micro{leaves: map[string][]string{}}
	at, numbers := map[string]int{}, map[string]map[string]int{}
	for i, column := range c.Columns {
		at[column.Name] = i
	}
	c.Cells(func(levels []uint16, n int64) {
		level := func(column string) string { return c.Columns[at[column]].Levels[levels[at[column]]] }
		result := level(equality.ByResult)
		if result != equality.Passed && result != equality.Failed {
			return
		}
		one := combination{leaf: map[string]int{byResult: m.number(numbers, byResult, result)}, Amount: publication.Amount{People: int(n), Keys: int(n) * publication.Number(level(equality.ByKey))}}
		for name, columns := range publication.Families {
			parts := make([]string, len(columns))
			for i, column := range columns {
				parts[i] = level(column)
			}
			one.leaf[name] = m.number(numbers, name, publication.LeafOf(parts))
		}
		m.cells = append(m.cells, one)
	})
	return m
}

// number is the number of a leaf, a new one where there is none yet.
func (m *micro) number(numbers map[string]map[string]int, family, leaf string) int {
	if numbers[family] == nil {
		numbers[family] = map[string]int{}
	}
	n, known := numbers[family][leaf]
	if !known {
		n = len(m.leaves[family])
		numbers[family][leaf], m.leaves[family] = n, append(m.leaves[family], leaf)
	}
	return n
}

// cell is some people: by family, which leaves; a family that is not named is
// not told apart.
type cell map[string][]int

// narrow is the cell of those who are in a row of a kind besides.
func (m *micro) narrow(c cell, k publication.Kind, row string) cell {
	out := maps.Clone(c)
	var set []int
	for i, leaf := range m.leaves[k.Family] {
		if k.Row(leaf) == row && (c[k.Family] == nil || slices.Contains(c[k.Family], i)) {
			set = append(set, i)
		}
	}
	out[k.Family] = set
	return out
}

// failed is the cell of those of a cell who failed.
func (m *micro) failed(c cell) cell {
	return m.narrow(c, publication.Kind{Family: byResult}, equality.Failed)
}

// of is the cell of some cohorts.
func (m *micro) of(cohorts []string) cell {
	var set []int
	for i, leaf := range m.leaves[publication.CohortTable] {
		if slices.Contains(cohorts, leaf) {
			set = append(set, i)
		}
	}
	return cell{publication.CohortTable: set}
}

// rows are the rows of a kind that anybody of a cell is in.
func (m *micro) rows(c cell, k publication.Kind) []string {
	seen := map[string]bool{}
	for _, one := range m.cells {
		if c.has(one) {
			seen[k.Row(m.leaves[k.Family][one.leaf[k.Family]])] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), k.Order)
}

func (c cell) has(one combination) bool {
	for family, set := range c {
		if !slices.Contains(set, one.leaf[family]) {
			return false
		}
	}
	return true
}

// count counts the people of a cell.
func (m *micro) count(c cell) publication.Amount {
	var out publication.Amount
	for _, one := range m.cells {
		if c.has(one) {
			out = publication.Amount{People: out.People + one.People, Keys: (out.Keys + one.Keys) % publication.Keys}
		}
	}
	return out
}

// set is the leaves of a family that a cell counts.
func (m *micro) set(c cell, family string) []int {
	if set, ok := c[family]; ok {
		return set
	}
	out := make([]int, len(m.leaves[family]))
	for i := range out {
		out[i] = i
	}
	return out
}

// key writes a cell in one way, without one family.
func (m *micro) key(c cell, but string) string {
	var out strings.Builder
	for _, family := range slices.Sorted(maps.Keys(c)) {
		if family == but || len(c[family]) == len(m.leaves[family]) {
			continue
		}
		out.WriteString(family + ":")
		for _, n := range c[family] {
			out.WriteString(strconv.Itoa(n) + ",")
		}
	}
	return out.String()
}

// covers tells whether one cell counts everybody whom another does.
func (m *micro) covers(large, little cell) bool {
	for family, set := range large {
		if !publication.Within(set, m.set(little, family)) {
			return false
		}
	}
	return true
}
