package grant

import (
	"slices"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
)

// check refuses a scheme that breaks its own rules, and fills in the titles of
// the sources. The first thing wrong is the error.
func check(name string, s *Scheme) error {
	c := checker{programme.Checker{File: name, What: what}}
	c.ListSources(s.Sources)
	c.names(s)
	c.dates(s)
	c.milestones(s)
	c.deadlines("deadlines", s.Deadlines)
	c.covered(s)
	c.lists(s)
	c.formula(s)
	for _, r := range s.rules() {
		c.Basis(r.basis, "its "+r.Key)
	}
	return c.Err()
}

type checker struct{ programme.Checker }

func (c *checker) names(s *Scheme) {
	c.Must(programme.IsKey(s.Key), "its key %q is not one. Use small letters, digits and hyphens, like child-and-family-2026-27", s.Key)
	c.Must(programme.IsKey(s.Programme), "its programme %q is not a key. Use small letters, digits and hyphens, like child-and-family", s.Programme)
	c.Must(s.Name != "" && s.Year != "" && s.Funder.Name != "", "it has no name, no year or no name of its funder. Add what people see")
	c.Must(s.Transfer.Completion == FirstEmployer || s.Transfer.Completion == LastEmployer,
		"its transfer pays a completion to %q. Use %s or %s", s.Transfer.Completion, FirstEmployer, LastEmployer)
}

func (c *checker) dates(s *Scheme) {
	w := s.Window
	c.Must(!w.FirstDay.IsZero() && !w.LastDay.Before(w.FirstDay), "its window is from %s to %s. Give a first and a last day, in that order", w.FirstDay, w.LastDay)
	c.Must(!s.Opens.Day.IsZero() && !s.Starts.Day.IsZero(), "it does not say in opens or starts on which day. Give both, like 2026-04-01")
	c.Must(s.Final == nil || w.Period().Contains(s.Final.Day), "the day of its final is outside of its window. Change one of them")
	c.Must(s.Leaving.Days >= 0, "its days of leaving are %d. Give 0 or more", s.Leaving.Days)
	if s.Final != nil {
		m := s.milestone(s.Final.Milestone)
		c.Must(m != nil, "its final pays a milestone %q that is not in its list. Mend the key", s.Final.Milestone)
		c.Must(m == nil || m.On == OnCompletion, "its final pays the milestone %q, which falls on the start and is paid for then. Give one that falls on completion", s.Final.Milestone)
	}
}

func (c *checker) milestones(s *Scheme) {
	seen := map[string]bool{}
	c.Must(len(s.Milestones) > 0, "it has no milestones. List at least one")
	for _, m := range s.Milestones {
		c.Once(seen, "milestones", m.Key)
		c.Must(m.Name != "", "its milestone %q has no name. Add the name that people see", m.Key)
		c.Must(m.On == OnStart || m.On == OnCompletion, "its milestone %q falls on %q. Use %s or %s", m.Key, m.On, OnStart, OnCompletion)
		c.Must(m.Pence == 0 && s.Formula != nil || m.Pence > 0 && m.Pence <= mostPence && s.Formula == nil,
			"its milestone %q needs an amount in pence, or the scheme a formula, and not both", m.Key)
	}
}

func (c *checker) deadlines(list string, all []Deadline) {
	seen := map[string]bool{}
	for i, d := range all {
		c.Once(seen, list, d.Key)
		_, err := d.Closes()
		c.Must(err == nil, "its deadline %q cannot be read: %v. Write at like 2026-03-23 23:59 and zone like Europe/London", d.Key, err)
		c.Must(exists(d), "its deadline %q is at a time that is skipped when the clocks go forward. Choose another", d.Key)
		c.Must(!d.FirstDay.IsZero() && !d.LastDay.Before(d.FirstDay), "its deadline %q is for what falls from %s to %s. Give both days, in that order", d.Key, d.FirstDay, d.LastDay)
		for _, o := range all[:i] {
			c.Must(!d.Covers(o.FirstDay) && !o.Covers(d.FirstDay), "its deadlines %q and %q cover the same day. Change one of them", o.Key, d.Key)
		}
	}
}

// covered refuses a window with a day for which there is no deadline: what falls
// on it could never be claimed (GRA-9).
func (c *checker) covered(s *Scheme) {
	byDay := slices.SortedFunc(slices.Values(s.Deadlines), func(a, b Deadline) int { return a.FirstDay.Compare(b.FirstDay) })
	next := s.Window.FirstDay
	for _, d := range byDay {
		if !d.FirstDay.After(next) {
			next = later(next, d.LastDay.AddDays(1))
		}
	}
	c.Must(next.After(s.Window.LastDay), "no deadline is for %s, which is in its window. Add one, or change the days of another", next)
}

// exists reports whether the clocks of the zone ever show the time.
func exists(d Deadline) bool {
	zone, err := place(d.Zone)
	if err != nil {
		return true // refused already
	}
	at, err := time.ParseInLocation(minuteLayout, d.At, zone)
	return err != nil || !written(d.At) || at.Format(minuteLayout) == d.At
}

func (c *checker) lists(s *Scheme) {
	evidence, conditions := map[string]bool{}, map[string]bool{}
	c.Must(len(s.Deadlines) > 0, "it has no deadlines. List at least one")
	for _, e := range s.Evidence {
		c.Once(evidence, "evidence", e.Key)
		c.Must(e.Key == RegisterCheck && e.Days > 0, "its evidence %q is not one that can be looked for. Use %s, with a number of days", e.Key, RegisterCheck)
	}
	for _, one := range s.Conditions {
		c.Once(conditions, "conditions", one.Key)
		c.Must(one.Name != "", "its condition %q has no name. Add the name that people see", one.Key)
		for _, key := range one.Milestones {
			_, ok := s.Milestone(key)
			c.Must(ok, "its condition %q is for a milestone %q that is not in its list. Mend the key", one.Key, key)
		}
	}
	c.Must(len(s.File.Columns) > 0 && s.File.Sheet != "", "its file has no columns or no name of its sheet. Add them")
	for _, col := range s.File.Columns {
		c.Must(slices.Contains(Values(), col.Value) && col.Title != "", "its file has a column %q that holds %q. Use one of %v", col.Title, col.Value, Values())
	}
}

func (c *checker) formula(s *Scheme) {
	r := s.Formula
	if r == nil {
		return
	}
	c.Must(r.Floor > 0 && r.First > 0 && r.First <= r.Floor, "its formula needs a floor and a first instalment that is not above it")
	c.Must(r.Years > 0, "its formula estimates from %d years. Give a whole number of 1 or more", r.Years)
	c.Must(r.Pot >= 0 && r.Number >= 0 && (r.Pot > 0) == (r.Number > 0), "its formula has a pot of %s for %d NQSWs. Give both, or 0 for both while they are not known", r.Pot, r.Number)
	seen := map[asye.EmployerType]bool{}
	for _, one := range r.Ceilings {
		c.Must(one.Pence >= r.Floor && one.Pence <= mostPence, "its formula has a ceiling of %s below its floor of %s, or beyond all reason. Change one of them", one.Pence, r.Floor)
		for _, kind := range one.Types {
			c.Must(slices.Contains(asye.EmployerTypes(), kind), "its formula has a ceiling for %q, which is not one of %v", kind, asye.EmployerTypes())
			c.Must(!seen[kind], "its formula has two ceilings for %s. Keep one of them", kind)
			seen[kind] = true
		}
	}
	c.deadlines("estimate_deadlines", r.Estimates)
}

// ErrNoScheme is the error for a key that no scheme has.
func ErrNoScheme(key string) error {
	return fault.New(fault.NotFound, "There is no grant scheme %q. Its file may have been taken out of the schemes folder", key)
}
