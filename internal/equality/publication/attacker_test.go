package publication

import (
	"slices"
	"strings"

	"example.org/asye/internal/equality"
)

// attacker has what is public: every release, the names of the rows, and that
// counts are whole and rows are sums. It adds and subtracts until nothing new
// comes out, in code that shares nothing with the audit. What it finds is
// certain.
//
// A fact is about a set of rows, cohorts and endings of one family, and lies
// between two ends.
type attacker struct {
	leaves  map[string][]string // by family: public, as the names of employers and groups are
	cohorts []string
	facts   map[string]*fact
	order   []*fact
}

type fact struct {
	family      string
	rows        []string // leaves
	cohorts     []string
	failed      bool // those who failed; otherwise those who passed or failed
	low, top    int
	larger      []*fact // that count all of it
	parts, rest *fact   // that it is the sum of
}

const nobodyKnows = 1 << 30

func attack(base Base, releases []Content) *attacker {
	a := &attacker{leaves: map[string][]string{}, facts: map[string]*fact{}}
	for family := range Families {
		a.leaves[family] = base.leaves(family)
	}
	for p := range base {
		if c := p.Cohort.String(); !slices.Contains(a.cohorts, c) {
			a.cohorts = append(a.cohorts, c)
		}
	}
	slices.Sort(a.cohorts)
	a.totals(base, releases)
	for _, c := range releases {
		for _, t := range c.Tables {
			a.read(c, t)
		}
	}
	return a
}

// totals are known to the last person, as the audit takes it: those of all
// cohorts that are counted together, and of what lies between them.
func (a *attacker) totals(base Base, releases []Content) {
	var groups [][]string
	for _, c := range releases {
		groups = append(groups, c.Cohorts)
	}
	for _, cohorts := range append(split("", universe(groups), groups...).atoms, groups...) {
		for _, failed := range []bool{true, false} {
			f := a.about(byCohort, cohorts, cohorts, failed)
			n := a.truth(base, f)
			f.low, f.top = n, n
		}
	}
}

// about finds the fact about some people, or begins one of which nothing is
// known. Everybody of a cohort is the same people in every family.
func (a *attacker) about(family string, rows, cohorts []string, failed bool) *fact {
	if family == byCohort {
		family, cohorts, rows = "everybody", rows, nil
	} else if len(rows) == len(a.leaves[family]) {
		family, rows = "everybody", nil
	}
	key := family + "#" + strings.Join(rows, ";") + "#" + strings.Join(cohorts, ";")
	if failed {
		key += "#failed"
	}
	if f := a.facts[key]; f != nil {
		return f
	}
	f := &fact{family: family, rows: rows, cohorts: cohorts, failed: failed, top: nobodyKnows}
	a.facts[key] = f
	a.order = append(a.order, f)
	return f
}

// read takes a table in, as it stands on the page.
func (a *attacker) read(c Content, t Table) {
	k, _ := KindOf(t.Key)
	if k.Family != byCohort {
		for key, rows := range rowsOf(k, a.leaves[k.Family]) {
			if !slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Key == key && r.Sort != Whole }) {
				a.about(k.Family, rows, c.Cohorts, false).narrow(0, 0) // a row that is not there has nobody
			}
		}
	}
	for _, r := range t.Rows {
		rows := a.leaves[k.Family]
		if r.Sort != Whole {
			rows = rowsOf(k, rows)[r.Key]
		} else if k.Family == byCohort {
			rows = c.Cohorts
		}
		a.learn(a.about(k.Family, rows, c.Cohorts, true), r.Failed)
		a.learn(a.about(k.Family, rows, c.Cohorts, false), r.Total)
		if r.Total.Mark == Confidential { // one that is 0 is shown
			a.about(k.Family, rows, c.Cohorts, false).narrow(1, nobodyKnows)
		} else if r.Failed.Mark == Confidential && k.Family != byPlace { // of 10 or more, none is shown too
			a.about(k.Family, rows, c.Cohorts, true).narrow(1, nobodyKnows)
		}
	}
}

// learn is what everybody knows of 10-5: a figure is the nearest 5 of 10 or more.
func (a *attacker) learn(f *fact, shown Figure) {
	switch {
	case shown.Mark == Shown && shown.N == 0:
		f.low, f.top = 0, 0
	case shown.Mark == Shown:
		f.narrow(max(shown.N-2, 10), shown.N+2)
	}
}

// work adds and subtracts, until nothing new comes out. Facts about differences
// of two facts are facts themselves.
func (a *attacker) work() {
	for range 2 {
		a.differences()
	}
	for again := true; again; {
		again = false
		for _, f := range a.order {
			again = a.balance(f) || again
		}
	}
}

// differences makes a fact of what lies between two that differ along one
// characteristic.
func (a *attacker) differences() {
	for _, large := range slices.Clone(a.order) {
		for _, little := range slices.Clone(a.order) {
			rest := a.between(large, little)
			if rest == nil {
				continue
			}
			sum := &fact{family: "sum", low: large.low, top: large.top, parts: little, rest: rest, larger: []*fact{large}}
			a.order = append(a.order, sum)
		}
	}
}

func (a *attacker) between(large, little *fact) *fact {
	if large.family == "sum" || little.family == "sum" || large.failed != little.failed {
		return nil
	}
	rows, others := a.rowsIn(large, little.family), a.rowsIn(little, large.family)
	sameRows, sameCohorts := slices.Equal(rows, others), slices.Equal(large.cohorts, little.cohorts)
	family := large.family
	if family == "everybody" {
		family = little.family
	}
	switch {
	case large.family != "everybody" && large.family != little.family || len(a.order) > mostFacts:
		return nil
	case sameCohorts && !sameRows && Within(rows, others):
		return a.about(family, Without(rows, others), large.cohorts, large.failed)
	case sameRows && !sameCohorts && Within(large.cohorts, little.cohorts):
		return a.about(large.family, large.rows, Without(large.cohorts, little.cohorts), large.failed)
	}
	return nil
}

// mostFacts keeps the attack within seconds.
const mostFacts = 20_000

func (a *attacker) rowsIn(f *fact, family string) []string {
	if f.family == "everybody" && family != "everybody" {
		return a.leaves[family]
	}
	return f.rows
}

// balance narrows a sum and its two parts by each other, and those who failed by
// all of them.
func (a *attacker) balance(f *fact) bool {
	if f.family != "sum" {
		if !f.failed {
			return false
		}
		all := a.about(f.family, f.rows, f.cohorts, false)
		return f.narrow(0, all.top) || all.narrow(f.low, nobodyKnows)
	}
	sum, p, q := f.larger[0], f.parts, f.rest
	changed := sum.narrow(p.low+q.low, min(nobodyKnows, p.top+q.top))
	changed = p.narrow(sum.low-q.top, sum.top-q.low) || changed
	return q.narrow(sum.low-p.top, sum.top-p.low) || changed
}

func (f *fact) narrow(low, top int) bool {
	if low <= f.low && top >= f.top {
		return false
	}
	f.low, f.top = max(f.low, low), min(f.top, top)
	return true
}

// finds lists the small counts that it knows to less than five wide.
func (a *attacker) finds(base Base) []string {
	var out []string
	for _, f := range a.order {
		if f.family == "sum" || f.top-f.low >= 5 {
			continue
		}
		if n := a.truth(base, f); n > 0 && n < Threshold {
			out = append(out, f.family+" "+strings.Join(f.rows, ";")+" "+strings.Join(f.cohorts, ";"))
		}
	}
	return out
}

// wrong lists the facts that are not true: an attacker that errs proves nothing.
func (a *attacker) wrong(base Base) []string {
	var out []string
	for _, f := range a.order {
		if n := a.truth(base, f); f.family != "sum" && (n < f.low || n > f.top) {
			out = append(out, f.family+" "+strings.Join(f.rows, ";"))
		}
	}
	return out
}

func (a *attacker) truth(base Base, f *fact) int {
	ends := results()
	if f.failed {
		ends = []string{equality.Failed}
	}
	switch f.family {
	case "sum":
		return 0
	case "everybody":
		return base.sum(byCohort, f.cohorts, f.cohorts, ends).People
	}
	return base.sum(f.family, f.rows, f.cohorts, ends).People
}
