package registration_test

import (
	"errors"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
)

func miss(joins string) registration.Wanted {
	return registration.Wanted{Number: "SW9", DateOfBirth: at("1998-02-03"), JoinsOn: at(joins)}
}

// An organisation that fishes for other employers' NQSWs is found out, and
// stopped for a day.
func TestREG47_ClaimsThatMatchNobodyAreCounted(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		for range 19 {
			if err := h.Claim(ctx, them, miss("2026-12-01")); fault.KindOf(err) != fault.Invalid {
				t.Fatalf("%v", err)
			}
		}
		if err := h.Claim(ctx, them, miss("2028-12-01")); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("a day that cannot be: %v", err)
		}
		if n := h.Count(t, `audit_lines where what = 'registration.claimMissed' and org_id = 'b' and actor_id = 'co-b'`); n != 19 {
			t.Errorf("%d lines, want one for each claim that looked for somebody", n)
		}
		if err := h.Claim(ctx, them, miss("2026-12-01")); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the twentieth: %v", err)
		}
		if err := h.Claim(ctx, them, wanted(r, "2026-12-01")); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the twenty-first, of somebody who is there: %v", err)
		}
		third := h.Employer(t, "c", "303", "Carwick")
		if err := h.Claim(ctx, third, miss("2026-12-01")); fault.KindOf(err) != fault.Invalid {
			t.Errorf("another organisation: %v", err)
		}
		h.Until(t, at("2026-11-23"))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
	})
}

// A claim of one's own NQSW says where the record is, and is no miss.
func TestREG41_OnesOwnNQSWIsNamed(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		err := h.Claim(ctx, ours, wanted(r, "2026-12-01"))
		var own registration.Ours
		if !errors.As(err, &own) || own.ID != r.ID || own.Reference != r.Reference || fault.KindOf(err) != fault.Conflict {
			t.Errorf("%#v", err)
		}
		if n := h.Count(t, `audit_lines where what = 'registration.claimMissed'`); n != 0 {
			t.Errorf("%d misses counted", n)
		}
		wrong := wanted(r, "2026-12-01")
		wrong.DateOfBirth = at("1998-02-04")
		if err := h.Claim(ctx, h.Employer(t, "c", "303", "Carwick"), wrong); errors.As(err, &own) {
			t.Errorf("another employer learns of the record: %v", err)
		}
	})
}

func TestREG49_AnOwnClaimIsCorrectedOrTakenBack(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		claim := h.Record(t, ours, r.ID).OpenTransfer()
		mine, err := h.MyClaim(ctx, them, claim.ID)
		if err != nil || mine.Name != "Amara Okafor1" {
			t.Fatalf("%+v, %v", mine, err)
		}
		for name, call := range map[string]func() error{
			"MyClaim":       func() error { _, err := h.MyClaim(ctx, ours, claim.ID); return err },
			"CorrectClaim":  func() error { return h.CorrectClaim(ctx, ours, claim.ID, mine.Version, at("2026-12-02")) },
			"TakeBackClaim": func() error { return h.TakeBackClaim(ctx, ours, claim.ID, mine.Version) },
		} {
			if err := call(); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s by the other employer: %v", name, err)
			}
		}
		if got := refused(t, h.CorrectClaim(ctx, them, claim.ID, mine.Version, at("2026-09-01"))); got != "joins_on" {
			t.Errorf("on the first day of the year: refused for %q", got)
		}
		must(t, h.CorrectClaim(ctx, them, claim.ID, mine.Version, at("2026-12-08")))
		if got := h.Record(t, ours, r.ID).OpenTransfer(); got.JoinsOn != at("2026-12-08") || got.Status != registration.TransferClaimed {
			t.Errorf("corrected: %+v", got)
		}
		if err := h.TakeBackClaim(ctx, them, claim.ID, mine.Version); !errors.Is(err, db.ErrStale) {
			t.Errorf("stale: %v", err)
		}
		must(t, h.TakeBackClaim(ctx, them, claim.ID, mine.Version+1))
		if h.Record(t, ours, r.ID).OpenTransfer() != nil {
			t.Error("the claim still stands")
		}
	})
}

func TestREG49_NotOnceItIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		must(t, h.Leaving(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "", at("2026-12-01")))
		claim := h.Record(t, ours, r.ID).OpenTransfer()
		if err := h.CorrectClaim(ctx, them, claim.ID, claim.Version, at("2026-12-08")); fault.KindOf(err) != fault.Conflict {
			t.Errorf("corrected: %v", err)
		}
		if err := h.TakeBackClaim(ctx, them, claim.ID, claim.Version); fault.KindOf(err) != fault.Conflict {
			t.Errorf("taken back: %v", err)
		}
	})
}

// An employer of years gone by cannot change somebody's details behind the back
// of the present one.
func TestREG9_AFormerEmployerChangesNoDetails(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		first := h.Register(t, ours, entry(1))
		details := first.NQSW.Details()
		must(t, h.Decide(ctx, ours, first.ID, first.Version, registration.Outcome{Result: "withdrawn",
			DecidedOn: at("2026-10-01"), Reason: "other", Concerns: "no"}))
		details.Identity.FamilyName = "Okafor"
		must(t, h.ChangeDetails(ctx, ours, first.ID, first.NQSW.Version, details)) // nobody else's, so far
		second := h.Register(t, them, entry(1, func(e *registration.Entry) {
			e.StartsOn, e.Identity.Email = at("2026-11-01"), "second@example.org"
		}))
		pairs, err := h.Twins(ctx, team)
		must(t, err)
		must(t, h.Judge(ctx, team, pairs[0].ID, true, "Seen both contracts"))
		seen := h.Record(t, ours, first.ID).NQSW.Version
		details.DateOfBirth = at("1997-01-01")
		if err := h.ChangeDetails(ctx, ours, first.ID, seen, details); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("by the former employer: %v", err)
		}
		must(t, h.ChangeDetails(ctx, them, second.ID, seen, details))
	})
}
