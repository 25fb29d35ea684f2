package question

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/disclosure/cellkey"
)

// Question is what somebody asks of the figures: how many failed, by one or two
// characteristics at once, of those in some groups.
type Question struct {
	Programme string   `json:"programme"`
	Cohorts   []string `json:"cohorts"`
	By        []string `json:"by"`
	Only      []Only   `json:"only"`
}

// Only keeps a question to one group of a characteristic.
type Only struct {
	Key   string `json:"key"`
	Group string `json:"group"`
}

// most is how many characteristics and filters a question has at most.
const most = 2

// Sensible judges a question against the cohorts that there are, and puts it in
// order, so that the same question is always written in the same way.
func Sensible(q Question, have []string) (Question, error) {
	var wrong fault.Problems
	wrong.If(len(q.Cohorts) == 0, "cohorts", "Tick at least one cohort")
	for _, c := range q.Cohorts {
		wrong.If(!slices.Contains(have, c), "cohorts", "The cohort %s has no registrations in this programme", c)
	}
	wrong.If(len(q.By) == 0, "by", "Choose what to count by")
	wrong.If(len(q.By) > most, "by", "Choose at most %d characteristics", most)
	wrong.If(len(q.Only) > most, "only", "Choose at most %d filters", most)
	asked := map[string]bool{}
	once := func(key, field string) {
		k, known := askable(key)
		wrong.If(!known, field, "There is no characteristic %q to ask by", key)
		wrong.If(known && asked[k.Family], field, "%s is asked for already, or follows from what is", k.Name)
		asked[k.Family] = true
	}
	for _, key := range q.By {
		once(key, "by")
	}
	for _, o := range q.Only {
		once(o.Key, "only")
	}
	slices.Sort(q.Cohorts)
	slices.Sort(q.By)
	slices.SortFunc(q.Only, func(a, b Only) int { return strings.Compare(a.Key, b.Key) })
	return q, wrong.Err()
}

// askable finds a characteristic that questions can be asked by: no employer,
// because its numbers would tell on people.
func askable(key string) (publication.Kind, bool) {
	k, known := publication.KindOf(key)
	return k, known && k.Key != publication.EmployerTable && k.Key != publication.CohortTable && k.Key != publication.StandingTable
}

// Askable lists them.
func Askable() []publication.Kind {
	return slices.DeleteFunc(publication.Kinds(), func(k publication.Kind) bool { _, ok := askable(k.Key); return !ok })
}

// Words says a question in one line.
func (q Question) Words() string {
	var by, only []string
	for _, key := range q.By {
		k, _ := publication.KindOf(key)
		by = append(by, strings.ToLower(k.Name))
	}
	for _, o := range q.Only {
		k, _ := publication.KindOf(o.Key)
		only = append(only, k.Name+": "+o.Group)
	}
	text := "Failed, by " + strings.Join(by, " and ") + ", cohorts " + strings.Join(q.Cohorts, ", ")
	if len(only) > 0 {
		text += "; only " + strings.Join(only, "; ")
	}
	return text
}

// base is whom a question is about.
func (q Question) base(m *micro) cell {
	c := m.of(q.Cohorts)
	for _, o := range q.Only {
		k, _ := publication.KindOf(o.Key)
		c = m.narrow(c, k, o.Group)
	}
	return c
}

// line is one row of an answer, before noise.
type line struct {
	name string
	sort publication.Sort
	cell cell
}

// lines are the rows of an answer: each combination, and all.
func (q Question) lines(m *micro) []line {
	base := q.base(m)
	out := []line{{"", publication.Group, base}}
	for _, key := range q.By {
		k, _ := publication.KindOf(key)
		var next []line
		for _, l := range out {
			for _, row := range m.rows(base, k) {
				next = append(next, line{strings.TrimPrefix(l.name+", "+row, ", "), publication.Group, m.narrow(l.cell, k, row)})
			}
		}
		out = next
	}
	for i, l := range out {
		if strings.Contains(l.name, publication.NotKnown) {
			out[i].sort = publication.Unknown
		}
	}
	return append(out, line{publication.All, publication.Whole, base})
}

// groups are those of which a question would tell how many failed.
func (q Question) groups(m *micro) []cell {
	var out []cell
	for _, l := range q.lines(m) {
		out = append(out, l.cell)
	}
	return out
}

// guarded refuses a question of which a group, less one that was told before,
// would be a few people (PUB-11): subtracting what is told of both would be about
// how those few ended.
func guarded(m *micro, q Question, past []publication.Content, before []Question) error {
	g := newGuard(m)
	for _, c := range past {
		g.tell(groupsOf(c, m)...)
	}
	for _, one := range before {
		g.tell(one.groups(m)...)
	}
	asked := q.groups(m)
	g.tell(asked...)
	if large, little, found := g.few(asked); found {
		return fault.New(fault.Invalid, "%s and %s differ by fewer than %d people, so that both answers together would tell how the years of those few ended. Ask by fewer characteristics, without a filter, or of more cohorts",
			m.say(large), m.say(little), publication.Threshold)
	}
	return nil
}

// groupsOf are those of which a release tells how many failed.
func groupsOf(c publication.Content, m *micro) []cell {
	base := m.of(c.Cohorts)
	var out []cell
	for _, t := range c.Tables {
		k, _ := publication.KindOf(t.Key)
		for _, r := range t.Rows {
			one := base
			if r.Sort != publication.Whole {
				one = m.narrow(base, k, r.Key)
			}
			if r.Total.Mark == publication.Shown || r.Failed.Mark == publication.Shown {
				out = append(out, one)
			}
		}
	}
	return out
}

// say names a cell without telling how many it has.
func (m *micro) say(c cell) string {
	var out []string
	for _, family := range slices.Sorted(maps.Keys(m.leaves)) {
		set, ok := c[family]
		if !ok || len(set) == len(m.leaves[family]) {
			continue
		}
		names := map[string]bool{}
		var list []string
		for _, n := range set {
			parts := strings.Split(m.leaves[family][n], "|")
			if name := parts[min(1, len(parts)-1)]; !names[name] {
				names[name] = true
				list = append(list, name)
			}
		}
		out = append(out, strings.Join(list, " or "))
	}
	if len(out) == 0 {
		return "“everybody”"
	}
	return "“" + strings.Join(out, ", ") + "”"
}

// answer gives an answer, with noise.
func (q Question) answer(m *micro) publication.Content {
	noise := cellkey.Standard()
	var names []string
	for _, key := range q.By {
		k, _ := publication.KindOf(key)
		names = append(names, k.Name)
	}
	t := publication.Table{Key: "answer", Name: names[0]}
	for _, name := range names[1:] {
		t.Name += " and " + strings.ToLower(name[:1]) + name[1:]
	}
	for _, l := range q.lines(m) {
		failed, all := m.count(m.failed(l.cell)), m.count(l.cell)
		row := publication.Row{Key: l.name, Name: l.name, Sort: l.sort, Failed: publication.Figure{N: noise.Perturb(failed.People, uint8(failed.Keys))},
			Total: publication.Figure{N: noise.Perturb(all.People, uint8(all.Keys))}}
		switch {
		case all.People == 0 && l.sort != publication.Whole:
			continue
		case all.People < publication.Threshold:
			row.Failed = publication.Figure{Mark: publication.Confidential}
		}
		t.Rows = append(t.Rows, row)
	}
	return publication.Content{Title: q.Words(), Programme: q.Programme, Cohorts: q.Cohorts, Method: disclosure.CellKey, Tables: []publication.Table{t}}
}

// Budget is how many different questions one person may ask in a year.
const Budget = 100

// spends tells whether a question fits the budget of somebody who has asked
// others; the same again costs nothing, because it brings nothing new.
func spends(asked []string, key string) error {
	different := slices.Compact(slices.Sorted(slices.Values(asked)))
	if slices.Contains(different, key) || len(different) < Budget {
		return nil
	}
	return fault.Problems{{Field: "by", Text: fmt.Sprintf("You have asked %d different questions in the last year, which is as many as one person may. Look at those in the log, or prepare a release", Budget)}}.Err()
}
