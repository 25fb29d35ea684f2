package programme

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/asye/internal/asye"
)

var day = asye.MustDate

// between is a pause of which both days given are part.
func between(first, last string) asye.Period {
	return asye.Period{Start: day(first), End: day(last).AddDays(1)}
}

func version(t testing.TB, programme, key string) Version {
	t.Helper()
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Get(programme, key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchedule(t *testing.T) {
	const parental, sickness = "Parental leave", "Long-term sickness"
	half := func(from string) Pattern { return Pattern{day(from), 1850, 3700} }
	sixth := func(from string) Pattern { return Pattern{day(from), 2220, 3700} }
	full := func(from string) Pattern { return Pattern{day(from), 3700, 3700} }
	tests := []struct {
		name  string
		facts Facts
		last  string // the last day of the year
		due   string // the last days of the milestones at 3, 6, 9 and 12 months
	}{
		{"PRG-10_twelve_calendar_months", Facts{Start: day("2026-09-01")},
			"2027-08-31", "2026-11-30 2027-02-28 2027-05-31 2027-08-31"},
		{"PRG-10_a_leap_day_within", Facts{Start: day("2027-09-01")},
			"2028-08-31", "2027-11-30 2028-02-29 2028-05-31 2028-08-31"},
		{"PRG-10_a_start_on_29_February", Facts{Start: day("2028-02-29")},
			"2029-02-27", "2028-05-28 2028-08-28 2028-11-28 2029-02-27"},
		{"PRG-10_31_August_and_six_months", Facts{Start: day("2026-08-31")},
			"2027-08-30", "2026-11-29 2027-02-27 2027-05-30 2027-08-30"},
		{"PRG-10_31_August_and_six_months_of_a_leap_year", Facts{Start: day("2027-08-31")},
			"2028-08-30", "2027-11-29 2028-02-28 2028-05-30 2028-08-30"},
		{"PRG-10_a_start_as_the_clocks_go_forward", Facts{Start: day("2026-03-29")},
			"2027-03-28", "2026-06-28 2026-09-28 2026-12-28 2027-03-28"},
		{"PRG-10_a_start_as_the_clocks_go_back", Facts{Start: day("2026-10-25")},
			"2027-10-24", "2027-01-24 2027-04-24 2027-07-24 2027-10-24"},

		{"PRG-11_part_time_from_the_first_day", Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2026-09-01")}},
			"2028-08-30", "2027-03-01 2027-08-28 2028-02-28 2028-08-30"},
		{"PRG-11_a_pattern_from_before_the_start", Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2020-01-01")}},
			"2028-08-30", "2027-03-01 2027-08-28 2028-02-28 2028-08-30"},
		{"PRG-11_part_time_from_the_middle", // 125 days at full time, then 240 at 0.6 take 400
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{sixth("2027-01-04")}},
			"2028-02-07", "2026-11-30 2027-04-07 2027-09-07 2028-02-07"},
		{"PRG-11_back_to_full_time", // 125, then 60 of 100 days, then 180
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{full("2027-04-14"), sixth("2027-01-04")}},
			"2027-10-10", "2026-11-30 2027-04-07 2027-07-10 2027-10-10"},
		{"PRG-11_a_started_day_is_a_whole_one", // 365 days at 2/3 are 547.5
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{{day("2026-09-01"), 2400, 3600}}},
			"2028-03-01", "2027-01-15 2027-05-30 2027-10-15 2028-03-01"},
		{"PRG-11_more_than_full_time_is_full_time", Facts{Start: day("2026-09-01"), Patterns: []Pattern{{day("2026-09-01"), 4000, 3700}}},
			"2027-08-31", "2026-11-30 2027-02-28 2027-05-31 2027-08-31"},
		{"PRG-11_a_pattern_from_the_day_after_the_end", Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2027-09-01")}},
			"2027-08-31", "2026-11-30 2027-02-28 2027-05-31 2027-08-31"},
		{"PRG-11_a_pattern_from_the_last_day", Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2027-08-31")}},
			"2027-09-01", "2026-11-30 2027-02-28 2027-05-31 2027-09-01"},

		{"PRG-12_a_pause_across_a_milestone", // 15 November to 14 December is 30 days
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2026-11-15", "2026-12-14"), sickness}}},
			"2027-09-30", "2026-12-30 2027-03-30 2027-06-30 2027-09-30"},
		{"PRG-12_a_pause_after_a_milestone_leaves_it", // from the day after three months
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2026-12-01", "2026-12-10"), sickness}}},
			"2027-09-10", "2026-11-30 2027-03-10 2027-06-10 2027-09-10"},
		{"PRG-12_a_pause_on_a_milestone_moves_it", // the last day of three months
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2026-11-30", "2026-12-09"), sickness}}},
			"2027-09-10", "2026-12-10 2027-03-10 2027-06-10 2027-09-10"},
		{"PRG-12_a_pause_from_the_first_day",
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2026-09-01", "2026-09-30"), sickness}}},
			"2027-09-30", "2026-12-30 2027-03-30 2027-06-30 2027-09-30"},
		{"PRG-12_a_pause_after_the_end",
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2027-09-01", "2027-12-31"), sickness}}},
			"2027-08-31", "2026-11-30 2027-02-28 2027-05-31 2027-08-31"},
		{"PRG-12_a_pause_on_the_last_day",
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2027-08-31", "2027-08-31"), sickness}}},
			"2027-09-01", "2026-11-30 2027-02-28 2027-05-31 2027-09-01"},
		{"PRG-12_a_pause_of_a_part_time_year", // ten days are ten days, whatever the hours
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2026-09-01")}, Pauses: []Pause{{between("2027-01-01", "2027-01-10"), sickness}}},
			"2028-09-09", "2027-03-11 2027-09-07 2028-03-09 2028-09-09"},
		{"PRG-12_across_the_clock_changes_of_2026",
			Facts{Start: day("2026-02-01"), Pauses: []Pause{
				{between("2026-03-28", "2026-03-30"), sickness}, {between("2026-10-24", "2026-10-26"), sickness}}},
			"2027-02-06", "2026-05-03 2026-08-03 2026-11-06 2027-02-06"},
		{"PRG-12_a_pause_before_the_hours_change", // 122 days, then 90 of pause, 11 days, then 232 at 0.6
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{sixth("2027-04-12")}, Pauses: []Pause{{between("2027-01-01", "2027-03-31"), parental}}},
			"2028-05-02", "2026-11-30 2027-06-30 2027-12-01 2028-05-02"},
		{"PRG-12_hours_change_during_a_pause", // they count from the return
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2027-02-01"), sixth("2027-03-01")},
				Pauses: []Pause{{between("2027-01-01", "2027-03-31"), parental}}},
			"2028-05-09", "2026-11-30 2027-07-08 2027-12-08 2028-05-09"},

		{"PRG-15_an_extension_of_months",
			Facts{Start: day("2026-09-01"), Extensions: []Extension{{Months: 3}}},
			"2027-11-30", "2026-11-30 2027-02-28 2027-05-31 2027-11-30"},
		{"PRG-15_months_then_days",
			Facts{Start: day("2027-01-31"), Extensions: []Extension{{Days: 1}, {Months: 1}}},
			"2028-02-29", "2027-04-29 2027-07-30 2027-10-30 2028-02-29"},
		{"PRG-15_months_are_counted_from_the_end_that_was_earned", // 29 November 2027 and three months
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2027-01-01", "2027-03-31"), parental}}, Extensions: []Extension{{Months: 3}}},
			"2028-02-28", "2026-11-30 2027-05-29 2027-08-29 2028-02-28"},
		{"PRG-15_a_pause_within_an_extension",
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2027-10-01", "2027-10-10"), sickness}}, Extensions: []Extension{{Months: 3}}},
			"2027-12-10", "2026-11-30 2027-02-28 2027-05-31 2027-12-10"},
		{"PRG-15_a_pause_from_the_day_after_an_extension",
			Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2027-12-01", "2027-12-10"), sickness}}, Extensions: []Extension{{Months: 3}}},
			"2027-11-30", "2026-11-30 2027-02-28 2027-05-31 2027-11-30"},
		{"PRG-15_an_extension_is_not_longer_at_part_time",
			Facts{Start: day("2026-09-01"), Patterns: []Pattern{half("2026-09-01")}, Extensions: []Extension{{Days: 10}}},
			"2028-09-09", "2027-03-01 2027-08-28 2028-02-28 2028-09-09"},
		{"PRG-15_a_pause_beside_the_end",
			Facts{Start: day("2028-01-15"), Pauses: []Pause{{between("2029-01-16", "2029-02-14"), sickness}}, Extensions: []Extension{{Months: 1}}},
			"2029-03-16", "2028-04-14 2028-07-14 2028-10-14 2029-03-16"},
		{"PRG-15_two_more_days_do_not_bring_it_forward", // from 16 February a month is three days shorter
			Facts{Start: day("2028-01-15"), Pauses: []Pause{{between("2029-01-16", "2029-02-14"), sickness}, {between("2028-11-01", "2028-11-02"), sickness}},
				Extensions: []Extension{{Months: 1}}},
			"2029-03-17", "2028-04-14 2028-07-14 2028-10-14 2029-03-17"},

		{"PRG-16_overlapping_pauses_are_counted_once",
			Facts{Start: day("2026-09-01"), Pauses: []Pause{
				{between("2026-11-15", "2026-12-14"), sickness}, {between("2026-12-01", "2026-12-09"), parental}}},
			"2027-09-30", "2026-12-30 2027-03-30 2027-06-30 2027-09-30"},
	}
	v := version(t, "child-and-family", "2026")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := v.Schedule(tt.facts)
			var due []string
			for _, m := range s.Milestones {
				due = append(due, m.By.ISO())
			}
			if s.LastDay.ISO() != tt.last || strings.Join(due, " ") != tt.due {
				t.Errorf("ends on %s, want %s\nmilestones %s\nwant       %s", s.LastDay.ISO(), tt.last, strings.Join(due, " "), tt.due)
			}
			agrees(t, tt.facts.Start, s)
		})
	}
}

// agrees holds the working to the result (PRG-17).
func agrees(t interface{ Errorf(string, ...any) }, start asye.Date, s Schedule) {
	at := start
	for _, step := range s.Working {
		at = at.AddDays(step.Days)
		if step.Last.AddDays(1) != at {
			t.Errorf("a step says %s and its days lead to %s: %s", step.Last, at.AddDays(-1), step.Text)
		}
		if !strings.Contains(step.Text, step.Last.String()) {
			t.Errorf("a step does not say the day it leads to, %s: %s", step.Last, step.Text)
		}
	}
	if at != s.End || s.LastDay.AddDays(1) != s.End {
		t.Errorf("the working leads to %s and the year ends before %s", at, s.End)
	}
}

func TestScheduleOpenPause(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	facts := Facts{Start: day("2026-09-01"), Pauses: []Pause{{asye.Since(day("2027-01-11")), "Parental leave"}}}
	on := func(today string) Schedule {
		facts.Today = day(today)
		return v.Schedule(facts)
	}
	t.Run("PRG-13_counts_today", func(t *testing.T) {
		s := on("2027-01-20")
		if s.LastDay != day("2027-09-10") || !s.Provisional {
			t.Errorf("ten days of an open pause lead to %s, provisional %v", s.LastDay, s.Provisional)
		}
	})
	t.Run("PRG-13_each_day_moves_the_end", func(t *testing.T) {
		if one, next := on("2027-01-20"), on("2027-01-21"); one.End.DaysUntil(next.End) != 1 {
			t.Errorf("from %s to %s in a day", one.End, next.End)
		}
	})
	t.Run("PRG-13_one_that_is_to_come_counts_a_day", func(t *testing.T) {
		if s := on("2026-12-01"); s.LastDay != day("2027-09-01") || !s.Provisional {
			t.Errorf("%s, provisional %v", s.LastDay, s.Provisional)
		}
	})
	t.Run("PRG-13_milestones_before_it_are_firm", func(t *testing.T) {
		m := on("2027-01-20").Milestones
		if m[0].Provisional || !m[1].Provisional || !m[3].Provisional {
			t.Errorf("%+v", m)
		}
	})
	t.Run("PRG-13_one_after_the_end_changes_nothing", func(t *testing.T) {
		s := v.Schedule(Facts{Start: day("2025-09-01"), Pauses: facts.Pauses, Today: day("2027-06-01")})
		if s.Provisional || s.Deferrals != 0 || s.LastDay != day("2026-08-31") {
			t.Errorf("%s, provisional %v, %d deferrals", s.LastDay, s.Provisional, s.Deferrals)
		}
	})
}

func TestMilestones(t *testing.T) {
	m := version(t, "child-and-family", "2026").Schedule(Facts{Start: day("2026-09-01")}).Milestones[2]
	want := Due{Key: "nine-month-review", Name: "Nine-month review", Months: 9,
		On: day("2027-06-01"), By: day("2027-05-31"), Optional: true}
	t.Run("PRG-14_optional_ones_say_so", func(t *testing.T) {
		if diff := cmp.Diff(want, m, cmp.Comparer(func(a, b asye.Date) bool { return a == b })); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("PRG-14_a_two_year_programme", func(t *testing.T) {
		s := version(t, "early-career", "2027").Schedule(Facts{Start: day("2027-09-01")})
		if s.LastDay != day("2029-08-31") || s.Milestones[0].By != s.LastDay {
			t.Errorf("ends on %s, assessed by %s", s.LastDay, s.Milestones[0].By)
		}
	})
}

func TestDeferrals(t *testing.T) {
	s := version(t, "child-and-family", "2026").Schedule(Facts{Start: day("2026-09-01"), Pauses: []Pause{
		{between("2027-03-01", "2027-03-09"), "Bereavement"}, {between("2026-12-01", "2026-12-31"), "Long-term sickness"},
		{between("2029-01-01", "2029-02-01"), "Long after the end"}}})
	t.Run("PRG-12_deferrals_are_the_pauses_within_the_year", func(t *testing.T) {
		if s.Deferrals != 2 {
			t.Errorf("%d deferrals, want the two within the year", s.Deferrals)
		}
	})
}

func TestWorking(t *testing.T) {
	s := version(t, "child-and-family", "2026").Schedule(Facts{
		Start:    day("2026-09-01"),
		Patterns: []Pattern{{day("2027-04-12"), 2220, 3700}},
		Pauses: []Pause{
			{between("2027-01-01", "2027-03-31"), "parental leave"},
			{asye.Since(day("2028-07-01")), "Long-term sickness"},
		},
		Extensions: []Extension{{3, 0, "More time to gather evidence"}},
		Today:      day("2028-07-30"),
	})
	want := []string{
		"12 months from 1 September 2026 is 31 August 2027.",
		"Parental leave from 1 January 2027 to 31 March 2027 (3 months, 90 days) moves the last day to 29 November 2027.",
		"At 0.6 of full time (22.2 of 37 hours a week) from 12 April 2027, the 232 full-time days that remained take 387 days: the last day is then 2 May 2028.",
		"An extension of 3 months (More time to gather evidence) moves the last day to 2 August 2028.",
		"Long-term sickness from 1 July 2028 has no return date yet. Counting 30 days, to 30 July 2028, the last day moves to 1 September 2028 at the earliest.",
		"The last day of the year is 1 September 2028 at the earliest. It moves for as long as the pause goes on.",
	}
	var got []string
	for _, step := range s.Working {
		got = append(got, step.Text)
	}
	t.Run("PRG-17_in_plain_words", func(t *testing.T) {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("PRG-17_a_year_with_nothing_to_explain", func(t *testing.T) {
		plain := version(t, "adults", "2026").Schedule(Facts{Start: day("2026-09-01")}).Working
		if len(plain) != 2 || plain[1].Text != "The last day of the year is 31 August 2027." {
			t.Errorf("%+v", plain)
		}
	})
	t.Run("PRG-17_part_time_from_the_first_day", func(t *testing.T) {
		text := version(t, "adults", "2026").Schedule(Facts{Start: day("2026-09-01"),
			Patterns: []Pattern{{day("2026-09-01"), 2000, 3600}}}).Working[1].Text
		if text != "At about 0.556 of full time (20 of 36 hours a week) from 1 September 2026, the 365 full-time days take 657 days: the last day is then 18 June 2028." {
			t.Error(text)
		}
	})
}

func TestWarnings(t *testing.T) {
	v := version(t, "child-and-family", "2026")
	tests := []struct {
		name  string
		facts Facts
		want  string // part of the only warning; empty for none
	}{
		{"PRG-18_two_years_to_the_day", Facts{Start: day("2026-09-01"), Extensions: []Extension{{Months: 12}}}, ""},
		{"PRG-18_a_day_more", Facts{Start: day("2026-09-01"), Extensions: []Extension{{Months: 12, Days: 1}}}, "local rule"},
		{"PRG-11_no_full_time_hours", Facts{Start: day("2026-09-01"), Patterns: []Pattern{{day("2026-09-01"), 2220, 0}}}, "left out"},
		{"PRG-11_hardly_any_hours", Facts{Start: day("2026-09-01"), Patterns: []Pattern{{day("2027-08-31"), 100, 3700}}}, "a twentieth"},
		{"PRG-12_a_pause_from_before_the_start", Facts{Start: day("2026-09-01"), Pauses: []Pause{{between("2026-08-01", "2026-09-10"), ""}}}, "begins before the year"},
		{"PRG-16_pauses_that_overlap", Facts{Start: day("2026-09-01"), Pauses: []Pause{
			{between("2026-10-01", "2026-10-10"), ""}, {between("2026-10-10", "2026-10-12"), ""}}}, "counted once"},
		{"PRG-16_pauses_that_touch", Facts{Start: day("2026-09-01"), Pauses: []Pause{
			{between("2026-10-01", "2026-10-10"), ""}, {between("2026-10-11", "2026-10-12"), ""}}}, ""},
		{"PRG-15_less_than_nothing", Facts{Start: day("2026-09-01"), Extensions: []Extension{{Months: -1}}}, "less than nothing"},
		{"PRG-10_no_start", Facts{}, "start date is not known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := v.Schedule(tt.facts).Warnings
			if tt.want == "" && len(got) == 0 {
				return
			}
			if len(got) != 1 || tt.want == "" || !strings.Contains(got[0], tt.want) {
				t.Errorf("warned %q, want %q", got, tt.want)
			}
		})
	}
}

func TestScheduleLeavesFactsAlone(t *testing.T) {
	facts := Facts{Start: day("2026-09-01"),
		Patterns: []Pattern{{day("2027-04-01"), 3700, 3700}, {day("2027-01-01"), 1850, 3700}},
		Pauses:   []Pause{{between("2027-05-01", "2027-05-09"), "b"}, {between("2026-10-01", "2026-10-09"), "a"}}}
	patterns, pauses := slices.Clone(facts.Patterns), slices.Clone(facts.Pauses)
	version(t, "adults", "2026").Schedule(facts)
	t.Run("PRG-16_the_callers_slices_keep_their_order", func(t *testing.T) {
		if !slices.Equal(patterns, facts.Patterns) || !slices.Equal(pauses, facts.Pauses) {
			t.Error("they were put in another order")
		}
	})
}

func BenchmarkSchedules(b *testing.B) {
	v := version(b, "child-and-family", "2026")
	facts := make([]Facts, 12_000)
	for i := range facts {
		start := day("2025-04-01").AddDays(i % 700)
		facts[i] = Facts{Start: start, Today: day("2026-11-22")}
		if i%3 == 0 {
			facts[i].Patterns = []Pattern{{start, 3700, 3700}, {start.AddDays(100), 2220, 3700}}
		}
		if i%4 == 0 {
			facts[i].Pauses = []Pause{{asye.Period{Start: start.AddDays(60), End: start.AddDays(150)}, "Parental leave"}}
		}
		if i%10 == 0 {
			facts[i].Extensions = []Extension{{Months: 3}}
		}
	}
	for b.Loop() {
		for _, f := range facts {
			if v.Schedule(f).End.IsZero() {
				b.Fatal("a year without an end")
			}
		}
	}
}
