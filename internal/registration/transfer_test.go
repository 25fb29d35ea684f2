package registration_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

var then = asye.InstantOf(dbtest.Start)

// withTransfer is a record with one transfer under way.
func withTransfer(r registration.Record, t registration.Transfer) registration.Record {
	r.Transfers = []registration.Transfer{t}
	return r
}

// second is a year that moved to its second employer on 1 November 2026.
func second(t *testing.T) registration.Record {
	t.Helper()
	r := running(t)
	r.Employments = []registration.Employment{{Org: "b", Period: between("2026-09-01", "2026-11-01")}, {Org: "a", Period: between("2026-11-01", "")}}
	return r
}

func TestLeavingRules(t *testing.T) {
	year := running(t)
	reported := registration.Transfer{Status: registration.TransferReported, ReportedAt: then, LeavesOn: at("2026-12-01")}
	claimed := registration.Transfer{Status: registration.TransferClaimed, ClaimedAt: then, JoinsOn: at("2026-12-01")}
	cases := []struct {
		name string
		r    registration.Record
		on   string
		want string
	}{
		{"REG-40_no_day", year, "", "leaves_on"},
		{"REG-40_the_first_day_of_the_year", year, "2026-09-01", "leaves_on"},
		{"REG-40_the_day_after", year, "2026-09-02", ""},
		{"REG-40_six_months_ahead", year, "2027-05-22", ""},
		{"REG-40_a_day_more", year, "2027-05-23", "leaves_on"},
		{"REG-40_reported_already", withTransfer(year, reported), "2026-12-01", "conflict"},
		{"REG-40_claimed_first", withTransfer(year, claimed), "2026-12-01", ""},
		{"REG-40_the_day_of_joining_the_present_employer", second(t), "2026-11-01", "leaves_on"},
		{"REG-40_the_day_after_joining_the_present_employer", second(t), "2026-11-02", ""},
		{"REG-36_after_the_outcome", ended(year), "2026-12-01", "conflict"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var on asye.Date
			if c.on != "" {
				on = at(c.on)
			}
			if got := refused(t, c.r.Leave(on, today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

func TestJoiningRules(t *testing.T) {
	year := running(t)
	claimed := registration.Transfer{Status: registration.TransferClaimed, ClaimedAt: then}
	reported := registration.Transfer{Status: registration.TransferReported, ReportedAt: then}
	cases := []struct {
		name string
		r    registration.Record
		to   asye.OrganisationID
		on   string
		want string
	}{
		{"REG-41_no_day", year, "b", "", "joins_on"},
		{"REG-41_the_first_day_of_the_year", year, "b", "2026-09-01", "joins_on"},
		{"REG-41_the_day_after", year, "b", "2026-09-02", ""},
		{"REG-41_six_months_ahead", year, "b", "2027-05-22", ""},
		{"REG-41_a_day_more", year, "b", "2027-05-23", "joins_on"},
		{"REG-41_claimed_already", withTransfer(year, claimed), "b", "2026-12-01", "conflict"},
		{"REG-41_reported_first", withTransfer(year, reported), "b", "2026-12-01", ""},
		{"REG-41_ones_own_NQSW", year, "a", "2026-12-01", "conflict"},
		{"REG-41_the_day_of_joining_the_present_employer", second(t), "b", "2026-11-01", "joins_on"},
		{"REG-41_the_day_after_joining_the_present_employer", second(t), "b", "2026-11-02", ""},
		{"REG-36_after_the_outcome", ended(year), "b", "2026-12-01", "conflict"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var on asye.Date
			if c.on != "" {
				on = at(c.on)
			}
			if got := refused(t, c.r.Join(c.to, on, today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}

func TestBothHaveSpoken(t *testing.T) {
	cases := []struct {
		name              string
		reported, claimed bool
		leaves, joins     string
		want              registration.TransferStatus
	}{
		{"REG-43_only_reported", true, false, "2026-12-01", "2026-12-01", registration.TransferReported},
		{"REG-43_only_claimed", false, true, "2026-12-01", "2026-12-01", registration.TransferClaimed},
		{"REG-43_without_a_gap", true, true, "2026-12-01", "2026-12-01", registration.TransferAgreed},
		{"REG-43_with_a_gap", true, true, "2026-12-01", "2027-02-01", registration.TransferAgreed},
		{"REG-43_joining_a_day_before_leaving", true, true, "2026-12-01", "2026-11-30", registration.TransferDisputed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tr := registration.Transfer{LeavesOn: at(c.leaves), JoinsOn: at(c.joins)}
			if c.reported {
				tr.ReportedAt = then
			}
			if c.claimed {
				tr.ClaimedAt = then
			}
			status, dispute := tr.Both()
			if status != c.want || (dispute != "") != (status == registration.TransferDisputed) {
				t.Errorf("%s, %q", status, dispute)
			}
			tr.Status, tr.FromName = status, "Ashford"
			if waiting := tr.Waiting(); waiting == "Nothing" || !tr.IsOpen() {
				t.Errorf("%s waits for %q", status, waiting)
			}
		})
	}
	confirmed := registration.Transfer{Status: registration.TransferConfirmed, JoinsOn: at("2026-12-07")}
	if waiting := confirmed.Waiting(); !confirmed.IsOpen() || waiting != "It is confirmed: the year moves on 7 December 2026" {
		t.Errorf("a confirmed move waits for %q", waiting)
	}
	for _, status := range []registration.TransferStatus{registration.TransferCompleted, registration.TransferCancelled} {
		if tr := (registration.Transfer{Status: status}); tr.IsOpen() || tr.Waiting() != "Nothing" {
			t.Errorf("%s is open", status)
		}
	}
}

func wanted(r registration.Record, joins string) registration.Wanted {
	return registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at(joins)}
}

func TestREG42_AClaimThatFindsNobodyHasOneAnswer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		over := h.Register(t, ours, entry(2))
		must(t, h.Decide(ctx, ours, over.ID, over.Version, registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}))
		answers := map[string]bool{}
		for _, w := range []registration.Wanted{
			{Number: "SW9", DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")},
			{Number: r.Number, DateOfBirth: at("1998-02-04"), JoinsOn: at("2026-12-01")},
			wanted(over, "2026-12-01"),
		} {
			err := h.Claim(ctx, them, w)
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("%v", err)
			}
			answers[err.Error()] = true
		}
		if err := h.Claim(ctx, ours, wanted(r, "2026-12-01")); fault.KindOf(err) != fault.Conflict {
			t.Errorf("one's own NQSW: %v", err)
		}
		if len(answers) != 1 {
			t.Errorf("%d answers: %v", len(answers), answers)
		}
	})
}

func TestREG43_AClaimByAnotherThanTheOneNamedIsDisputed(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Employer(t, "c", "303", "Carwick")
		r := h.Register(t, ours, entry(1))
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "c", at("2026-12-01")))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		open := h.Record(t, ours, r.ID).OpenTransfer()
		if open.Status != registration.TransferDisputed || !strings.Contains(open.Dispute, "named another employer, Carwick,") {
			t.Errorf("%s: %s", open.Status, open.Dispute)
		}
	})
}

func TestREG44_OnlyTheNQSWConfirmsAndOnlyWhatBothSaid(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r, other := h.Register(t, ours, entry(1)), h.Register(t, ours, entry(2))
		self := tenant.SignedIn(r.Person, "a", asye.NQSW)
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "", at("2026-12-01")))
		id := h.Record(t, ours, r.ID).OpenTransfer().ID
		if err := h.Confirm(ctx, self, id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("before the claim: %v", err)
		}
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		if err := h.Confirm(ctx, tenant.SignedIn(other.Person, "a", asye.NQSW), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("by another NQSW: %v", err)
		}
		if err := h.Deny(ctx, self, id, ""); fault.KindOf(err) != fault.Invalid {
			t.Errorf("denied without a reason: %v", err)
		}
		must(t, h.Deny(ctx, self, id, "Not yet"))
		must(t, h.Deny(ctx, self, id, "Ask payroll"))
		if got := h.Record(t, ours, r.ID).OpenTransfer().Dispute; got != "The NQSW says: Not yet\nThe NQSW says: Ask payroll" {
			t.Errorf("dispute %q", got)
		}
		if err := h.Confirm(ctx, self, id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("confirmed while disputed: %v", err)
		}
		if err := h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "Mine too"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("objected while disputed: %v", err)
		}
	})
}

func TestREG45_RulingsAreJudged(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "No"))
		queue, err := h.Disputes(ctx, team)
		must(t, err)
		id, seen := queue[0].ID, queue[0].Version
		for name, c := range map[string]struct {
			ruling registration.Ruling
			want   string
		}{
			"no reason":            {registration.Ruling{}, "why"},
			"no day of leaving":    {registration.Ruling{Moves: true, JoinsOn: at("2026-12-01"), Why: "x"}, "leaves_on"},
			"no day of joining":    {registration.Ruling{Moves: true, LeavesOn: at("2026-12-01"), Why: "x"}, "joins_on"},
			"joins before leaving": {registration.Ruling{Moves: true, LeavesOn: at("2026-12-02"), JoinsOn: at("2026-12-01"), Why: "x"}, "joins_on"},
			"leaves on day one":    {registration.Ruling{Moves: true, LeavesOn: at("2026-09-01"), JoinsOn: at("2026-09-01"), Why: "x"}, "leaves_on"},
		} {
			if got := refused(t, h.Rule(ctx, team, id, seen, c.ruling)); got != c.want {
				t.Errorf("%s: refused for %q, want %q", name, got, c.want)
			}
		}
		if err := h.Rule(ctx, ours, id, seen, registration.Ruling{Why: "x"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("by a coordinator: %v", err)
		}
		if err := h.Rule(ctx, team, id, seen+1, registration.Ruling{Why: "x"}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("stale: %v", err)
		}
		must(t, h.Rule(ctx, team, id, seen, registration.Ruling{Moves: true, LeavesOn: at("2026-09-02"), JoinsOn: at("2026-09-02"), Why: "Contract seen"}))
		if got := h.Record(t, them, r.ID).Transfers[0]; got.Resolution != "Contract seen" || got.Status != registration.TransferCompleted {
			t.Errorf("%+v", got)
		}
	})
}
