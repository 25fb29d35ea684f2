package registration_test

import (
	"errors"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
	"pgregory.net/rapid"
)

// TestAnySequenceKeepsThePeriods does random things to one year, sensible or
// not. What is refused must be refused with a kind, and whatever happens no
// periods overlap, one of each is open at most, and the end that lists sort by
// is the one that the facts give.
func TestAnySequenceKeepsThePeriods(t *testing.T) {
	h := onSQLite(t)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		e := entry(n)
		e.Identity.Email, e.StartsOn = "", at("2025-06-01").AddDays(rapid.IntRange(0, 500).Draw(t, "start"))
		added, err := h.Add(ctx, ours, e)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			step(t, h, added.ID)
		}
		r, err := h.Get(ctx, ours, added.ID)
		if err != nil {
			t.Fatal(err)
		}
		if due := r.Schedule(at("2026-11-22")).End; r.DueOn != due {
			t.Fatalf("stored end %s, derived end %s", r.DueOn, due)
		}
		periods(t, "pauses", r.Pauses, func(p registration.Pause) asye.Period { return p.Period })
		periods(t, "patterns", r.Patterns, func(p registration.Pattern) asye.Period { return p.Period })
		periods(t, "assessors", r.Assessors, func(a registration.Allocation) asye.Period { return a.Period })
	})
}

func step(t *rapid.T, h house, id asye.EnrolmentID) {
	r, err := h.Get(ctx, ours, id)
	if err != nil {
		t.Fatal(err)
	}
	day := func(name string) asye.Date { return at("2025-06-01").AddDays(rapid.IntRange(0, 900).Draw(t, name)) }
	switch rapid.SampledFrom([]string{"pause", "pause", "return", "hours", "extend", "allocate", "decide", "undo"}).Draw(t, "step") {
	case "pause":
		p := registration.Pause{Period: asye.Since(day("from")), Reason: "sickness"}
		if rapid.Bool().Draw(t, "whole") {
			p.Period.End = day("until")
		}
		err = h.Pause(ctx, ours, id, r.Version, p)
	case "return":
		err = h.Return(ctx, ours, id, r.Version, day("return"))
	case "hours":
		err = h.WorkFrom(ctx, ours, id, r.Version, registration.Pattern{Period: asye.Since(day("hours")),
			Hours: registration.Hours(rapid.IntRange(100, 3700).Draw(t, "n")), FullTimeHours: 3700})
	case "extend":
		err = h.Extend(ctx, ours, id, r.Version, registration.Extension{Months: rapid.IntRange(0, 6).Draw(t, "months"),
			Days: rapid.IntRange(0, 40).Draw(t, "days"), Reason: "evidence", Approver: "P Anel", ApprovedOn: day("approved")})
	case "allocate":
		err = h.Allocate(ctx, ours, id, r.Version, registration.Allocate{Team: "T", AssessorName: "Someone Else",
			AssessorEmail: rapid.SampledFrom([]string{"", "a@example.org"}).Draw(t, "mail"), From: day("allocated")})
	case "decide":
		err = h.Decide(ctx, ours, id, r.Version, registration.Outcome{DecidedOn: day("decided"), ToldOn: day("told"),
			Result: rapid.SampledFrom([]registration.Result{"passed", "failed", "withdrawn"}).Draw(t, "result"), Reason: "other", Concerns: "no"})
	case "undo":
		err = h.Undo(ctx, ours, id, r.Version, "A slip")
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		t.Fatalf("refused without a kind: %v", err)
	}
	if errors.Is(err, db.ErrStale) {
		t.Fatalf("nobody else was at work: %v", err)
	}
}

func periods[T any](t *rapid.T, what string, all []T, of func(T) asye.Period) {
	open := 0
	for i := range all {
		if of(all[i]).IsOpen() {
			open++
		}
		for j := range i {
			if of(all[i]).Overlaps(of(all[j])) {
				t.Fatalf("%s overlap: %v and %v", what, of(all[i]), of(all[j]))
			}
		}
	}
	if open > 1 {
		t.Fatalf("%d open %s", open, what)
	}
}

// TestUndoForgetsWhatHadNotBegun: what was to change after the day of an outcome
// is gone, and what held on that day holds on.
func TestUndoForgetsWhatHadNotBegun(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Allocate(ctx, ours, r.ID, r.Version, registration.Allocate{Team: "Duty", AssessorName: "Bo Next", From: at("2027-03-01")}))
		must(t, h.Allocate(ctx, ours, r.ID, r.Version+1, registration.Allocate{Team: "Duty", AssessorName: "Cy Last", From: at("2027-05-01")}))
		must(t, h.WorkFrom(ctx, ours, r.ID, r.Version+2, registration.Pattern{Period: asye.Since(at("2027-03-01")), Hours: 1850, FullTimeHours: 3700}))
		must(t, h.Decide(ctx, ours, r.ID, r.Version+3, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "other", Concerns: "no"}))
		must(t, h.Undo(ctx, ours, r.ID, r.Version+4, "The wrong person"))
		again := h.Record(t, ours, r.ID)
		if again.AssessedBy().Name != "Ann Assessor" || again.Pattern().Hours != 3700 || again.DueOn != r.DueOn {
			t.Errorf("%s assesses, %s hours, due %s", again.AssessedBy().Name, again.Pattern().Hours, again.DueOn)
		}
		must(t, h.Allocate(ctx, ours, r.ID, again.Version, registration.Allocate{Team: "Duty", AssessorName: "Di Now", From: at("2026-11-22")}))
	})
}

// TestOrderOfRecordingMakesNoDifference records the same facts in two orders.
func TestOrderOfRecordingMakesNoDifference(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		version := func(id asye.EnrolmentID) int { return h.Record(t, ours, id).Version }
		pause := func(id asye.EnrolmentID) error {
			return h.Pause(ctx, ours, id, version(id), registration.Pause{Reason: "parental-leave",
				Period: asye.Period{Start: at("2026-10-01"), End: at("2026-11-01")}})
		}
		hours := func(id asye.EnrolmentID) error {
			return h.WorkFrom(ctx, ours, id, version(id), registration.Pattern{Period: asye.Since(at("2026-10-15")), Hours: 2220, FullTimeHours: 3700})
		}
		extend := func(id asye.EnrolmentID) error {
			return h.Extend(ctx, ours, id, version(id), registration.Extension{Months: 1, Reason: "evidence", Approver: "P", ApprovedOn: at("2026-11-01")})
		}
		one, other := h.Register(t, ours, entry(1)), h.Register(t, ours, entry(2))
		for _, f := range []func(asye.EnrolmentID) error{pause, hours, extend} {
			must(t, f(one.ID))
		}
		for _, f := range []func(asye.EnrolmentID) error{extend, hours, pause} {
			must(t, f(other.ID))
		}
		if a, b := h.Record(t, ours, one.ID).DueOn, h.Record(t, ours, other.ID).DueOn; a != b || a.IsZero() {
			t.Errorf("%s and %s", a, b)
		}
	})
}
