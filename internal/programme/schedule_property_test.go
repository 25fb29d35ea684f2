package programme

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"example.org/asye/internal/asye"
)

func genDay(from asye.Date, days int) *rapid.Generator[asye.Date] {
	return rapid.Custom(func(t *rapid.T) asye.Date { return from.AddDays(rapid.IntRange(0, days).Draw(t, "days")) })
}

func genPattern(start asye.Date) *rapid.Generator[Pattern] {
	return rapid.Custom(func(t *rapid.T) Pattern {
		return Pattern{
			From:     genDay(start.AddDays(-30), 900).Draw(t, "from"),
			Hours:    rapid.IntRange(100, 4000).Draw(t, "hours"),
			FullTime: rapid.SampledFrom([]int{3500, 3600, 3650, 3700, 3750, 4000}).Draw(t, "full time"),
		}
	})
}

func genPause(start asye.Date) *rapid.Generator[Pause] {
	return rapid.Custom(func(t *rapid.T) Pause {
		anywhere, nearTheEnd := genDay(start.AddDays(-30), 900), genDay(start.AddMonths(12).AddDays(-10), 40)
		p := asye.Since(rapid.OneOf(anywhere, nearTheEnd).Draw(t, "from"))
		if rapid.IntRange(0, 5).Draw(t, "open") > 0 {
			p.End = p.Start.AddDays(rapid.IntRange(1, 200).Draw(t, "days"))
		}
		return Pause{p, rapid.SampledFrom([]string{"Parental leave", "Long-term sickness", "Bereavement"}).Draw(t, "reason")}
	})
}

var genExtension = rapid.Custom(func(t *rapid.T) Extension {
	return Extension{
		Months: rapid.IntRange(0, 6).Draw(t, "months"),
		Days:   rapid.IntRange(0, 40).Draw(t, "days"),
		Reason: rapid.SampledFrom([]string{"", "Evidence", "Support plan"}).Draw(t, "reason"),
	}
})

var genFacts = rapid.Custom(func(t *rapid.T) Facts {
	start := genDay(day("2025-12-01"), 1200).Draw(t, "start")
	return Facts{
		Start:      start,
		Patterns:   rapid.SliceOfN(genPattern(start), 0, 3).Draw(t, "patterns"),
		Pauses:     rapid.SliceOfN(genPause(start), 0, 4).Draw(t, "pauses"),
		Extensions: rapid.SliceOfN(genExtension, 0, 2).Draw(t, "extensions"),
		Today:      genDay(start, 800).Draw(t, "today"),
	}
})

// notSooner fails when any date of then is earlier than it was.
func notSooner(t *rapid.T, was, then Schedule) {
	if then.End.Before(was.End) {
		t.Fatalf("the end came forward from %s to %s", was.End, then.End)
	}
	for i := range was.Milestones {
		if then.Milestones[i].On.Before(was.Milestones[i].On) {
			t.Fatalf("%s came forward from %s to %s", was.Milestones[i].Key, was.Milestones[i].On, then.Milestones[i].On)
		}
	}
}

func TestScheduleProperties(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	property := func(name string, holds func(*rapid.T, Facts)) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { holds(t, genFacts.Draw(t, "facts")) })
		})
	}
	property("PRG-10_full_time_without_a_pause_is_calendar_months", func(t *rapid.T, f Facts) {
		s := v.Schedule(Facts{Start: f.Start})
		for _, m := range s.Milestones {
			if m.On != f.Start.AddMonths(m.Months) {
				t.Fatalf("%s on %s", m.Key, m.On)
			}
		}
		if s.End != f.Start.AddMonths(12) {
			t.Fatalf("ends before %s", s.End)
		}
	})
	property("PRG-11_fewer_hours_never_shorten", func(t *rapid.T, f Facts) {
		if len(f.Patterns) == 0 {
			f.Patterns = []Pattern{genPattern(f.Start).Draw(t, "pattern")}
		}
		fewer := f
		fewer.Patterns = slices.Clone(f.Patterns)
		i := rapid.IntRange(0, len(f.Patterns)-1).Draw(t, "which")
		fewer.Patterns[i].Hours = rapid.IntRange(0, f.Patterns[i].Hours).Draw(t, "fewer")
		notSooner(t, v.Schedule(f), v.Schedule(fewer))
	})
	property("PRG-12_pausing_never_shortens", func(t *rapid.T, f Facts) {
		paused := f
		paused.Pauses = append(slices.Clone(f.Pauses), genPause(f.Start).Draw(t, "one more"))
		notSooner(t, v.Schedule(f), v.Schedule(paused))
	})
	property("PRG-13_a_longer_absence_never_shortens", func(t *rapid.T, f Facts) {
		later := f
		later.Today = f.Today.AddDays(rapid.IntRange(0, 60).Draw(t, "later"))
		notSooner(t, v.Schedule(f), v.Schedule(later))
	})
	property("PRG-14_milestones_ascend_to_the_end", func(t *rapid.T, f Facts) {
		s := v.Schedule(f)
		before := f.Start
		for _, m := range s.Milestones {
			if !m.On.After(before) || m.On.After(s.End) {
				t.Fatalf("%s on %s, after %s, in a year that ends before %s", m.Key, m.On, before, s.End)
			}
			before = m.On
		}
	})
	property("PRG-15_extending_never_shortens", func(t *rapid.T, f Facts) {
		extended := f
		extended.Extensions = append(slices.Clone(f.Extensions), genExtension.Draw(t, "one more"))
		notSooner(t, v.Schedule(f), v.Schedule(extended))
	})
	property("PRG-16_the_order_of_recording_changes_nothing", func(t *rapid.T, f Facts) {
		other := f
		other.Patterns = rapid.Permutation(f.Patterns).Draw(t, "patterns again")
		other.Pauses = rapid.Permutation(f.Pauses).Draw(t, "pauses again")
		other.Extensions = rapid.Permutation(f.Extensions).Draw(t, "extensions again")
		same := cmp.Comparer(func(a, b asye.Date) bool { return a == b })
		if diff := cmp.Diff(v.Schedule(f), v.Schedule(other), same); diff != "" {
			t.Fatal(diff)
		}
	})
	property("PRG-17_the_working_agrees_with_the_end", func(t *rapid.T, f Facts) {
		agrees(t, f.Start, v.Schedule(f))
	})
	property("PRG-10_as_counted_day_by_day", func(t *rapid.T, f Facts) {
		f.Extensions = nil
		if got, want := v.Schedule(f).End, dayByDay(f, 12); got != want {
			t.Fatalf("ends before %s, and counted day by day before %s", got, want)
		}
	})
}

// dayByDay finds the end of a year the slow way: it looks at each day in turn.
// Shares are whole numbers of parts of a day, so that nothing is rounded.
func dayByDay(f Facts, months int) asye.Date {
	const parts = 32 * 9 * 625 * 7 * 37 * 73 // every full-time week that is drawn divides it
	left := f.Start.DaysUntil(f.Start.AddMonths(months)) * parts
	at := f.Start
	for ; left > 0; at = at.AddDays(1) {
		if slices.ContainsFunc(f.Pauses, func(p Pause) bool { return away(p, at, f.Today) }) {
			continue
		}
		left -= earns(f.Patterns, at, parts)
	}
	return at
}

func away(p Pause, at, today asye.Date) bool {
	if p.Period.IsOpen() {
		return at == p.Period.Start || at.After(p.Period.Start) && !at.After(today)
	}
	return p.Period.Contains(at)
}

// earns is what a day earns under the latest pattern by then; of two from one
// day, the one that earns less.
func earns(all []Pattern, at asye.Date, parts int) int {
	var from asye.Date
	share := parts
	for _, p := range all {
		if p.From.After(at) || p.From.Before(from) {
			continue
		}
		one := max(min(p.Hours*parts/p.FullTime, parts), parts/20)
		if p.From == from {
			one = min(one, share)
		}
		from, share = p.From, one
	}
	return share
}
