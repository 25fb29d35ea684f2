package publication

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/disclosure/lattice"
)

// Review is what whoever prepares or approves a release sees of how it is
// protected. It tells what readers must not know, and is never stored (PUB-4).
type Review struct{ Families []Reviewed }

// Reviewed is the audit of one family.
type Reviewed struct {
	Family string
	Told   bool // this release tells something of it
	Cells  int  // cells of its system, with all sums
	Hidden []Hide
	Report disclosure.Report
	Pairs  []disclosure.Pair // differences about a few people, for methods of noise
}

// Hide is a figure that is not told, and why.
type Hide struct {
	Table, Row, Column string
	Why                string
}

// Ranges is how many sensitive counts were looked at.
func (r Review) Ranges() int {
	n := 0
	for _, f := range r.Families {
		n += len(f.Report.Ranges)
	}
	return n
}

// Narrowest is the width of the narrowest range; false where there is none.
func (r Review) Narrowest() (int, bool) {
	least, found := 0, false
	for _, f := range r.Families {
		for _, one := range f.Report.Ranges {
			if width := int(one.High - one.Low); !found || width < least {
				least, found = width, true
			}
		}
	}
	return least, found
}

// Exact reports whether every range is exact and not only proven to be wide
// enough.
func (r Review) Exact() bool {
	for _, f := range r.Families {
		if slices.ContainsFunc(f.Report.Ranges, func(x disclosure.Range) bool { return !x.Exact }) {
			return false
		}
	}
	return true
}

// Pairs are all differences about a few people.
func (r Review) Pairs() []disclosure.Pair {
	var out []disclosure.Pair
	for _, f := range r.Families {
		out = append(out, f.Pairs...)
	}
	return out
}

// refusal says what is not safe.
func (r Review) refusal() error {
	var out fault.Problems
	for _, f := range r.Families {
		out.If(!f.Report.Safe, "tables", "The table by %s cannot be proven safe: %d counts would be known too well, with what was released before. Leave it out, or count more cohorts together", f.Family, len(f.Report.Narrow())+len(f.Report.Told))
		if len(f.Pairs) > 0 {
			out.If(true, "tables", "“%s” and “%s” differ by fewer than %d people. Leave the table by %s out, or count other cohorts together",
				f.Pairs[0].Larger, f.Pairs[0].Smaller, Threshold, f.Family)
		}
	}
	return out.Err()
}

// worksOut says that a family cannot be protected: by its own tables, or by what
// was released before and the cohorts that are counted now.
func (s *system) worksOut() error {
	name := s.family
	for _, k := range kinds() {
		if k.Family == s.family && k.part == 0 {
			name = strings.ToLower(k.Name)
			break
		}
	}
	if len(s.asked) == 0 {
		return fault.Problems{{Field: "cohorts", Text: fmt.Sprintf("With the totals of these cohorts, and the table by %s that was released before, counts below %d could be worked out. Count the cohorts of an earlier release together, or more of them", name, Threshold)}}.Err()
	}
	return fault.Problems{{Field: "tables", Text: fmt.Sprintf("By %s, together with what was released before, counts below %d could be worked out however much is hidden. Leave the table out, or count other cohorts together", name, Threshold)}}.Err()
}

// hidden lists what the tables of a family do not tell, and why.
func (s *system) hidden(t disclosure.Table, r disclosure.Release, tables []Table) []Hide {
	why := disclosure.Primary(t, r.Policy)
	var out []Hide
	add := func(table Table, row Row, name string, f Figure, ends []string) {
		if f.Mark != Confidential {
			return
		}
		members := s.everybody(s.now)
		if row.Sort != Whole {
			k, _ := KindOf(table.Key)
			members = rowsOf(k, members)[row.Key]
		}
		out = append(out, Hide{table.Name, row.Name, name, said(why[s.cell(t, members, ends)])})
	}
	for _, table := range tables {
		for _, row := range table.Rows {
			if s.family == bySitting {
				add(table, row, "registrations", row.Total, []string{""})
				continue
			}
			add(table, row, "failed", row.Failed, []string{"failed"})
			add(table, row, "passed or failed", row.Total, results())
		}
	}
	return out
}

func said(r disclosure.Reason) string {
	switch r {
	case disclosure.Small:
		return fmt.Sprintf("it is from 1 to %d", Threshold-1)
	case disclosure.Nobody:
		return "nobody of a small group"
	case disclosure.Everyone:
		return "everybody of a small group"
	case disclosure.Dominant:
		return "one employer holds nearly all of it, or all but a few"
	}
	return "so that another cannot be worked out from it"
}

// pairs are the groups of which figures are told, now or before, that differ by a
// few people who are not told as a group of their own: for subtracting one from
// the other would tell how their years ended.
func (s *system) pairs(t disclosure.Table) []disclosure.Pair {
	told := make([]bool, t.Lattice.Cells())
	var cells []int
	for cell := range told {
		known, before := t.Before[cell]
		if !s.isGroup(t, cell) {
			continue
		}
		if told[cell] = t.Shown[cell] || before && known.High < disclosure.Unknown; told[cell] {
			cells = append(cells, cell)
		}
	}
	var out []disclosure.Pair
	for _, large := range cells {
		for _, little := range cells {
			between := t.Lattice.X[large] - t.Lattice.X[little]
			if between > 0 && between < Threshold && covers(t.Lattice, large, little) && !stepped(t.Lattice, told, large, little) {
				out = append(out, disclosure.Pair{Larger: t.Lattice.Label(large), Smaller: t.Lattice.Label(little), Between: between})
			}
		}
	}
	return out
}

// isGroup tells whether a cell is everybody of a group, however their year ended.
func (s *system) isGroup(t disclosure.Table, cell int) bool {
	last := len(t.Lattice.Dims) - 1
	return len(s.ends.atoms) == 1 || len(t.Lattice.Dims[last].Members(t.Lattice.Coords(cell)[last])) > 1
}

// covers tells whether one cell counts everybody that another does.
func covers(l *lattice.Lattice, large, little int) bool {
	a, b := l.Coords(large), l.Coords(little)
	for d, dim := range l.Dims {
		if !Within(dim.Members(a[d]), dim.Members(b[d])) {
			return false
		}
	}
	return true
}

// Within tells whether all of some are among all.
func Within[T comparable](all, some []T) bool {
	for _, one := range some {
		if !slices.Contains(all, one) {
			return false
		}
	}
	return true
}

// stepped tells whether one comes from a cell to a smaller one by taking away
// cells that are told themselves: then the difference tells nothing that they do
// not tell, with their own noise.
func stepped(l *lattice.Lattice, told []bool, large, little int) bool {
	if large == little {
		return true
	}
	from, to := l.Coords(large), l.Coords(little)
	for d := range from {
		if from[d] == to[d] {
			continue
		}
		rest := Without(l.Dims[d].Members(from[d]), l.Dims[d].Members(to[d]))
		if toldAs(l, told, large, d, rest) && stepped(l, told, l.Along(large, d, to[d]), little) {
			return true
		}
	}
	return false
}

// Without is all but some.
func Without[T comparable](all, some []T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return slices.Contains(some, one) })
}

// toldAs tells whether what is left over along one characteristic is told, as
// one cell or one category at a time.
func toldAs(l *lattice.Lattice, told []bool, cell, d int, rest []int) bool {
	for i, g := range l.Dims[d].Groups {
		if slices.Equal(g.Leaves, rest) && told[l.Along(cell, d, len(l.Dims[d].Leaves)+i)] {
			return true
		}
	}
	for _, leaf := range rest {
		if !told[l.Along(cell, d, leaf)] {
			return false
		}
	}
	return true
}
