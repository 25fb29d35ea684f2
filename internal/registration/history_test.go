package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// Every kind of event has words of its own.
func TestHistoryTellsEverything(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, ours, entry(1))
		version := func() int { return h.Record(t, ours, added.ID).Version }
		must(t, h.WorkFrom(ctx, ours, added.ID, version(), registration.Pattern{Period: asye.Since(at("2026-10-05")), Hours: 2220, FullTimeHours: 3700}))
		must(t, h.Pause(ctx, ours, added.ID, version(), registration.Pause{Period: asye.Since(at("2026-11-02")), Reason: "sickness"}))
		must(t, h.Return(ctx, ours, added.ID, version(), at("2026-11-16")))
		must(t, h.Extend(ctx, ours, added.ID, version(), registration.Extension{Months: 1, Days: 10, Reason: "support-plan", Approver: "Dana", ApprovedOn: at("2026-11-20")}))
		must(t, h.Allocate(ctx, ours, added.ID, version(), registration.Allocate{Team: "South", From: at("2026-11-20")}))
		must(t, h.Decide(ctx, ours, added.ID, version(), registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-21")}))
		must(t, h.Undo(ctx, ours, added.ID, version(), "Recorded for the wrong person."))
		must(t, h.Leaving(ctx, ours, added.ID, version(), "", at("2026-12-01")))
		must(t, h.Cancel(ctx, ours, added.ID, version()))

		events, total, err := h.History(ctx, ours, added.ID, 0)
		if err != nil || total != len(events) {
			t.Fatalf("%d of %d events, %v", len(events), total, err)
		}
		want := []registration.Told{
			{Title: "Transfer cancelled", Text: "The year stays where it was."},
			{Title: "Leaving reported by the employer", Text: "The last day there is 30 November 2026."},
			{Title: "Outcome undone", Text: "It had been: failed, on 20 November 2026. The year runs again. Reason given: Recorded for the wrong person."},
			{Title: "Outcome: failed", Text: "Decided on 20 November 2026; the NQSW was told in writing on 21 November 2026."},
			{Title: "Team, assessor or coordinator changed", Text: "From 20 November 2026: team South, no assessor any longer (was Ann Assessor)."},
			{Title: "Year extended by 1 month and 10 days", Text: "More time to meet the standard, with a support plan. Approved by Dana on 20 November 2026."},
			{Title: "Return from the pause", Text: "Work started again on 16 November 2026."},
			{Title: "Year paused", Text: "Long-term sickness, from 2 November 2026."},
			{Title: "Hours changed", Text: "From 5 October 2026: 22.2 of 37 hours a week, part-time (was 37 hours a week, full-time)."},
			{Title: "Registered", Text: "The year starts on 1 September 2026, on 37 hours a week, full-time."},
		}
		if len(events) != len(want) {
			t.Fatalf("%d events, want %d", len(events), len(want))
		}
		rules := h.Record(t, ours, added.ID).Rules
		for i, e := range events {
			if got := e.Tell(rules); got != want[i] {
				t.Errorf("%s is told as %+v, want %+v", e.What, got, want[i])
			}
			if e.By() != "Co a" {
				t.Errorf("%s was done by %q", e.What, e.By())
			}
		}
		if two, total, err := h.History(ctx, ours, added.ID, 2); err != nil || len(two) != 2 || total != len(want) {
			t.Errorf("the latest two are %d of %d, %v", len(two), total, err)
		}
		mine := tenant.SignedIn(added.Person, "a", asye.NQSW)
		if own, _, err := h.MyHistory(ctx, mine, 0); err != nil || len(own) != len(want) {
			t.Errorf("their own history has %d events, %v", len(own), err)
		}
	})
}

func TestHistoryBy(t *testing.T) {
	for want, e := range map[string]registration.Event{
		"Co a":                        {Actor: "person", Person: "Co a"},
		"Co a, on behalf of Sam Reed": {Actor: "person", Person: "Co a", Behalf: "Sam Reed"},
		"The service itself":          {Actor: "system", Reason: "example"},
		"A file brought in from the command line": {Actor: "import", Reason: "cohort.csv"},
		"Somebody whose name is no longer kept":   {Actor: "person"},
	} {
		if got := e.By(); got != want {
			t.Errorf("by %q, want %q", got, want)
		}
	}
	unknown := registration.Event{What: "registration.somethingNew", Actor: "person", Reason: "A reason"}
	if got := unknown.Tell(running(t).Rules); got.Title != "The record was changed" || got.Text != "Reason given: A reason." {
		t.Errorf("an event without words of its own is told as %+v", got)
	}
}

// What one employer has, another cannot reach by any of these.
func TestLookupsKeepEmployersApart(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, them, entry(1))
		if events, total, err := h.History(ctx, ours, added.ID, 0); err != nil || total != 0 || len(events) != 0 {
			t.Errorf("another employer's history: %d events, %v", total, err)
		}
		if err := h.Running(ctx, ours, entry(1).Number); err != nil {
			t.Errorf("REG-8 a year with another employer is no business of ours: %v", err)
		}
		if err := h.Running(ctx, them, entry(1).Number); err == nil {
			t.Error("REG-8 a year with the same employer is running")
		}
		h.Register(t, ours, entry(2, func(e *registration.Entry) { e.Number = entry(1).Number }))
		if paired, err := h.Paired(ctx, ours, added.ID); err != nil || paired {
			t.Errorf("REG-50 a pair of another employer's record: %t, %v", paired, err)
		}
		if paired, err := h.Paired(ctx, them, added.ID); err != nil || !paired {
			t.Errorf("REG-50 the pair on their own record: %t, %v", paired, err)
		}
		if w, err := h.Waiting(ctx, ours); err != nil || w.Confirming != 1 {
			t.Errorf("waiting = %+v, %v; want our own NQSW only", w, err)
		}
		if _, err := h.NameOf(ctx, ours, entry(1).Number); err == nil {
			t.Error("a coordinator can look a number up across employers")
		}
		if name, err := h.NameOf(ctx, tenant.System("test"), "SW987654"); err != nil || name != "" {
			t.Errorf("the name of an unknown number = %q, %v", name, err)
		}
	})
}
