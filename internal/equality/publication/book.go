package publication

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/disclosure/lattice"
)

// Book is everything that was ever released of a programme, and the base that it
// was counted from.
//
// All of it is one system: what is told of one characteristic bears on what is
// told of another only through the totals of the cohorts that they count. These
// totals are taken to be known to everybody to the last person, whatever is
// shown of them; then each family can be audited by itself, and the proofs hold
// together (docs/adr/0023, with the argument).
type Book struct {
	Base  Base
	Past  []Content         // published ones, withdrawn ones among them: they were seen
	Names map[string]string // of employers, by identifier
}

// results are how the years ended that a table is about.
func results() []string { return []string{equality.Passed, equality.Failed} }

const (
	column  = "result"
	leavesD = 0 // the dimension of the leaves
)

// system is one family with everything told of it, and what is asked of it now.
type system struct {
	book    *Book
	family  string
	leaves  axis
	cohorts axis
	ends    axis
	asked   []Kind   // tables of it that are asked for
	now     []string // the cohorts that they count
}

// views are the tables of a family in earlier releases.
func (b *Book) views(family string) []view {
	var out []view
	for _, c := range b.Past {
		for _, t := range c.all() {
			if k, _ := KindOf(t.Key); k.Family == family {
				out = append(out, view{k, t, c})
			}
		}
	}
	return out
}

// view is a table that was published.
type view struct {
	kind    Kind
	table   Table
	content Content
}

// groups are the cohorts that anything counts together, or is about to.
func (b *Book) groups(asked []string) [][]string {
	out := [][]string{asked}
	for _, c := range b.Past {
		out = append(out, c.Cohorts)
	}
	return out
}

// universe are all cohorts of the base that anything counts.
func universe(groups [][]string) []string {
	out := slices.Concat(groups...)
	slices.Sort(out)
	return slices.Compact(out)
}

// newSystem puts a family together.
func (b *Book) newSystem(family string, asked []Kind, now []string) *system {
	groups := b.groups(now)
	all := universe(groups)
	s := &system{book: b, family: family, asked: asked, now: now, cohorts: split("cohorts", all, groups...), ends: split(column, results(), []string{equality.Failed})}
	universe, sets := b.Base.leaves(family), [][]string{}
	kinds := slices.Clone(asked)
	for _, v := range b.views(family) {
		kinds = append(kinds, v.kind)
	}
	for _, k := range kinds {
		for _, members := range rowsOf(k, universe) {
			sets = append(sets, members)
		}
	}
	switch family {
	case byPlace: // each employer by itself, also where none is told: one may hold nearly all of a region
		for _, leaf := range universe {
			sets = append(sets, []string{leaf})
		}
	case bySitting:
		s.ends = split(column, []string{""})
		sets = append(sets, []string{Decided})
	case byCohort:
		sets = append(sets, s.cohorts.atoms...)
		universe = slices.DeleteFunc(universe, func(leaf string) bool { return !slices.Contains(all, leaf) })
		s.cohorts = split("cohorts", all)
	}
	s.leaves = split(family, universe, sets...)
	return s
}

// rowsOf are the leaves of each row of a table.
func rowsOf(k Kind, universe []string) map[string][]string {
	out := map[string][]string{}
	for _, leaf := range universe {
		row := k.Row(leaf)
		out[row] = append(out[row], leaf)
	}
	return out
}

// axes are those along which anything differs.
func (s *system) axes() []axis {
	out := []axis{s.leaves}
	for _, a := range []axis{s.cohorts, s.ends} {
		if len(a.atoms) > 1 {
			out = append(out, a)
		}
	}
	return out
}

// counts are the finest counts in the order of the axes.
func (s *system) counts() (people, keys []int) {
	for _, leaves := range s.leaves.atoms {
		for _, cohorts := range s.cohorts.atoms {
			for _, ends := range s.ends.atoms {
				a := s.book.Base.sum(s.family, leaves, cohorts, ends)
				people, keys = append(people, a.People), append(keys, a.Keys)
			}
		}
	}
	return people, keys
}

// groupsOf is one group of each axis, as the library wants it.
func (s *system) groupsOf(name string, leaves, cohorts, ends []string) []lattice.Group {
	out := []lattice.Group{s.leaves.group(name, leaves)}
	if len(s.cohorts.atoms) > 1 {
		out = append(out, s.cohorts.group(strings.Join(cohorts, ", "), cohorts))
	}
	if len(s.ends.atoms) > 1 {
		out = append(out, s.ends.group(strings.Join(ends, " or "), ends))
	}
	return out
}

func (s *system) entry(release string, where []lattice.Group, known disclosure.Bounds) disclosure.Entry {
	e := disclosure.Entry{Release: release, Known: known}
	for _, g := range where {
		e.Sets = append(e.Sets, g.Leaves)
	}
	return e
}

// ledger is what is known of the family before anything new is told.
func (s *system) ledger() *disclosure.Ledger {
	l := &disclosure.Ledger{}
	for i, a := range s.axes() {
		named := s.label
		if i > 0 {
			named = func(members []string) string { return strings.Join(members, " or ") }
		}
		l.Dims = append(l.Dims, a.dim(named))
	}
	if len(s.ends.atoms) > 1 {
		l.Outcome = &disclosure.Outcome{Dim: len(l.Dims) - 1, Adverse: []int{1}}
	}
	if s.family == byPlace {
		l.Holder = new(leavesD)
	}
	l.Entries = append(s.spine(), s.there()...)
	for _, v := range s.book.views(s.family) {
		for _, r := range v.table.Rows {
			l.Entries = append(l.Entries, s.told(v, r)...)
		}
		l.Entries = append(l.Entries, s.missing(v)...)
	}
	return l
}

// everybody are the leaves that count all of some cohorts.
func (s *system) everybody(cohorts []string) []string {
	if s.family == byCohort {
		return cohorts
	}
	return s.leaves.whole()
}

// counting are the cohorts over which a sum of the family goes: where the leaves
// are cohorts themselves, all.
func (s *system) counting(cohorts []string) []string {
	if s.family == byCohort {
		return s.cohorts.whole()
	}
	return cohorts
}

// told is what a row of an earlier table tells.
func (s *system) told(v view, r Row) []disclosure.Entry {
	leaves := s.everybody(v.content.Cohorts)
	if r.Sort != Whole {
		leaves = rowsOf(v.kind, leaves)[r.Key]
	}
	if len(leaves) == 0 {
		return nil
	}
	add := func(f Figure, least int, ends []string) disclosure.Entry {
		where := s.groupsOf(r.Name, leaves, v.content.Cohorts, ends)
		known := v.content.knows(f)
		known.Low = max(known.Low, least)
		return s.entry(v.content.Title, where, known)
	}
	there := boolean(r.Total.Mark == Confidential) // one that is 0 is never hidden
	some := boolean(s.family != byPlace && r.Total.Mark == Shown && r.Failed.Mark == Confidential)
	if s.family == bySitting {
		return []disclosure.Entry{add(r.Total, there, []string{""})}
	}
	return []disclosure.Entry{add(r.Failed, some, []string{equality.Failed}), add(r.Total, there, results())}
}

// there is what the rows of the tables that are asked for tell by being there: a
// total that is 0 is shown, and so is that none failed of Threshold or more. With
// the latter nothing could be told of employers, of which most have one fail or
// none: there Policy.Sharp has to do.
func (s *system) there() []disclosure.Entry {
	var out []disclosure.Entry
	some := disclosure.Bounds{Low: 1, High: disclosure.Unknown}
	all, failed := s.everybody(s.now), []string{equality.Failed}
	for _, k := range s.asked {
		rows := rowsOf(k, all)
		for _, row := range sortedRows(k, rows) { // in order, or the same records would give another release
			leaves := rows[row]
			count := func(ends []string) int { return s.book.Base.sum(s.family, leaves, s.counting(s.now), ends).People }
			total := count(s.ends.whole())
			if total > 0 {
				out = append(out, s.entry("rows", s.groupsOf(row, leaves, s.now, s.ends.whole()), some))
			}
			if s.family != byPlace && total >= Threshold && count(failed) > 0 {
				out = append(out, s.entry("rows", s.groupsOf(row, leaves, s.now, failed), some))
			}
		}
	}
	return out
}

// missing is what an earlier table tells of rows that it does not have: that
// nobody was in them.
func (s *system) missing(v view) []disclosure.Entry {
	var out []disclosure.Entry
	rows := rowsOf(v.kind, s.everybody(v.content.Cohorts))
	for _, row := range sortedRows(v.kind, rows) {
		leaves := rows[row]
		if !slices.ContainsFunc(v.table.Rows, func(r Row) bool { return r.Key == row && r.Sort != Whole }) {
			out = append(out, s.entry(v.content.Title, s.groupsOf(row, leaves, v.content.Cohorts, s.ends.whole()), disclosure.Bounds{}))
		}
	}
	return out
}

// knows is what a released figure tells of the count.
func (c Content) knows(f Figure) disclosure.Bounds {
	if f.Mark != Shown {
		return disclosure.Bounds{High: disclosure.Unknown}
	}
	if c.Method == disclosure.CellKey {
		return disclosure.Bounds{Low: max(0, f.N-furthest), High: f.N + furthest}
	}
	lo, hi := c.policy().Knows(f.N)
	return disclosure.Bounds{Low: lo, High: hi}
}

// spine are the totals of each set of cohorts that is counted, known to the last
// person.
func (s *system) spine() []disclosure.Entry {
	var out []disclosure.Entry
	know := func(leaves, cohorts, ends []string) {
		n := s.book.Base.sum(s.family, leaves, cohorts, ends).People
		out = append(out, s.entry("totals", s.groupsOf(All, leaves, cohorts, ends), disclosure.Bounds{Low: n, High: n}))
	}
	groups := split("", universe(s.book.groups(s.now)), s.book.groups(s.now)...).atoms
	for _, cohorts := range append(groups, s.book.groups(s.now)...) {
		switch s.family {
		case bySitting:
			know([]string{Decided}, cohorts, []string{""})
		default:
			know(s.everybody(cohorts), s.counting(cohorts), []string{equality.Failed})
			know(s.everybody(cohorts), s.counting(cohorts), results())
		}
	}
	return out
}

// check refuses cohorts whose totals are themselves too small to be known.
func (b *Book) check(now []string) error {
	groups := b.groups(now)
	if b.Base.sum(byCohort, now, now, results()).People == 0 {
		return fault.Problems{{Field: "cohorts", Text: "Nobody in these cohorts has passed or failed yet, so that there is nothing to release"}}.Err()
	}
	for _, cohorts := range split("", universe(groups), groups...).atoms {
		for _, end := range results() {
			n := b.Base.sum(byCohort, cohorts, cohorts, []string{end}).People
			if few(n) {
				return tooFew(cohorts, "fewer than %d %s. What was released before and this would tell how many", end)
			}
			if few(n - b.largest(cohorts, end)) {
				return tooFew(cohorts, "fewer than %d %s at all employers but one, which would know how many", end)
			}
		}
	}
	return nil
}

func few(n int) bool { return n > 0 && n < Threshold }

func tooFew(cohorts []string, what, end string) error {
	return fault.Problems{{Field: "cohorts", Text: fmt.Sprintf("Of the cohorts %s together, "+what+": choose more cohorts, or those of an earlier release",
		strings.Join(cohorts, ", "), Threshold, end)}}.Err()
}

// largest is how many of some cohorts ended in one way at the employer that has
// most of them.
func (b *Book) largest(cohorts []string, end string) int {
	most := 0
	for _, leaves := range rowsOf(Kind{Family: byPlace}, b.Base.leaves(byPlace)) {
		most = max(most, b.Base.sum(byPlace, leaves, cohorts, []string{end}).People)
	}
	return most
}

// Threshold is the least count that may be told, and the least total that may be
// taken to be known.
const Threshold = 10
