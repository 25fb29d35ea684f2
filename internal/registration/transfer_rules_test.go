package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// A claim that finds nobody is answered alike, whatever the cause: nobody can
// find out who works where by trying numbers.
func TestREG42_AClaimThatFindsNobodySaysNoMore(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		there := h.Register(t, ours, entry(1))
		over := h.Register(t, ours, entry(2))
		must(t, h.Decide(ctx, ours, over.ID, 1, registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
		born := entry(1).DateOfBirth
		answers := map[string]bool{}
		for _, w := range []registration.Wanted{
			{Number: "SW987654", DateOfBirth: born, JoinsOn: at("2026-12-01")},                 // nobody has this number
			{Number: entry(1).Number, DateOfBirth: born.AddDays(1), JoinsOn: at("2026-12-01")}, // born on another day
			{Number: entry(2).Number, DateOfBirth: born, JoinsOn: at("2026-12-01")},            // the year has ended
		} {
			err := h.Claim(ctx, them, w)
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("%+v: %v", w, err)
			}
			answers[err.Error()] = true
		}
		if len(answers) != 1 {
			t.Errorf("the answers can be told apart: %v", answers)
		}
		if h.Record(t, ours, there.ID).OpenTransfer() != nil {
			t.Error("a claim that found nobody began a transfer")
		}
	})
}

// The year moves only on the NQSW's word, and not at all on their objection.
func TestREG44_TheNQSWHasTheLastWord(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, ours, entry(1))
		self := tenant.SignedIn(added.Person, "a", asye.NQSW)
		e := entry(1)
		must(t, h.Claim(ctx, them, registration.Wanted{Number: e.Number, DateOfBirth: e.DateOfBirth, JoinsOn: at("2026-12-01")}))
		open := func() *registration.Transfer { return h.Record(t, ours, added.ID).OpenTransfer() }
		if err := h.Confirm(ctx, self, open().ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("confirmed before the losing employer has spoken: %v", err)
		}
		must(t, h.Leaving(ctx, ours, added.ID, h.Record(t, ours, added.ID).Version, "", at("2026-12-01")))
		if open().Status != registration.TransferAgreed {
			t.Fatalf("both have spoken, and the transfer is %s", open().Status)
		}
		if err := h.Deny(ctx, self, open().ID, ""); fault.ProblemsOf(err).For("dispute") == "" {
			t.Errorf("denied without a reason: %v", err)
		}
		must(t, h.Deny(ctx, self, open().ID, "I start a week later"))
		if open().Status != registration.TransferDisputed {
			t.Errorf("denied, and the transfer is %s", open().Status)
		}
		if err := h.Confirm(ctx, self, open().ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("confirmed while the national team decides: %v", err)
		}
	})
}

func TestREG51_APairIsDecidedByAPersonWithANote(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1))
		h.Register(t, them, entry(2, func(e *registration.Entry) { e.Number = entry(1).Number }))
		pairs, err := h.Twins(ctx, team)
		must(t, err)
		if err := h.Judge(ctx, team, pairs[0].ID, false, ""); fault.ProblemsOf(err).For("note") == "" {
			t.Errorf("decided without a note: %v", err)
		}
		if err := h.Judge(ctx, ours, pairs[0].ID, false, "Two people"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("decided by a coordinator: %v", err)
		}
		if n := h.Count(t, "nqsws"); n != 2 {
			t.Errorf("%d people, want both until somebody decides", n)
		}
	})
}
