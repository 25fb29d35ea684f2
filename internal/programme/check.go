package programme

import (
	"fmt"
	"regexp"
	"slices"
)

var keyForm = regexp.MustCompile(`^[a-z0-9]+([-_][a-z0-9]+)*$`)

// check refuses a version that breaks its own rules, and fills in the titles of
// the sources. The first thing wrong is the error.
func check(name string, v *Version) error {
	c := checker{file: name, sources: map[string]SourceNote{}}
	c.names(v)
	c.listSources(v.Sources)
	c.dates(v)
	c.milestones(v)
	c.standards(v)
	c.questions(v)
	c.choices(v)
	return c.err
}

type checker struct {
	file    string
	sources map[string]SourceNote
	err     error
}

// must refuses the file unless ok; the reason is the rest of a sentence.
func (c *checker) must(ok bool, reason string, args ...any) {
	if !ok && c.err == nil {
		c.err = refuse(c.file, reason, args...)
	}
}

// once refuses a key that is badly written or already in the list.
func (c *checker) once(seen map[string]bool, list, key string) {
	c.must(keyForm.MatchString(key), "the key %q in its %s is not one. Use small letters, digits and hyphens, like final-review", key, list)
	c.must(!seen[key], "the key %q stands twice in its %s. Give each its own key", key, list)
	seen[key] = true
}

// basis refuses a rule that names no source, and fills in the title of one
// that does.
func (c *checker) basis(b *Basis, what string) {
	if b.Assumed {
		c.must(b.Source == "", "%s has a source and is also assumed. Keep one of the two", what)
		c.must(b.Note != "", "%s is assumed and does not say why. Add a note", what)
		return
	}
	c.must(b.Source != "", `%s has no source. Name one of its sources, or write "assumed": true with a note`, what)
	s, ok := c.sources[b.Source]
	c.must(ok, "%s names a source %q that is not in its list of sources. Add the source, or mend the tag", what, b.Source)
	b.Title, b.Address = s.Title, s.Address
}

func (c *checker) names(v *Version) {
	c.must(keyForm.MatchString(v.Programme), "its programme %q is not a key. Use small letters, digits and hyphens, like child-and-family", v.Programme)
	c.must(keyForm.MatchString(v.Version), "its version %q is not a key. Use small letters, digits and hyphens, like 2026", v.Version)
	c.must(v.Name != "", "it has no name. Add the name that people see")
}

func (c *checker) listSources(all []SourceNote) {
	seen := map[string]bool{}
	for _, s := range all {
		c.once(seen, "sources", s.Tag)
		c.must(s.Title != "", "its source %q has no title. Add one that a reader can look for", s.Tag)
		c.sources[s.Tag] = s
	}
}

func (c *checker) dates(v *Version) {
	w := v.Window
	c.must(!w.FirstDay.IsZero(), "its window has no first_day. Give the first start date that it covers, like 2026-04-01")
	c.must(w.LastDay.IsZero() || !w.LastDay.Before(w.FirstDay), "its window ends on %s, before it begins on %s. Change one of them", w.LastDay, w.FirstDay)
	c.basis(&v.Window.Basis, "its window")
	c.must(v.Length.Months >= 1 && v.Length.Months <= 60, "its length is %d months. Give a whole number from 1 to 60", v.Length.Months)
	c.basis(&v.Length.Basis, "its length")
	c.basis(&v.PartTime.Basis, "its part_time rule")
	if v.Longest != nil {
		c.must(v.Longest.Months >= v.Length.Months, "its longest time is %d months, less than its length of %d. Change one of them", v.Longest.Months, v.Length.Months)
		c.basis(&v.Longest.Basis, "its longest time")
	}
}

func (c *checker) milestones(v *Version) {
	seen, before := map[string]bool{}, 0
	for i := range v.Milestones {
		m := &v.Milestones[i]
		c.once(seen, "milestones", m.Key)
		c.must(m.Name != "", "its milestone %q has no name. Add the name that people see", m.Key)
		c.must(m.Months > before, "its milestone %q falls at %d months, and the one ahead of it at %d. List them from the earliest to the latest", m.Key, m.Months, before)
		c.must(m.Months <= v.Length.Months, "its milestone %q falls at %d months, after the end at %d. Bring it forward, or lengthen the programme", m.Key, m.Months, v.Length.Months)
		c.basis(&m.Basis, "its milestone "+m.Key)
		before = m.Months
	}
}

func (c *checker) standards(v *Version) {
	seen, statements := map[string]bool{}, map[string]bool{}
	for i := range v.Standards {
		s := &v.Standards[i]
		c.once(seen, "standards", s.Key)
		c.must(s.Title != "", "its standard %q has no title. Add one", s.Key)
		c.must(s.LastDay.IsZero() || !s.LastDay.Before(s.FirstDay), "its standard %q ends on %s, before it begins on %s. Change one of them", s.Key, s.LastDay, s.FirstDay)
		c.basis(&s.Basis, "its standard "+s.Key)
		for j := range s.Statements {
			one := &s.Statements[j]
			c.once(statements, "standards' statements", one.Key)
			c.must(one.Title != "", "its statement %q has no title. Add one", one.Key)
			c.basis(&one.Basis, "its statement "+one.Key)
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
		c.once(seen, "eligibility questions", q.Key)
		kind, known := askable[q.Key]
		c.must(known, "%q is not an eligibility question that can be asked. Use one of %s", q.Key, askableKeys())
		c.must(q.Text != "", "its question %q has no text. Write the question", q.Key)
		c.must(q.Kind == kind, "its question %q is of the kind %q and must be %q", q.Key, q.Kind, kind)
		c.must(!q.OnlyIfAsked || raised[q.Key], "its question %q is only_if_asked, and no limit ahead of it asks it", q.Key)
		c.basis(&q.Basis, "its question "+q.Key)
		c.answers(*q, raised)
	}
	for key := range raised {
		c.must(seen[key], "a limit asks the question %q, which is not in its list. Add the question", key)
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
		c.must(q.Yes == nil && q.No == nil, "its question %q asks for a date and says what yes or no leads to. Use limits", q.Key)
		c.limits(q, raised)
		return
	}
	c.must(len(q.Limits) == 0, "its question %q is answered by yes or no and has limits. Use yes and no", q.Key)
	c.must(q.Yes != nil && q.No != nil, "its question %q does not say what both yes and no lead to. Add the one that is missing", q.Key)
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
			c.must(l.Months > before, "the limits of its question %q do not grow. List within_months from the shortest to the longest", q.Key)
			before = l.Months
		}
		c.result(q.Key, l.Result)
		if l.Asks != "" {
			raised[l.Asks] = true
		}
	}
	c.must(len(q.Limits) > 0 && q.Limits[len(q.Limits)-1].Months == 0,
		"the last limit of its question %q has within_months. Add a limit without it, for everybody who is left", q.Key)
}

func (c *checker) result(key string, r Result) {
	c.must(slices.Contains([]Leads{OK, Unfunded, Blocked}, r.Leads), "an answer to its question %q leads to %q. Use ok, unfunded or blocked", key, r.Leads)
	c.must(r.Leads == OK || r.Text != "", "an answer to its question %q leads to %s without a reason. Write what the person is told", key, r.Leads)
}

func (c *checker) choices(v *Version) {
	c.list("pause reasons", v.Pauses.Reasons)
	c.list("extension reasons", v.Extensions)
	c.list("withdrawal reasons", v.Withdrawals)
	seen := map[string]bool{}
	for i := range v.Pauses.NotReasons {
		n := &v.Pauses.NotReasons[i]
		c.once(seen, "not_reasons", n.Key)
		_, both := v.Pauses.Reasons.Find(n.Key)
		c.must(!both, "%q is among its reasons for pausing and among its not_reasons. Keep one of the two", n.Key)
		c.must(n.Label != "" && n.Text != "", "its not_reason %q needs both a label and a text. Add the one that is missing", n.Key)
		c.basis(&n.Basis, "its not_reason "+n.Key)
	}
}

func (c *checker) list(what string, all Choices) {
	c.must(len(all) > 0, "it has no %s. List at least one", what)
	seen := map[string]bool{}
	for i := range all {
		c.once(seen, what, all[i].Key)
		c.must(all[i].Label != "", "%q among its %s has no label. Add the words that people see", all[i].Key, what)
		c.basis(&all[i].Basis, "the "+what[:len(what)-1]+" "+all[i].Key)
	}
}
