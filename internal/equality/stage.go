package equality

import (
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
)

// StageTable is who reached one stage of the year, by characteristic. Everybody
// who registered can.
type StageTable struct {
	Stage  asye.Stage
	Groups []Stretch // in the order of the characteristic; those without anybody are left out
	All    Stretch
}

// Stretch is how many of a group reached a stage, and after how many days.
type Stretch struct {
	Group   string
	Reached int
	Of      int
	days    []int // since the start of the year, of those who reached it
}

// Days are the quartiles of the days that it took; false where nobody reached the
// stage.
func (s Stretch) Days() (first, middle, third int, reached bool) {
	if len(s.days) == 0 {
		return 0, 0, 0, false
	}
	slices.Sort(s.days)
	at := func(quarter int) int { return s.days[min(quarter*len(s.days)/4, len(s.days)-1)] }
	return at(1), at(2), at(3), true
}

// Small reports whether the stretch could tell on somebody.
func (s Stretch) Small() bool { return Count{Passed: s.Of - s.Reached, Failed: s.Reached}.Small() }

// stages counts records with the stage that each reached.
type stages struct {
	characteristic Characteristic
	of             map[string]int
	tables         []StageTable
}

// registered counts somebody who could reach any stage.
func (s *stages) registered(r record) { s.of[s.characteristic.level(r)]++ }

// reached counts somebody who reached a stage on a day.
func (s *stages) reached(stage int, r record, on asye.Date) {
	t := &s.tables[stage]
	days := r.startsOn.DaysUntil(on)
	at := slices.IndexFunc(t.Groups, func(g Stretch) bool { return g.Group == s.characteristic.level(r) })
	if at < 0 {
		at = len(t.Groups)
		t.Groups = append(t.Groups, Stretch{Group: s.characteristic.level(r)})
	}
	for _, one := range []*Stretch{&t.Groups[at], &t.All} {
		one.Reached++
		one.days = append(one.days, days)
	}
}

// done puts groups in order, with how many there are of each.
func (s *stages) done() []StageTable {
	groups := slices.Sorted(func(yield func(string) bool) {
		for g := range s.of {
			if !yield(g) {
				return
			}
		}
	})
	order := append(slices.Clone(s.characteristic.groups), Unknown()...)
	slices.SortStableFunc(groups, func(a, b string) int { return compareGroups(order, a, b) })
	for i := range s.tables {
		t := &s.tables[i]
		var out []Stretch
		for _, g := range groups {
			one := Stretch{Group: g}
			if at := slices.IndexFunc(t.Groups, func(have Stretch) bool { return have.Group == g }); at >= 0 {
				one = t.Groups[at]
			}
			one.Of = s.of[g]
			t.All.Of += one.Of
			out = append(out, one)
		}
		t.Groups = out
		t.All.Group = everybody
	}
	return s.tables
}

// compareGroups follows the list where there is one, then numbers by size, then
// the alphabet.
func compareGroups(order []string, a, b string) int {
	at := func(g string) int {
		if i := slices.Index(order, g); i >= 0 {
			return i
		}
		return len(order)
	}
	if d := at(a) - at(b); d != 0 {
		return d
	}
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	if errA == nil && errB == nil {
		return m - n
	}
	return strings.Compare(a, b)
}
