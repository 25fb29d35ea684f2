package grant

import "example.org/asye/internal/asye"

// event is when a milestone falls, as far as that is known.
type event struct {
	day    asye.Date
	known  bool   // it is certain, though it may lie ahead
	rule   string // the key of the rule that decides the day
	why    string
	refuse string // why it never falls; empty when it may
}

// event tells when a milestone falls under this scheme (GRA-2, GRA-4).
func (s Scheme) event(m Milestone, f Facts, today asye.Date) event {
	if m.On == OnStart {
		return event{day: f.Start, known: true, rule: "milestones." + m.Key, why: "The year starts on " + f.Start.String()}
	}
	if at, ok := s.final(m, f); ok && (f.Ended.IsZero() || at.day.Before(f.Ended)) && !s.endsBefore(at.day, f, today) {
		return at
	}
	return s.completion(m, f, today)
}

// endsBefore reports whether a year that runs will have ended, by its plan,
// before a day.
func (s Scheme) endsBefore(day asye.Date, f Facts, today asye.Date) bool {
	return f.Result == "" && today.Before(day) && !f.Due.IsZero() && !f.Due.After(day)
}

// final is the day on which everybody on the programme is paid for; false where
// that pays nothing for this year.
func (s Scheme) final(m Milestone, f Facts) (event, bool) {
	if s.Final == nil || s.Final.Milestone != m.Key || f.Start.After(s.Window.LastDay) {
		return event{}, false
	}
	day := s.Final.Day
	if f.Start.After(day) {
		day = f.Start
	}
	if !f.on(day) || f.pausedOn(day) && !s.Pausing.Final {
		return event{}, false
	}
	return event{day: day, known: true, rule: "final", why: "Everybody on the programme on " + day.String() + " is paid for"}, true
}

// completion is when a year completes, or is expected to.
func (s Scheme) completion(m Milestone, f Facts, today asye.Date) event {
	switch {
	case f.Result == Passed, f.Result == Failed && s.Failing.Paid:
		return event{day: f.Decided, known: true, rule: "milestones." + m.Key, why: "The year was completed: " + string(f.Result) + " on " + f.Decided.String()}
	case f.Result == Failed:
		return event{rule: "failing", refuse: "The year was failed, and this scheme does not pay for that"}
	case f.Result == Withdrawn:
		return event{rule: "milestones." + m.Key, refuse: "The NQSW withdrew before the year was completed"}
	}
	day := f.Due.AddDays(-1)
	if day.Before(today) {
		return event{day: today, rule: "milestones." + m.Key, why: "The year has run its time, and its outcome has not been decided"}
	}
	return event{day: day, rule: "milestones." + m.Key, why: "The year is expected to end on " + day.String()}
}

// payee is the employer who is paid for what falls on a day (GRA-5).
func (s Scheme) payee(m Milestone, f Facts, day asye.Date) Stay {
	if m.On == OnStart || s.Transfer.Completion == FirstEmployer {
		return f.with(f.Start)
	}
	return f.with(day)
}
