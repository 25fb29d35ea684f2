package registration_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/registration"
)

func TestOutcomeRules(t *testing.T) {
	year := running(t)
	moving := year
	moving.Transfers = []registration.Transfer{{Status: registration.TransferReported}}
	moved := year
	moved.Transfers = []registration.Transfer{{Status: registration.TransferCompleted}, {Status: registration.TransferCancelled}}
	undone := year
	undone.Outcomes = []registration.Outcome{{Result: "passed", DecidedOn: at("2026-11-01"), UndoneAt: asye.InstantOf(dbtest.Start)}}
	ahead := running(t)
	ahead.StartsOn = at("2026-11-23")
	mistaken := func(day string) registration.Outcome {
		return registration.Outcome{Result: "withdrawn", DecidedOn: at(day), Reason: registration.Mistaken, Concerns: "no"}
	}
	cases := []struct {
		name string
		r    registration.Record
		o    registration.Outcome
		want string
	}{
		{"REG-30_a_first_outcome", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, ""},
		{"REG-30_a_second_outcome", ended(year), registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, "conflict"},
		{"REG-30_another_after_an_undo", undone, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, ""},
		{"REG-31_no_date", year, registration.Outcome{Result: "passed"}, "decided_on"},
		{"REG-31_today", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-22")}, ""},
		{"REG-31_tomorrow", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-23")}, "decided_on"},
		{"REG-31_the_first_day", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-09-01")}, ""},
		{"REG-31_the_day_before", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-08-31")}, "decided_on"},
		{"REG-31_no_result", year, registration.Outcome{DecidedOn: at("2026-11-20")}, "result"},
		{"REG-31_an_unknown_result", year, registration.Outcome{Result: "deferred", DecidedOn: at("2026-11-20")}, "result"},
		{"REG-33_a_pass_while_paused", paused(year, "2026-11-01", ""), registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, "result"},
		{"REG-33_a_fail_while_paused", paused(year, "2026-11-01", ""), registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-20")}, "result"},
		{"REG-33_a_withdrawal_while_paused", paused(year, "2026-11-01", ""), registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "health", Concerns: "no"}, ""},
		{"REG-33_a_pass_after_the_return", paused(year, "2026-11-01", "2026-11-10"), registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, ""},
		{"REG-34_a_fail_without_the_letter", year, registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20")}, "told_on"},
		{"REG-34_told_today", year, registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-22")}, ""},
		{"REG-34_told_tomorrow", year, registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-23")}, "told_on"},
		{"REG-34_told_on_the_day_of_the_decision", year, registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-20")}, ""},
		{"REG-34_told_the_day_before_the_decision", year, registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-19")}, "told_on"},
		{"REG-33_a_pause_that_begins_today", paused(year, "2026-11-22", ""), registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, "result"},
		{"REG-33_a_pause_that_begins_tomorrow", paused(year, "2026-11-23", ""), registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, ""},
		{"REG-37_withdrawn_before_the_start", ahead, mistaken("2026-11-22"), ""},
		{"REG-37_withdrawn_tomorrow", ahead, mistaken("2026-11-23"), "decided_on"},
		{"REG-37_passed_before_the_start", ahead, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, "result"},
		{"REG-37_a_year_that_has_started_keeps_its_first_day", year, mistaken("2026-08-31"), "decided_on"},
		{"REG-35_a_withdrawal_without_a_reason", year, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Concerns: "no"}, "reason"},
		{"REG-35_without_the_answer_about_concerns", year, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "health"}, "concerns"},
		{"REG-35_an_answer_that_is_neither", year, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "health", Concerns: "maybe"}, "concerns"},
		{"REG-35_no_reason_given_is_a_reason", year, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "not-given", Concerns: "yes"}, ""},
		{"REG-32_while_moving", moving, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, "conflict"},
		{"REG-32_after_the_move", moved, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}, ""},
		{"REG-31_the_longest_note", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20"), Note: strings.Repeat("x", 2000)}, ""},
		{"REG-31_one_character_more", year, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20"), Note: strings.Repeat("x", 2001)}, "note"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := refused(t, c.r.Decide(c.o, today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

func TestUndoRules(t *testing.T) {
	year := running(t)
	for name, c := range map[string]struct {
		r      registration.Record
		reason string
		want   string
	}{
		"REG-36_no_outcome":           {year, "A slip", "conflict"},
		"REG-36_no_reason":            {ended(year), "", "reason"},
		"REG-36_with_a_reason":        {ended(year), "A slip", ""},
		"REG-36_the_longest_reason":   {ended(year), strings.Repeat("x", 2000), ""},
		"REG-36_one_character_longer": {ended(year), strings.Repeat("x", 2001), "reason"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := refused(t, c.r.Undo(c.reason)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}
