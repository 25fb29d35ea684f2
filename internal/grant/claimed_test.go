package grant

import (
	"testing"

	"example.org/asye/internal/asye"
)

// seen is how one milestone looks to an employer.
func seen(t *testing.T, f Facts, org asye.OrganisationID, milestone string) Entitlement {
	t.Helper()
	for _, e := range built(t).Entitlements(f, org, on("2026-11-25")) {
		if e.Milestone.Key == milestone {
			return e
		}
	}
	t.Fatalf("there is no %s", milestone)
	return Entitlement{}
}

func TestGRA10_OnceForOnePerson(t *testing.T) {
	ours := straight("2026-09-01")
	for _, one := range []struct {
		name  string
		facts Facts
		org   asye.OrganisationID
		want  State
	}{
		{"nobody has claimed", ours, "kent", Claimable},
		{"we have", ours.claimed("kent", "registration", Claimed), "kent", Claimed},
		{"another has", ours.claimed("surrey", "registration", Claimed), "kent", Clash},
		{"another was paid", ours.claimed("surrey", "registration", Paid), "kent", Clash},
		{"another that is not due to us", ours.moved("essex", "2026-10-01").claimed("kent", "registration", Paid), "essex", Never},
		{"another payment", ours.claimed("surrey", "completion", Claimed), "kent", Claimable},
	} {
		e := seen(t, one.facts, one.org, "registration")
		if e.State != one.want {
			t.Errorf("%s: it is %s, because %v", one.name, e.State, e.Why)
		}
		if e.State == Clash && (e.Scheme.Key != "child-and-family-2026-27" || e.On != one.facts.Start || e.Pence != 100000) {
			t.Errorf("%s: a clash is about what is due to us: %+v", one.name, e)
		}
	}
}

// What stands for another year of the same person is never judged by this one.
func TestGRA10_AcrossTheYearsOfOnePerson(t *testing.T) {
	second := straight("2026-09-01").claimed("kent", "registration", Paid)
	second.Standing[0].Enrolment = "e0"
	if e := seen(t, second, "kent", "registration"); e.State != Never || e.Why[0].Rule != "once" || e.Pence != 0 {
		t.Errorf("a second payment to one employer is %s: %v", e.State, e.Why)
	}
	second.Funded = false
	if e := seen(t, second, "kent", "registration"); e.State != Never || e.Why[0].Rule != "funded" || e.Standing != nil {
		t.Errorf("a second year that is not funded makes the first %s: %v", e.State, e.Why)
	}
	second.Funded, second.Standing[0].Org, second.Standing[0].Scheme = true, "surrey", "child-and-family-2025-26"
	if e := seen(t, second, "kent", "registration"); e.State != Clash {
		t.Errorf("what another employer had for another year is %s: %v", e.State, e.Why)
	}
}

func TestGRA11_WhatIsNoLongerDue(t *testing.T) {
	early := straight("2026-09-01").ended(Withdrawn, "2026-09-10")
	late := straight("2026-09-01").ended(Withdrawn, "2026-10-10")
	before := straight("2026-03-31")
	for _, one := range []struct {
		name  string
		facts Facts
		was   State
		want  State
		rule  string
	}{
		{"due and paid", late, Paid, Paid, "milestones.registration"},
		{"due and claimed", late, Claimed, Claimed, "milestones.registration"},
		{"not due and paid", early, Paid, Recover, "recovery"},
		{"not due and claimed", early, Claimed, Claimed, "doubt"},
		{"not due and being recovered", early, Recover, Recover, "recovery"},
		{"due and being recovered", late, Recover, Recover, "recovery"},
		{"due to another", straight("2026-09-01").moved("surrey", "2026-09-01"), Paid, Recover, "recovery"},
		{"due under another scheme", before, Paid, Recover, "recovery"},
		{"due later", straight("2027-01-04"), Paid, Paid, "doubt"},
	} {
		e := seen(t, one.facts.claimed("kent", "registration", one.was), "kent", "registration")
		if e.State != one.want || e.Why[len(e.Why)-1].Rule != one.rule || e.Pence != 100000 {
			t.Errorf("%s: it is %s of %s, because %v", one.name, e.State, e.Pence, e.Why)
		}
	}
}

// An operator who takes out an old file takes no money back by that.
func TestGRA11_TheFileIsGone(t *testing.T) {
	f := straight("2026-09-01").ended(Withdrawn, "2026-09-10").claimed("kent", "registration", Paid)
	f.Standing[0].Scheme = "child-and-family-2020-21"
	if e := seen(t, f, "kent", "registration"); e.State != Paid || e.Scheme.Key != "child-and-family-2020-21" || e.Why[0].Rule != "scheme" {
		t.Errorf("it is %s of %q: %v", e.State, e.Scheme.Key, e.Why)
	}
	f.Standing[0].Milestone = "interim"
	if e := seen(t, f, "kent", "interim"); e.State != Paid || e.Pence != 100000 || e.Milestone.Name == "" {
		t.Errorf("a milestone that no file has is %s: %v", e.State, e.Why)
	}
	if all := built(t).Entitlements(f, "kent", on("2026-11-25")); len(all) != 3 {
		t.Errorf("there are %d answers", len(all))
	}
}

func TestGRA14_TheRegisterIsCheckedBefore(t *testing.T) {
	for _, one := range []struct {
		name    string
		checked string
		good    bool
		missing int
	}{
		{"never", "", false, 1},
		{"today", "2026-11-25", true, 0},
		{"90 days ago", "2026-08-27", true, 0},
		{"91 days ago", "2026-08-26", true, 1},
		{"with a question", "2026-11-25", false, 1},
	} {
		f := straight("2026-09-01")
		f.CheckedOn, f.CheckGood = day(one.checked), one.good
		e := seen(t, f, "kent", "registration")
		if e.State != Claimable || len(e.Missing) != one.missing {
			t.Errorf("%s: it is %s and misses %v", one.name, e.State, e.Missing)
		}
		if e := seen(t, f, "kent", "completion"); len(e.Missing) != 0 {
			t.Errorf("%s: what cannot be claimed yet misses %v", one.name, e.Missing)
		}
	}
}

func TestGRA16_OnePersonOnTwoRecords(t *testing.T) {
	twin := straight("2026-09-01")
	twin.CheckedOn, twin.Twin = day("2026-11-20"), true
	if e := seen(t, twin, "kent", "registration"); e.State != Claimable || len(e.Missing) != 1 || e.Missing[0].Rule != "once" {
		t.Errorf("a record that may be another's is %s, and misses %v", e.State, e.Missing)
	}
	mistaken := straight("2026-05-04").ended(Withdrawn, "2026-11-02")
	if e := seen(t, mistaken, "kent", "registration"); e.State != Claimable {
		t.Fatalf("a year that ended after six months is %s, because %v", e.State, e.Why)
	}
	mistaken.Mistaken = true
	if e := seen(t, mistaken, "kent", "registration"); e.State != Never {
		t.Errorf("a year that was registered by mistake is %s", e.State)
	}
	both := straight("2026-09-01")
	own := Standing{ID: "own", Enrolment: both.Enrolment, Milestone: "registration", Scheme: "child-and-family-2026-27", Org: "kent", State: Paid, On: both.Start, Pence: 100000}
	other := own
	other.ID, other.Enrolment, other.Org = "other", "e0", "surrey"
	both.Standing = []Standing{own, other}
	if e := seen(t, both, "kent", "registration"); e.State != Paid {
		t.Errorf("what was claimed first is %s, because %v", e.State, e.Why)
	}
	both.Standing = []Standing{other, own}
	if e := seen(t, both, "kent", "registration"); e.State != Recover {
		t.Errorf("what was claimed again is %s, because %v", e.State, e.Why)
	}
}
