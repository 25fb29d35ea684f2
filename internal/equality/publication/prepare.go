package publication

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/disclosure/cellkey"
	"example.org/asye/internal/stat/disclosure/lattice"
)

// furthest is how far noise moves a count at most.
const furthest = 3

// Prepare makes a release, hides what has to be hidden, and audits it together
// with everything released before (PUB-2). What cannot be proven safe is
// refused, in sentences beside the cohorts or the tables.
func (b *Book) Prepare(p Plan) (Content, Review, error) {
	c := Content{Title: p.Title, Programme: p.Programme, Cohorts: Texts(p.Cohorts), Period: p.Period, Method: p.Method}
	if err := b.check(c.Cohorts); err != nil {
		return c, Review{}, err
	}
	var review Review
	tables := map[string]Table{}
	for _, family := range b.inUse(p.Tables) {
		s := b.newSystem(family, kindsOf(family, p.Tables), c.Cohorts)
		made, err := s.make(c.policy())
		if err != nil {
			return c, review, err
		}
		review.Families = append(review.Families, made.reviewed)
		for _, t := range made.tables {
			tables[t.Key] = t
		}
	}
	c.Standing = tables[StandingTable]
	for _, key := range p.Tables {
		c.Tables = append(c.Tables, tables[key])
	}
	return c, review, review.refusal()
}

// inUse are the Families of the tables that are asked for, and of those that
// were ever published: what is told now bears on them too.
func (b *Book) inUse(tables []string) []string {
	out := []string{bySitting}
	for _, key := range tables {
		k, _ := KindOf(key)
		out = append(out, k.Family)
	}
	for family := range Families {
		if len(b.views(family)) > 0 {
			out = append(out, family)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func kindsOf(family string, tables []string) []Kind {
	if family == bySitting {
		k, _ := KindOf(StandingTable)
		return []Kind{k}
	}
	var out []Kind
	for _, key := range tables {
		if k, _ := KindOf(key); k.Family == family {
			out = append(out, k)
		}
	}
	return out
}

// made is what came of a family.
type made struct {
	tables   []Table
	reviewed Reviewed
}

// make sets the questions of a family among everything told of it, and answers
// them.
func (s *system) make(p disclosure.Policy) (made, error) {
	p, err := s.agreed(p)
	if err != nil {
		return made{}, err
	}
	people, keys := s.counts()
	t, err := s.ledger().Table(people, s.question())
	if err != nil {
		return made{}, err
	}
	s.show(t)
	t = t.KeepWhole()
	r, report, err := s.protect(t, keys, p)
	if err != nil {
		return made{}, s.worksOut()
	}
	out := made{reviewed: Reviewed{Family: s.family, Told: len(s.asked) > 0, Cells: t.Lattice.Cells(), Report: report}}
	for _, k := range s.asked {
		out.tables = append(out.tables, s.table(k, t, r, p))
	}
	out.reviewed.Hidden = s.hidden(t, r, out.tables)
	if p.Method == disclosure.CellKey {
		out.reviewed.Pairs = s.pairs(t)
	}
	return out, nil
}

// agreed is the policy of a family: the one with which it was published before.
// With two methods, the one would tell what the other hides.
func (s *system) agreed(p disclosure.Policy) (disclosure.Policy, error) {
	for _, v := range s.book.views(s.family) {
		before := v.content.policy()
		if len(s.asked) > 0 && before.Method != p.Method {
			return p, fault.Problems{{Field: "method", Text: fmt.Sprintf("%s was released with the method %s in “%s”, and with another it would tell what that hides: choose %s",
				v.table.Name, before.Method, v.content.Title, before.Method)}}.Err()
		}
		p = before
	}
	return p, nil
}

// question is what the tables of a family ask, and what could be found by
// subtracting.
func (s *system) question() disclosure.Asked {
	var leaves []lattice.Group
	for _, set := range append(s.rowSets(), s.besides()...) {
		leaves = append(leaves, lattice.Group{Name: s.label(s.leaves.members(set)), Leaves: set})
	}
	out := disclosure.Asked{leaves}
	for _, a := range s.axes()[1:] {
		switch a.name {
		case column:
			out = append(out, []lattice.Group{a.group(equality.Failed, []string{equality.Failed}), a.group(All, results())})
		default:
			var groups []lattice.Group
			for _, set := range s.cohortSets() {
				groups = append(groups, lattice.Group{Name: strings.Join(a.members(set), " or "), Leaves: set})
			}
			out = append(out, groups)
		}
	}
	return out
}

// show marks what the tables show: their rows, and nothing that was only put in
// to be protected.
func (s *system) show(t disclosure.Table) {
	clear(t.Shown)
	ends := [][]string{{equality.Failed}, results()}
	if s.family == bySitting {
		ends = [][]string{{""}}
	}
	all := s.everybody(s.now)
	for _, k := range s.asked {
		rows := rowsOf(k, all)
		rows[All] = all
		for _, members := range rows {
			for _, end := range ends {
				t.Shown[s.cell(t, members, end)] = true
			}
		}
	}
}

// protect does what the method does.
func (s *system) protect(t disclosure.Table, keys []int, p disclosure.Policy) (disclosure.Release, disclosure.Report, error) {
	if p.Method == disclosure.CellKey {
		r, err := disclosure.Perturb(t, keys, cellkey.Standard())
		return r, disclosure.Report{Safe: true}, err
	}
	r, err := disclosure.Suppress(t, p)
	if err != nil {
		return r, disclosure.Report{}, err
	}
	report, err := r.Audit(t)
	return r, report, err
}

// table reads the figures of a table out of a release.
func (s *system) table(k Kind, t disclosure.Table, r disclosure.Release, p disclosure.Policy) Table {
	out := Table{Key: k.Key, Name: k.Name, Source: k.Source}
	all := s.everybody(s.now)
	rows := rowsOf(k, all)
	for _, key := range sortedRows(k, rows) {
		if s.nobody(rows[key]) {
			continue
		}
		row := Row{Key: key, Name: s.book.name(k, key), Sort: Group}
		if key == NotKnown {
			row.Sort = Unknown
		}
		out.Rows = append(out.Rows, s.fill(row, rows[key], t, r))
	}
	out.Rows = append(out.Rows, s.fill(Row{Key: All, Name: All, Sort: Whole}, all, t, r))
	if p.Method == disclosure.CellKey {
		s.quiet(out.Rows, rows, all)
	}
	return out
}

// nobody tells whether a row has nobody of the cohorts that are counted. It is
// there because other cohorts have, of which it must not tell.
func (s *system) nobody(leaves []string) bool {
	return s.family != byCohort && s.family != bySitting && s.book.Base.sum(s.family, leaves, s.now, results()).People == 0
}

// name is what a row is called on a page.
func (b *Book) name(k Kind, key string) string {
	switch {
	case k.Key == EmployerTable && b.Names[key] != "":
		return b.Names[key]
	case k.Key == "deferrals" && key == "0":
		return "No deferrals"
	case k.Key == "deferrals" && key == "1":
		return "1 deferral"
	case k.Key == "deferrals" && key != NotKnown:
		return key + " deferrals"
	}
	return key
}

func sortedRows(k Kind, rows map[string][]string) []string {
	var out []string
	for key := range rows {
		out = append(out, key)
	}
	if k.Key == StandingTable {
		k.rows = []string{Decided, Withdrawn, Open}
	}
	slices.SortFunc(out, k.Order)
	return out
}

// fill gives a row its figures.
func (s *system) fill(row Row, members []string, t disclosure.Table, r disclosure.Release) Row {
	if s.family == bySitting {
		row.Total = figureOf(r.Figures[s.cell(t, members, []string{""})], r.Policy)
		return row
	}
	row.Failed = figureOf(r.Figures[s.cell(t, members, []string{equality.Failed})], r.Policy)
	row.Total = figureOf(r.Figures[s.cell(t, members, results())], r.Policy)
	return row
}

// quiet withholds how the years of a small group ended where noise is the only
// protection: it leaves none at none.
func (s *system) quiet(rows []Row, members map[string][]string, all []string) {
	if s.family == bySitting {
		return
	}
	for i, r := range rows {
		leaves := members[r.Key]
		if r.Sort == Whole {
			leaves = all
		}
		if n := s.book.Base.sum(s.family, leaves, s.counting(s.now), results()).People; n > 0 && n < Threshold {
			rows[i].Failed = Figure{Mark: Confidential}
		}
	}
}

// cell is the number of a cell of the table in the lattice.
func (s *system) cell(t disclosure.Table, leaves, ends []string) int {
	cell := 0
	for d, g := range s.groupsOf("", leaves, s.now, ends) {
		cell = t.Lattice.Along(cell, d, coordinate(t.Lattice.Dims[d], g.Leaves))
	}
	return cell
}

func coordinate(d lattice.Dim, set []int) int {
	if len(set) == 1 {
		return set[0]
	}
	return len(d.Leaves) + slices.IndexFunc(d.Groups, func(g lattice.Group) bool { return slices.Equal(g.Leaves, set) })
}
