package publication

import (
	"slices"
	"strings"
)

// differences are the sets that lie between two of some sets, one within the
// other: what somebody finds who subtracts. A difference of a difference is one
// too.
func differences(sets [][]int) [][]int {
	seen := map[string]bool{}
	for _, s := range sets {
		seen[setKey(s)] = true
	}
	var out [][]int
	for _, large := range sets {
		for _, little := range sets {
			if len(little) == 0 || len(large) <= len(little) || !inside(large, little) {
				continue
			}
			rest := Without(large, little)
			if key := setKey(rest); !seen[key] {
				seen[key] = true
				out = append(out, rest)
			}
		}
	}
	return out
}

// inside tells whether a sorted set has all of another.
func inside(large, little []int) bool {
	at := 0
	for _, n := range large {
		if at < len(little) && little[at] == n {
			at++
		}
	}
	return at == len(little)
}

func setKey(set []int) string {
	out := make([]byte, 0, 2*len(set))
	for _, n := range set {
		out = append(out, byte(n>>8), byte(n))
	}
	return string(out)
}

// rowSets are the rows of every table of the family, and everybody, as sets of
// atoms.
func (s *system) rowSets() [][]int {
	out := [][]int{s.leaves.set(s.leaves.whole()), s.leaves.set(s.everybody(s.now))}
	kinds := slices.Clone(s.asked)
	for _, v := range s.book.views(s.family) {
		kinds = append(kinds, v.kind)
		out = append(out, s.leaves.set(s.everybody(v.content.Cohorts)))
	}
	for _, k := range kinds {
		for _, members := range rowsOf(k, s.leaves.whole()) {
			out = append(out, s.leaves.set(members))
		}
	}
	slices.SortFunc(out, slices.Compare[[]int])
	return slices.CompactFunc(out, slices.Equal[[]int])
}

// cohortSets are the cohorts that anything counts together, and what lies
// between.
func (s *system) cohortSets() [][]int {
	var out [][]int
	for _, group := range s.book.groups(s.now) {
		out = append(out, s.cohorts.set(group))
	}
	for i := range s.cohorts.atoms {
		out = append(out, []int{i})
	}
	return append(out, differences(out)...)
}

// besides are the sets of rows that no table shows and somebody could find by
// subtracting, where they are about a few people. They are protected like what
// a table hides.
func (s *system) besides() [][]int {
	var out [][]int
	cohorts := s.cohortSets()
	for _, set := range differences(s.rowSets()) {
		if s.few(set, cohorts) {
			out = append(out, set)
		}
	}
	return append(out, s.together(cohorts)...)
}

// together are the small rows of a table taken together, or those of them that
// lie within a row of another, where they are few people: what is left when all
// that is shown is taken away.
func (s *system) together(cohorts [][]int) [][]int {
	kinds := slices.Clone(s.asked)
	for _, v := range s.book.views(s.family) {
		kinds = append(kinds, v.kind)
	}
	var out [][]int
	seen := map[string]bool{}
	for _, large := range s.rowSets() {
		for _, set := range s.smallWithin(large, kinds, cohorts) {
			if key := setKey(set); !seen[key] {
				seen[key] = true
				out = append(out, set)
			}
		}
	}
	return out
}

// smallWithin are the small rows of each table, in each group of cohorts, that lie
// within a row.
func (s *system) smallWithin(large []int, kinds []Kind, cohorts [][]int) (out [][]int) {
	for _, k := range kinds {
		for _, group := range cohorts {
			out = append(out, s.smallRows(k, large, s.cohorts.members(group))...)
		}
	}
	return out
}

// smallRows are the rows of a table within some atoms that are small by
// themselves, together, by how the year ended: none of them where they are more
// than a few.
func (s *system) smallRows(k Kind, within []int, cohorts []string) [][]int {
	var out [][]int
	all := slices.Concat(s.ends.atoms...)
	for _, ends := range append([][]string{all}, s.ends.atoms...) {
		people, n := 0, 0
		var members []string
		for _, leaves := range rowsOf(k, s.leaves.members(within)) {
			here, group := s.book.Base.sum(s.family, leaves, cohorts, ends).People, s.book.Base.sum(s.family, leaves, cohorts, all).People
			if here > 0 && here < Threshold || here == 0 && group > 0 && group < Threshold {
				people, n, members = people+here, n+1, append(members, leaves...)
			}
		}
		if n > 1 && people > 0 && people < Threshold {
			out = append(out, s.leaves.set(members))
		}
	}
	return out
}

// few tells whether a set of rows has a small count in any cohorts.
func (s *system) few(set []int, cohorts [][]int) bool {
	leaves := s.leaves.members(set)
	for _, group := range cohorts {
		for _, ends := range s.ends.atoms {
			if n := s.book.Base.sum(s.family, leaves, s.cohorts.members(group), ends).People; n > 0 && n < Threshold {
				return true
			}
		}
	}
	return false
}

// members are what some atoms are made of.
func (a axis) members(set []int) []string {
	var out []string
	for _, n := range set {
		out = append(out, a.atoms[n]...)
	}
	return out
}

// label names some leaves for those who check a release: as a row of a table is
// called, where it is one, otherwise by what they are.
func (s *system) label(members []string) string {
	if len(members) == len(s.leaves.whole()) {
		return All
	}
	var names []string
	for i, leaf := range members {
		if i == 3 {
			names = append(names, "others")
			break
		}
		names = append(names, s.called(leaf))
	}
	for _, k := range kinds() {
		if row := k.Row(members[0]); k.Family == s.family && s.isRow(k, row, members) {
			return s.book.name(k, row)
		}
	}
	return list(names)
}

// isRow tells whether some leaves are just those of a row.
func (s *system) isRow(k Kind, row string, members []string) bool {
	n := 0
	for _, leaf := range s.leaves.whole() {
		n += boolean(k.Row(leaf) == row)
	}
	return n == len(members) && !slices.ContainsFunc(members, func(leaf string) bool { return k.Row(leaf) != row })
}

// called is the name of one leaf.
func (s *system) called(leaf string) string {
	parts := strings.Split(leaf, "|")
	switch s.family {
	case byPlace:
		return s.book.name(Kind{Key: EmployerTable}, parts[0])
	case "deferrals":
		return s.book.name(Kind{Key: "deferrals"}, parts[0])
	}
	for _, part := range slices.Backward(parts) {
		if part != NotKnown {
			return part
		}
	}
	return NotKnown
}
