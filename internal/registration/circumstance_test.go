package registration_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// today is the day on which the tables below are judged.
var today = at("2026-11-22")

// running is a year that began on 1 September 2026 at full time.
func running(t *testing.T) registration.Record {
	t.Helper()
	catalogue, err := programme.Embedded()
	must(t, err)
	rules, err := catalogue.For("child-and-family", at("2026-09-01"))
	must(t, err)
	return registration.Record{Row: registration.Row{StartsOn: at("2026-09-01"), Org: "a"}, Rules: rules,
		Employments: []registration.Employment{{Org: "a", Period: asye.Since(at("2026-09-01"))}},
		Patterns:    []registration.Pattern{{Period: asye.Since(at("2026-09-01")), Hours: 3700, FullTimeHours: 3700}}}
}

// refused is the field of the only problem, "conflict", or nothing.
func refused(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if fault.KindOf(err) == fault.Conflict {
		return "conflict"
	}
	found := fault.ProblemsOf(err)
	if len(found) != 1 {
		t.Fatalf("%d problems: %v", len(found), err)
	}
	if text := found[0].Text; text == "" || strings.ToUpper(text[:1]) != text[:1] || strings.HasSuffix(text, ".") {
		t.Errorf("%q is not a sentence as messages are written", text)
	}
	return found[0].Field
}

func between(start, end string) asye.Period {
	p := asye.Period{Start: at(start)}
	if end != "" {
		p.End = at(end)
	}
	return p
}

// paused gives a record one pause.
func paused(r registration.Record, start, end string) registration.Record {
	return r.WithPause(registration.Pause{ID: "p", Period: between(start, end), Reason: "sickness"})
}

func ended(r registration.Record) registration.Record {
	r.Outcomes = []registration.Outcome{{Result: "passed", DecidedOn: at("2026-11-20")}}
	return r
}

func TestPauseRules(t *testing.T) {
	year := running(t)
	cases := []struct {
		name string
		r    registration.Record
		p    registration.Pause
		want string
	}{
		{"REG-20_no_first_day", year, registration.Pause{Reason: "sickness"}, "starts_on"},
		{"REG-20_the_day_before_the_year", year, registration.Pause{Period: between("2026-08-31", ""), Reason: "sickness"}, "starts_on"},
		{"REG-20_the_first_day_of_the_year", year, registration.Pause{Period: between("2026-09-01", ""), Reason: "sickness"}, ""},
		{"REG-20_twelve_months_ahead", year, registration.Pause{Period: between("2027-11-22", ""), Reason: "sickness"}, ""},
		{"REG-20_a_day_more_than_twelve_months_ahead", year, registration.Pause{Period: between("2027-11-23", ""), Reason: "sickness"}, "starts_on"},
		{"REG-22_no_reason", year, registration.Pause{Period: between("2026-11-01", "")}, "reason"},
		{"REG-22_an_unknown_reason", year, registration.Pause{Period: between("2026-11-01", ""), Reason: "weather"}, "reason"},
		{"REG-22_capability_is_no_reason", year, registration.Pause{Period: between("2026-11-01", ""), Reason: "capability"}, "reason"},
		{"REG-22_every_reason_of_the_list", year, registration.Pause{Period: between("2026-11-01", ""), Reason: "parental-leave"}, ""},
		{"REG-23_return_on_the_first_day", year, registration.Pause{Period: between("2026-11-01", "2026-11-01"), Reason: "sickness"}, "ends_on"},
		{"REG-23_return_the_day_after", year, registration.Pause{Period: between("2026-11-01", "2026-11-02"), Reason: "sickness"}, ""},
		{"REG-24_expected_back_on_the_first_day", year, registration.Pause{Period: between("2026-11-01", ""), ExpectedReturn: at("2026-11-01"), Reason: "sickness"}, "expected_return_on"},
		{"REG-24_expected_back_the_day_after", year, registration.Pause{Period: between("2026-11-01", ""), ExpectedReturn: at("2026-11-02"), Reason: "sickness"}, ""},
		{"REG-21_while_paused", paused(year, "2026-10-01", ""), registration.Pause{Period: between("2026-11-01", ""), Reason: "sickness"}, "conflict"},
		{"REG-21_a_day_within_another", paused(year, "2026-10-01", "2026-11-02"), registration.Pause{Period: between("2026-11-01", ""), Reason: "sickness"}, "starts_on"},
		{"REG-21_the_day_after_another", paused(year, "2026-10-01", "2026-11-01"), registration.Pause{Period: between("2026-11-01", ""), Reason: "sickness"}, ""},
		{"REG-24_the_longest_note", year, registration.Pause{Period: between("2026-11-01", ""), Reason: "sickness", Note: strings.Repeat("é", 2000)}, ""},
		{"REG-24_one_character_more", year, registration.Pause{Period: between("2026-11-01", ""), Reason: "sickness", Note: strings.Repeat("é", 2001)}, "note"},
		{"REG-36_after_the_outcome", ended(year), registration.Pause{Period: between("2026-11-01", ""), Reason: "sickness"}, "conflict"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := refused(t, c.r.Pause(c.p, today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

func TestReturnRules(t *testing.T) {
	open := paused(running(t), "2026-11-01", "")
	later := paused(running(t), "2026-11-01", "").WithPause(registration.Pause{ID: "q", Period: between("2026-12-01", "2026-12-10"), Reason: "sickness"})
	cases := []struct {
		name string
		r    registration.Record
		on   string
		want string
	}{
		{"REG-23_not_paused", running(t), "2026-11-10", "conflict"},
		{"REG-23_on_the_first_day_of_the_pause", open, "2026-11-01", "ends_on"},
		{"REG-23_the_day_after", open, "2026-11-02", ""},
		{"REG-23_a_month_ahead", open, "2026-12-22", ""},
		{"REG-23_a_day_more_than_a_month_ahead", open, "2026-12-23", "ends_on"},
		{"REG-21_up_to_a_later_pause", later, "2026-12-01", ""},
		{"REG-21_into_a_later_pause", later, "2026-12-02", "ends_on"},
		{"REG-36_after_the_outcome", ended(open), "2026-11-10", "conflict"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := refused(t, c.r.Return(at(c.on), today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
	if got := refused(t, open.Return(asye.Date{}, today)); got != "ends_on" {
		t.Errorf("no day: refused for %q", got)
	}
}

func TestHoursRules(t *testing.T) {
	year := running(t)
	second := year.WithPattern(registration.Pattern{Period: asye.Since(at("2026-10-01")), Hours: 1850, FullTimeHours: 3700})
	pattern := func(from string, hours, full registration.Hours) registration.Pattern {
		return registration.Pattern{Period: asye.Since(at(from)), Hours: hours, FullTimeHours: full}
	}
	cases := []struct {
		name string
		r    registration.Record
		p    registration.Pattern
		want string
	}{
		{"REG-25_no_day", year, registration.Pattern{Hours: 100, FullTimeHours: 3700}, "starts_on"},
		{"REG-25_the_day_before_the_year", year, pattern("2026-08-31", 1850, 3700), "starts_on|starts_on"},
		{"REG-25_the_first_day_of_the_year", year, pattern("2026-09-01", 1850, 3700), ""},
		{"REG-25_no_hours", year, pattern("2026-12-01", 0, 3700), "hours"},
		{"REG-25_the_fewest_hours", year, pattern("2026-12-01", 1, 3700), ""},
		{"REG-25_full_time", year, pattern("2026-12-01", 3700, 3700), ""},
		{"REG-25_more_than_full_time", year, pattern("2026-12-01", 3701, 3700), "hours"},
		{"REG-25_every_hour_of_the_week", year, pattern("2026-12-01", 16800, 16800), ""},
		{"REG-25_more_hours_than_a_week_has", year, pattern("2026-12-01", 3700, 16801), "full_time_hours"},
		{"REG-25_the_day_before_the_last_pattern", second, pattern("2026-09-30", 3700, 3700), "starts_on"},
		{"REG-25_the_day_of_the_last_pattern", second, pattern("2026-10-01", 3700, 3700), ""},
		{"REG-36_after_the_outcome", ended(year), pattern("2026-12-01", 1850, 3700), "conflict"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.r.WorkFrom(c.p)
			if strings.Contains(c.want, "|") {
				if found := fault.ProblemsOf(err); len(found) == 0 || found[0].Field != "starts_on" {
					t.Errorf("refused for %v", err)
				}
				return
			}
			if got := refused(t, err); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

func TestExtensionRules(t *testing.T) {
	year := running(t)
	good := registration.Extension{Months: 1, Reason: "evidence", Approver: "P Anel", ApprovedOn: at("2026-11-22")}
	with := func(change func(*registration.Extension)) registration.Extension {
		e := good
		change(&e)
		return e
	}
	cases := []struct {
		name string
		e    registration.Extension
		want string
	}{
		{"REG-26_approved_today", good, ""},
		{"REG-26_approved_tomorrow", with(func(e *registration.Extension) { e.ApprovedOn = at("2026-11-23") }), "approved_on"},
		{"REG-26_no_date_of_approval", with(func(e *registration.Extension) { e.ApprovedOn = asye.Date{} }), "approved_on"},
		{"REG-26_nothing_added", with(func(e *registration.Extension) { e.Months = 0 }), "months"},
		{"REG-26_one_day", with(func(e *registration.Extension) { e.Months, e.Days = 0, 1 }), ""},
		{"REG-26_24_months", with(func(e *registration.Extension) { e.Months = 24 }), ""},
		{"REG-26_25_months", with(func(e *registration.Extension) { e.Months = 25 }), "months"},
		{"REG-26_366_days", with(func(e *registration.Extension) { e.Days = 366 }), ""},
		{"REG-26_367_days", with(func(e *registration.Extension) { e.Days = 367 }), "months"},
		{"REG-26_less_than_nothing", with(func(e *registration.Extension) { e.Days = -1 }), "months"},
		{"REG-26_no_reason", with(func(e *registration.Extension) { e.Reason = "" }), "reason"},
		{"REG-26_a_reason_of_a_pause", with(func(e *registration.Extension) { e.Reason = "sickness" }), "reason"},
		{"REG-26_nobody_approved", with(func(e *registration.Extension) { e.Approver = "" }), "approver"},
		{"REG-26_a_name_of_200", with(func(e *registration.Extension) { e.Approver = strings.Repeat("x", 200) }), ""},
		{"REG-26_a_name_of_201", with(func(e *registration.Extension) { e.Approver = strings.Repeat("x", 201) }), "approver"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := refused(t, year.Extend(c.e, today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
	if got := refused(t, ended(year).Extend(good, today)); got != "conflict" {
		t.Errorf("REG-36 after the outcome: refused for %q", got)
	}
}

func TestAllocationRules(t *testing.T) {
	year := running(t)
	year.Assessors = []registration.Allocation{{ID: "x", Name: "Ann", Period: asye.Since(at("2026-10-01"))}}
	cases := []struct {
		name string
		a    registration.Allocate
		want string
	}{
		{"REG-27_the_day_of_the_present_one", registration.Allocate{AssessorName: "Bo", From: at("2026-10-01")}, ""},
		{"REG-27_the_day_before", registration.Allocate{AssessorName: "Bo", From: at("2026-09-30")}, "from"},
		{"REG-27_no_day", registration.Allocate{AssessorName: "Bo"}, "from"},
		{"REG-27_an_address_without_a_name", registration.Allocate{AssessorEmail: "bo@example.org", From: at("2026-11-01")}, "assessor_name"},
		{"REG-27_no_address_at_all", registration.Allocate{AssessorName: "Bo", AssessorEmail: "bo", From: at("2026-11-01")}, "assessor_email"},
		{"REG-27_a_team_of_200", registration.Allocate{Team: strings.Repeat("x", 200), From: at("2026-11-01")}, ""},
		{"REG-27_a_team_of_201", registration.Allocate{Team: strings.Repeat("x", 201), From: at("2026-11-01")}, "team"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := refused(t, year.Allocate(c.a)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

// What a page shows before saving must be what the store then derives.
func TestPreviewIsWhatTheStoreDerives(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		check := func(what string, shown registration.Record, err error) {
			t.Helper()
			must(t, err)
			r = h.Record(t, ours, r.ID)
			if want := shown.Schedule(today).End; r.DueOn != want {
				t.Errorf("%s: shown %s, stored %s", what, want, r.DueOn)
			}
		}
		pause := registration.Pause{Period: between("2026-10-05", ""), Reason: "sickness"}
		check("pause", r.WithPause(pause), h.Pause(ctx, ours, r.ID, r.Version, pause))
		check("return", r.WithReturn(at("2026-11-05")), h.Return(ctx, ours, r.ID, r.Version, at("2026-11-05")))
		hours := registration.Pattern{Period: asye.Since(at("2026-11-10")), Hours: 2220, FullTimeHours: 3700}
		check("hours", r.WithPattern(hours), h.WorkFrom(ctx, ours, r.ID, r.Version, hours))
		hours.Hours = 1110
		check("hours again", r.WithPattern(hours), h.WorkFrom(ctx, ours, r.ID, r.Version, hours))
		longer := registration.Extension{Months: 2, Days: 3, Reason: "evidence", Approver: "P", ApprovedOn: today}
		check("extension", r.WithExtension(longer), h.Extend(ctx, ours, r.ID, r.Version, longer))
		undone := r.Extensions[0].ID
		check("undo", r.WithoutExtension(undone), h.UndoExtension(ctx, ours, r.ID, r.Version, undone, "A slip"))
		gone := r.Pauses[0].ID
		check("removal", r.WithoutPause(gone), h.RemovePause(ctx, ours, r.ID, r.Version, gone, "A slip"))
		if _, still := r.PauseOf(gone); still {
			t.Error("the pause is still there")
		}
		if _, still := r.ExtensionOf(undone); still {
			t.Error("the extension still stands")
		}
	})
}

func TestReasonsAreGivenAndNotTooLong(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Pause(ctx, ours, r.ID, r.Version, registration.Pause{Period: between("2026-10-05", ""), Reason: "sickness"}))
		r = h.Record(t, ours, r.ID)
		for text, want := range map[string]string{"": "undo_reason", strings.Repeat("x", 2001): "undo_reason", strings.Repeat("x", 2000): ""} {
			if got := refused(t, h.RemovePause(ctx, ours, r.ID, r.Version, r.Pauses[0].ID, text)); got != want {
				t.Errorf("a reason of %d characters: refused for %q", len(text), got)
			}
			if want == "" {
				break
			}
		}
	})
}
