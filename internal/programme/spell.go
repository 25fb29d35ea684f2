package programme

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"example.org/asye/internal/asye"
)

// spell is a stretch of days in which nothing changes: either paused, or worked
// at one share of full time. The last one is open.
type spell struct {
	period  asye.Period
	pause   *stop    // nil while working
	pattern *Pattern // nil at full time with no pattern recorded
	share   share
}

// stop is a pause cut to the days that no earlier pause has counted.
type stop struct {
	period asye.Period // never open: an open pause lasts until tomorrow
	open   bool
	reason string
}

// share is a part of full time, above nothing and at most 1.
type share struct{ part, whole int }

var fullTime = share{1, 1}

// smallestShare keeps a mistyped pattern from making a year of a century.
const smallestShare = 20 // a twentieth of full time

// shareOf is the share that a pattern works out at: no more than full time, and
// no less than a twentieth.
func shareOf(p Pattern) share {
	switch {
	case p.Hours >= p.FullTime:
		return fullTime
	case p.Hours*smallestShare < p.FullTime:
		return share{1, smallestShare}
	}
	common := gcd(p.Hours, p.FullTime)
	return share{p.Hours / common, p.FullTime / common}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (s share) compare(o share) int { return cmp.Compare(s.part*o.whole, o.part*s.whole) }

// daysFor is how many days at this share earn so much, a started day being a
// whole one.
func (s share) daysFor(earn *big.Rat) int {
	top := new(big.Int).Mul(earn.Num(), big.NewInt(int64(s.whole)))
	bottom := new(big.Int).Mul(earn.Denom(), big.NewInt(int64(s.part)))
	days, rest := new(big.Int).QuoRem(top, bottom, new(big.Int))
	if rest.Sign() > 0 {
		days.Add(days, big.NewInt(1))
	}
	return int(days.Int64())
}

func (s share) earned(days int) *big.Rat {
	return big.NewRat(int64(days)*int64(s.part), int64(s.whole))
}

// timeline is a year's facts in order: its pauses without overlaps, and its
// spells from the start onwards.
type timeline struct {
	start    asye.Date
	stops    []stop
	spells   []spell
	openFrom asye.Date // the first day of the earliest open pause, or zero
	warnings []string
}

// timelineOf puts the facts in order. proRata is false where a programme counts
// part-time days as whole ones.
func timelineOf(f Facts, proRata bool) timeline {
	t := timeline{start: f.Start}
	t.setStops(f)
	var patterns []Pattern
	if proRata {
		patterns = t.patterns(f.Patterns)
	}
	t.setSpells(patterns)
	return t
}

func (t *timeline) setStops(f Facts) {
	pauses := slices.Clone(f.Pauses)
	slices.SortFunc(pauses, func(a, b Pause) int {
		return cmp.Or(a.Period.Start.Compare(b.Period.Start), a.Period.End.Compare(b.Period.End), cmp.Compare(a.Reason, b.Reason))
	})
	counted := t.start
	for _, p := range pauses {
		s := stop{p.Period, p.Period.IsOpen(), p.Reason}
		if s.open {
			s.period.End = later(p.Period.Start, f.Today).AddDays(1)
			if t.openFrom.IsZero() {
				t.openFrom = p.Period.Start
			}
		}
		if s.period.Start.Before(counted) {
			t.warnEarly(p, counted)
			s.period.Start = counted
		}
		if !s.period.Start.Before(s.period.End) {
			continue
		}
		t.stops = append(t.stops, s)
		counted = s.period.End
	}
}

func (t *timeline) warnEarly(p Pause, counted asye.Date) {
	if counted == t.start {
		t.warn("The pause from %s begins before the year does, so it is counted only from %s. Check its dates and the start date.",
			p.Period.Start, t.start)
		return
	}
	t.warn("The pause from %s begins before the pause ahead of it has ended, so the days they share are counted once. Check the dates of both.",
		p.Period.Start)
}

func (t *timeline) warn(text string, args ...any) {
	t.warnings = append(t.warnings, fmt.Sprintf(text, args...))
}

// patterns sorts the patterns and leaves out what cannot be used. Of two from
// the same day the smaller share is the one that counts.
func (t *timeline) patterns(given []Pattern) []Pattern {
	sorted := slices.Clone(given)
	slices.SortFunc(sorted, func(a, b Pattern) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.FullTime, b.FullTime), cmp.Compare(a.Hours, b.Hours))
	})
	kept := sorted[:0]
	for _, p := range sorted {
		if p.FullTime <= 0 {
			t.warn("The working pattern from %s has no full-time hours, so it is left out. Enter the hours of a full-time week.", p.From)
			continue
		}
		if p.Hours*smallestShare < p.FullTime {
			t.warn("The working pattern from %s is %s of %s hours a week. It is counted as a twentieth of full time. Check the hours, or record a pause.",
				p.From, hours(p.Hours), hours(p.FullTime))
		}
		last := len(kept) - 1
		if last >= 0 && kept[last].From == p.From {
			if shareOf(p).compare(shareOf(kept[last])) < 0 {
				kept[last] = p
			}
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

func (t *timeline) setSpells(patterns []Pattern) {
	stops, at := t.stops, t.start
	var current *Pattern
	for {
		for len(patterns) > 0 && !patterns[0].From.After(at) {
			current, patterns = &patterns[0], patterns[1:]
		}
		s := spell{period: asye.Since(at), pattern: current, share: fullTime}
		if current != nil {
			s.share = shareOf(*current)
		}
		if len(stops) > 0 && stops[0].period.Start == at {
			s.pause, stops = &t.stops[len(t.stops)-len(stops)], stops[1:]
			s.period = s.pause.period
		} else {
			s.period.End = next(stops, patterns)
		}
		t.spells = append(t.spells, s)
		if s.period.IsOpen() {
			return
		}
		at = s.period.End
	}
}

// next is the first day on which something changes, or zero.
func next(stops []stop, patterns []Pattern) asye.Date {
	switch {
	case len(stops) == 0 && len(patterns) == 0:
		return asye.Date{}
	case len(stops) == 0:
		return patterns[0].From
	case len(patterns) == 0 || stops[0].period.Start.Before(patterns[0].From):
		return stops[0].period.Start
	}
	return patterns[0].From
}

// reach is the first day after so many full-time days have been earned.
func (t timeline) reach(days int) asye.Date {
	left := big.NewRat(int64(days), 1)
	for _, s := range t.spells {
		if s.pause != nil {
			continue
		}
		need := s.share.daysFor(left)
		if s.period.IsOpen() || need <= s.period.Days() {
			return s.period.Start.AddDays(need)
		}
		left.Sub(left, s.share.earned(s.period.Days()))
	}
	panic("the last spell is always open")
}

// after is the first day after so many days that are not paused, counted from
// a day whatever the hours worked.
func (t timeline) after(from asye.Date, days int) asye.Date {
	at := from
	for _, s := range t.stops {
		if !at.Before(s.period.End) {
			continue
		}
		if at.Before(s.period.Start) {
			gap := at.DaysUntil(s.period.Start)
			if gap >= days {
				break
			}
			days -= gap
		}
		at = s.period.End
	}
	return at.AddDays(days)
}

func (t timeline) pausedOn(day asye.Date) bool {
	return slices.ContainsFunc(t.stops, func(s stop) bool { return s.period.Contains(day) })
}

func later(a, b asye.Date) asye.Date {
	if a.After(b) {
		return a
	}
	return b
}
