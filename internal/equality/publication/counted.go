package publication

import (
	"slices"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
)

// Place is one count of the base of releases: those of one cohort who are in
// one leaf of a family, by how their year ended.
type Place struct {
	Family string
	Leaf   string
	Cohort asye.Cohort
	Result string // equality.Passed or equality.Failed; empty in the family of completeness
}

// Amount is how many they are, and the sum of their record keys.
type Amount struct{ People, Keys int }

// Base is what releases are counted from. What a release has counted of a cohort
// stays as it was then, because everything that is ever told of a cohort is one
// system (PUB-3). No count of it crosses two Families, so that it is no copy of
// anybody's record.
type Base map[Place]Amount

// The leaves of completeness.
const (
	Decided   = "Passed or failed"
	Withdrawn = "Withdrew"
	Open      = "No outcome yet"
)

// Columns are what a base is counted by.
func Columns() []string {
	out := []string{equality.ByCohort, equality.ByEmployer, equality.ByKey}
	for _, c := range equality.Characteristics() {
		out = append(out, c.Key)
	}
	return out
}

// Counted makes a base of records.
func Counted(c *tally.Cube) Base {
	out, at := Base{}, map[string]int{}
	for i, column := range c.Columns {
		at[column.Name] = i
	}
	c.Cells(func(levels []uint16, n int64) {
		level := func(column string) string { return c.Columns[at[column]].Levels[levels[at[column]]] }
		cohort, _ := asye.ParseCohort(level(equality.ByCohort))
		result, people := level(equality.ByResult), Amount{int(n), int(n) * Number(level(equality.ByKey))}
		out.add(Place{Family: bySitting, Leaf: standing(result), Cohort: cohort}, people)
		if result != equality.Passed && result != equality.Failed {
			return
		}
		for name, columns := range Families {
			parts := make([]string, len(columns))
			for i, column := range columns {
				parts[i] = level(column)
			}
			out.add(Place{name, LeafOf(parts), cohort, result}, people)
		}
	})
	return out
}

func standing(result string) string {
	switch result {
	case equality.Withdrawn:
		return Withdrawn
	case equality.NoOutcome:
		return Open
	}
	return Decided
}

// Number reads a whole number.
func Number(text string) int {
	n := 0
	for _, r := range text {
		n = n*10 + int(r-'0')
	}
	return n
}

func (b Base) add(p Place, a Amount) {
	old := b[p]
	b[p] = Amount{old.People + a.People, (old.Keys + a.Keys) % Keys}
}

// Keys is how many record keys there are: 0 to 255.
const Keys = 256

// Of is the base of some cohorts alone.
func (b Base) Of(cohorts []asye.Cohort) Base {
	out := Base{}
	for p, a := range b {
		if slices.Contains(cohorts, p.Cohort) {
			out[p] = a
		}
	}
	return out
}

// leaves are those of a family that have anybody in them, in order.
func (b Base) leaves(family string) []string {
	seen := map[string]bool{}
	var out []string
	for p := range b {
		if p.Family == family && !seen[p.Leaf] {
			seen[p.Leaf] = true
			out = append(out, p.Leaf)
		}
	}
	slices.Sort(out)
	return out
}

// sum adds up what is counted in some leaves, cohorts and results.
func (b Base) sum(family string, leaves, cohorts, results []string) Amount {
	var out Amount
	for _, leaf := range leaves {
		for _, text := range cohorts {
			cohort, _ := asye.ParseCohort(text)
			for _, result := range results {
				a := b[Place{family, leaf, cohort, result}]
				out = Amount{out.People + a.People, (out.Keys + a.Keys) % Keys}
			}
		}
	}
	return out
}
