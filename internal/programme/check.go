package programme

import (
	"fmt"
	"slices"
)

// check refuses a version that breaks its own rules, and fills in the titles of
// the sources. The first thing wrong is the error.
func check(name string, v *Version) error {
	c := checker{Checker{File: name, What: what}}
	c.names(v)
	c.ListSources(v.Sources)
	c.dates(v)
	c.milestones(v)
	c.standards(v)
	c.questions(v)
	c.choices(v)
	return c.Err()
}

type checker struct{ Checker }

func (c *checker) names(v *Version) {
	c.Must(IsKey(v.Programme), "its programme %q is not a key. Use small letters, digits and hyphens, like child-and-family", v.Programme)
	c.Must(IsKey(v.Version), "its version %q is not a key. Use small letters, digits and hyphens, like 2026", v.Version)
	c.Must(v.Name != "", "it has no name. Add the name that people see")
}

func (c *checker) dates(v *Version) {
	w := v.Window
	c.Must(!w.FirstDay.IsZero(), "its window has no first_day. Give the first start date that it covers, like 2026-04-01")
	c.Must(w.LastDay.IsZero() || !w.LastDay.Before(w.FirstDay), "its window ends on %s, before it begins on %s. Change one of them", w.LastDay, w.FirstDay)
	c.Basis(&v.Window.Basis, "its window")
	c.Must(v.Length.Months >= 1 && v.Length.Months <= 60, "its length is %d months. Give a whole number from 1 to 60", v.Length.Months)
	c.Basis(&v.Length.Basis, "its length")
	c.Basis(&v.PartTime.Basis, "its part_time rule")
	if v.Longest != nil {
		c.Must(v.Longest.Months >= v.Length.Months, "its longest time is %d months, less than its length of %d. Change one of them", v.Longest.Months, v.Length.Months)
		c.Basis(&v.Longest.Basis, "its longest time")
	}
}

func (c *checker) milestones(v *Version) {
	seen, before := map[string]bool{}, 0
	for i := range v.Milestones {
		m := &v.Milestones[i]
		c.Once(seen, "milestones", m.Key)
		c.Must(m.Name != "", "its milestone %q has no name. Add the name that people see", m.Key)
		c.Must(m.Months > before, "its milestone %q falls at %d months, and the one ahead of it at %d. List them from the earliest to the latest", m.Key, m.Months, before)
		c.Must(m.Months <= v.Length.Months, "its milestone %q falls at %d months, after the end at %d. Bring it forward, or lengthen the programme", m.Key, m.Months, v.Length.Months)
		c.Basis(&m.Basis, "its milestone "+m.Key)
		before = m.Months
	}
}

func (c *checker) standards(v *Version) {
	seen, statements := map[string]bool{}, map[string]bool{}
	for i := range v.Standards {
		s := &v.Standards[i]
		c.Once(seen, "standards", s.Key)
		c.Must(s.Title != "", "its standard %q has no title. Add one", s.Key)
		c.Must(s.LastDay.IsZero() || !s.LastDay.Before(s.FirstDay), "its standard %q ends on %s, before it begins on %s. Change one of them", s.Key, s.LastDay, s.FirstDay)
		c.Basis(&s.Basis, "its standard "+s.Key)
		for j := range s.Statements {
			one := &s.Statements[j]
			c.Once(statements, "standards' statements", one.Key)
			c.Must(one.Title != "", "its statement %q has no title. Add one", one.Key)
			c.Basis(&one.Basis, "its statement "+one.Key)
		}
	}
}

// askable are the questions that can be answered, and how.
var askable = map[string]Kind{
	AskRegistered: YesNo, AskQualified: OnDay, AskCurrent: YesNo, AskSector: YesNo, AskAgency: YesNo, AskFunded: YesNo,
}

func (c *checker) questions(v *Version) {
	seen, raised := map[string]bool{}, map[string]bool{}
	for i := range v.Eligibility {
		q := &v.Eligibility[i]
		c.Once(seen, "eligibility questions", q.Key)
		kind, known := askable[q.Key]
		c.Must(known, "%q is not an eligibility question that can be asked. Use one of %s", q.Key, askableKeys())
		c.Must(q.Text != "", "its question %q has no text. Write the question", q.Key)
		c.Must(q.Kind == kind, "its question %q is of the kind %q and must be %q", q.Key, q.Kind, kind)
		c.Must(!q.OnlyIfAsked || raised[q.Key], "its question %q is only_if_asked, and no limit ahead of it asks it", q.Key)
		c.Basis(&q.Basis, "its question "+q.Key)
		c.answers(*q, raised)
	}
	for key := range raised {
		c.Must(seen[key], "a limit asks the question %q, which is not in its list. Add the question", key)
	}
}

func askableKeys() string {
	var keys []string
	for key := range askable {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return fmt.Sprint(keys)
}

func (c *checker) answers(q Question, raised map[string]bool) {
	if q.Kind == OnDay {
		c.Must(q.Yes == nil && q.No == nil, "its question %q asks for a date and says what yes or no leads to. Use limits", q.Key)
		c.limits(q, raised)
		return
	}
	c.Must(len(q.Limits) == 0, "its question %q is answered by yes or no and has limits. Use yes and no", q.Key)
	c.Must(q.Yes != nil && q.No != nil, "its question %q does not say what both yes and no lead to. Add the one that is missing", q.Key)
	for _, r := range []*Result{q.Yes, q.No} {
		if r != nil {
			c.result(q.Key, *r)
		}
	}
}

func (c *checker) limits(q Question, raised map[string]bool) {
	before := 0
	for i, l := range q.Limits {
		if i < len(q.Limits)-1 {
			c.Must(l.Months > before, "the limits of its question %q do not grow. List within_months from the shortest to the longest", q.Key)
			before = l.Months
		}
		c.result(q.Key, l.Result)
		if l.Asks != "" {
			raised[l.Asks] = true
		}
	}
	c.Must(len(q.Limits) > 0 && q.Limits[len(q.Limits)-1].Months == 0,
		"the last limit of its question %q has within_months. Add a limit without it, for everybody who is left", q.Key)
}

func (c *checker) result(key string, r Result) {
	c.Must(slices.Contains([]Leads{OK, Unfunded, Blocked}, r.Leads), "an answer to its question %q leads to %q. Use ok, unfunded or blocked", key, r.Leads)
	c.Must(r.Leads == OK || r.Text != "", "an answer to its question %q leads to %s without a reason. Write what the person is told", key, r.Leads)
}

func (c *checker) choices(v *Version) {
	c.list("pause reasons", v.Pauses.Reasons)
	c.list("extension reasons", v.Extensions)
	c.list("withdrawal reasons", v.Withdrawals)
	seen := map[string]bool{}
	for i := range v.Pauses.NotReasons {
		n := &v.Pauses.NotReasons[i]
		c.Once(seen, "not_reasons", n.Key)
		_, both := v.Pauses.Reasons.Find(n.Key)
		c.Must(!both, "%q is among its reasons for pausing and among its not_reasons. Keep one of the two", n.Key)
		c.Must(n.Label != "" && n.Text != "", "its not_reason %q needs both a label and a text. Add the one that is missing", n.Key)
		c.Basis(&n.Basis, "its not_reason "+n.Key)
	}
}

func (c *checker) list(what string, all Choices) {
	c.Must(len(all) > 0, "it has no %s. List at least one", what)
	seen := map[string]bool{}
	for i := range all {
		c.Once(seen, what, all[i].Key)
		c.Must(all[i].Label != "", "%q among its %s has no label. Add the words that people see", all[i].Key, what)
		c.Basis(&all[i].Basis, "the "+what[:len(what)-1]+" "+all[i].Key)
	}
}
