package grant

import "example.org/asye/internal/asye"

// event is when a milestone falls, as far as that is known.
type event struct {
	day   asye.Date // of one that never falls, a day that tells whose rules say so
	known bool      // it is certain as the facts are, though it may lie ahead
	never bool
	why   []Reason
}

// because adds a reason.
func (at event) because(rule, why string) event {
	at.why = append(at.why, Reason{rule, why})
	return at
}

// event tells when a milestone falls under this scheme (GRA-2, GRA-4).
func (s *Scheme) event(m *Milestone, f *Facts, today asye.Date) event {
	rule := "milestones." + m.Key
	if f.neverBegan() {
		return event{day: f.Start, never: true}.because(rule, "The NQSW withdrew before the year began")
	}
	if m.On == OnStart {
		return event{day: f.Start, known: true}.because(rule, "The year starts on "+f.Start.String())
	}
	day, ok := s.final(m, f)
	if !ok || f.endsBefore(day, today) {
		return s.completion(rule, f, today)
	}
	at := event{day: day, known: true}
	if f.overdue(today) && today.Before(day) { // until then it waits for its outcome
		at.why = s.completion(rule, f, today).why
	}
	return at.because("final", "Everybody on the programme on "+day.String()+" is paid for")
}

// final is the day on which everybody on the programme is paid for; false where
// that pays nothing for this year.
func (s *Scheme) final(m *Milestone, f *Facts) (asye.Date, bool) {
	if s.Final == nil || s.Final.Milestone != m.Key || f.Start.After(s.Window.LastDay) {
		return asye.Date{}, false
	}
	day := later(s.Final.Day, f.Start)
	return day, f.on(day) && (s.Pausing.Final || !f.pausedOn(day))
}

// completion is when a year completes, or is expected to.
func (s *Scheme) completion(rule string, f *Facts, today asye.Date) event {
	switch {
	case f.Result == Passed:
		return event{day: f.Decided, known: true}.because(rule, "The year was passed on "+f.Decided.String())
	case f.Result == Failed && s.Failing.Paid:
		return event{day: f.Decided, known: true}.because("failing", "The year was failed on "+f.Decided.String()+", which is paid for like a pass")
	case f.Result == Failed:
		return event{day: f.Decided, never: true}.because("failing", "The year was failed on "+f.Decided.String()+", and this scheme does not pay for that")
	case f.Result == Withdrawn:
		return event{day: f.Decided, never: true}.because(rule, "The NQSW withdrew on "+f.Decided.String()+", before the year was completed")
	}
	return event{day: f.soonest(today)}.because(rule, f.waits(today))
}
