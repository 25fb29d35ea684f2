package programme

import (
	"example.org/asye/internal/asye"
)

// Facts are what the dates of one person's year follow from. The order of the
// slices makes no difference.
type Facts struct {
	Start      asye.Date
	Patterns   []Pattern // none means full time
	Pauses     []Pause
	Extensions []Extension
	Today      asye.Date // as far as an open pause is known to have lasted
}

// Pattern is the weekly hours that a person works from a day on. Before the
// first pattern they are taken to work full time.
type Pattern struct {
	From     asye.Date
	Hours    int // a week, in hundredths of an hour: 22.2 hours is 2220
	FullTime int // a full-time week for the same post, in hundredths of an hour
}

// Pause is a stretch in which nothing is earned. Its End is the day of return,
// and zero while they have not come back.
type Pause struct {
	Period asye.Period
	Reason string // the label, as in Choice.Label
}

// Extension is time added after the year has been worked: calendar months,
// then days.
type Extension struct {
	Months int
	Days   int
	Reason string // the label
}

// Schedule is the dates of one person's year, with their working.
type Schedule struct {
	End         asye.Date // the first day after the year
	LastDay     asye.Date // the last day within it
	Provisional bool      // a pause is still open: these dates are the earliest
	Milestones  []Due
	Working     []Step
	Warnings    []string // whole sentences; nothing is refused
	Deferrals   int      // how many pauses fall within the year
}

// Due is when a milestone falls.
type Due struct {
	Key         string
	Name        string
	Months      int
	On          asye.Date // the first day after so many months have been worked
	By          asye.Date // the last day of those months
	Optional    bool
	Provisional bool // a pause that is still open comes before it
}

// Step is one line of the working. The steps' days, added to the start, give
// the end.
type Step struct {
	Text string
	Days int       // how far this step moves the end; negative when sooner
	Last asye.Date // the last day of the year, as far as this step knows
}

// Schedule derives the dates of a year. It needs as many full-time days as
// there are between the start and the same day so many months later; a paused
// day earns nothing, and any other its share of full time. Extensions follow
// what is earned (PRG-10 to PRG-18). Without a start date there are no dates.
func (v Version) Schedule(f Facts) Schedule {
	if f.Start.IsZero() {
		return Schedule{Warnings: []string{"There are no dates yet, because the start date is not known."}}
	}
	t := timelineOf(f, v.PartTime.ProRata)
	earned := t.reach(f.Start.DaysUntil(f.Start.AddMonths(v.Length.Months)))
	more := t.total(f.Extensions)
	end := t.extend(earned, f.Start.AddMonths(v.Length.Months), more)

	s := Schedule{End: end, LastDay: end.AddDays(-1), Provisional: t.provisional(end)}
	s.Milestones = v.due(t, end)
	s.Working = working{line: t, months: v.Length.Months}.steps(earned, end, more)
	for _, p := range t.stops {
		if p.period.Start.Before(end) {
			s.Deferrals++
		}
	}
	s.Warnings = append(t.warnings, v.tooLong(f.Start, s)...)
	return s
}

// due gives each milestone its day. One at the full length falls at the end of
// the year, extensions and all.
func (v Version) due(t timeline, end asye.Date) []Due {
	all := make([]Due, len(v.Milestones))
	for i, m := range v.Milestones {
		on := end
		if m.Months < v.Length.Months {
			on = t.reach(t.start.DaysUntil(t.start.AddMonths(m.Months)))
		}
		all[i] = Due{m.Key, m.Name, m.Months, on, on.AddDays(-1), m.Optional, t.provisional(on)}
	}
	return all
}

func (t timeline) provisional(on asye.Date) bool {
	return !t.openFrom.IsZero() && t.openFrom.Before(on)
}

// total adds up the extensions, so that their order makes no difference.
func (t *timeline) total(all []Extension) Extension {
	var sum Extension
	for _, e := range all {
		if e.Months < 0 || e.Days < 0 {
			t.warn("An extension of less than nothing has been left out. Check its months and days.")
			continue
		}
		sum.Months += e.Months
		sum.Days += e.Days
	}
	sum.Reason = reasons(all)
	return sum
}

// leapOfMonths is more than the lengths of the same number of calendar months
// can differ by, counted from two different days.
const leapOfMonths = 5

// extend adds an extension to a year that has been earned; whole is where the
// year would have ended at full time without a pause.
//
// Months differ in length. Where a pause lies beside the end, one more day of
// pause could carry the end into a shorter month and bring it forward. So the
// end is never sooner than if the year had been earned some days earlier.
func (t timeline) extend(earned, whole asye.Date, more Extension) asye.Date {
	if more.Months == 0 && more.Days == 0 {
		return earned
	}
	end := t.extended(earned, more)
	if len(t.stops) == 0 || t.stops[len(t.stops)-1].period.End.Before(earned.AddDays(-leapOfMonths)) {
		return end
	}
	worked := 0
	for day := earned.AddDays(-1); worked < leapOfMonths && !day.Before(whole); day = day.AddDays(-1) {
		end = later(end, t.extended(day, more))
		if !t.pausedOn(day) {
			worked++
		}
	}
	return end
}

func (t timeline) extended(from asye.Date, more Extension) asye.Date {
	return t.after(from, from.DaysUntil(from.AddMonths(more.Months).AddDays(more.Days)))
}
