package grant

import (
	"testing"

	"example.org/asye/internal/asye"
)

// moved is the year with a second employer from a day.
func (f Facts) moved(to asye.OrganisationID, from string) Facts {
	first := f.Stays[0]
	first.Period.End = day(from)
	f.Stays = []Stay{first, {to, asye.LocalAuthority, asye.Since(day(from))}}
	return f
}

// claimed is the year with a claim that stands for a milestone of 2026-27.
func (f Facts) claimed(org asye.OrganisationID, milestone string, s State) Facts {
	f.Standing = []Standing{{ID: "l1", Enrolment: f.Enrolment, Milestone: milestone, Scheme: "child-and-family-2026-27", Org: org, State: s, On: f.Start, Pence: 100000}}
	return f
}

// side is one side of a boundary: facts, a moment, and what is right.
type side struct {
	name      string
	facts     Facts
	milestone string
	at        string
	state     State
	rule      string // of the last reason
}

// hold asks the book as Kent.
func hold(t *testing.T, b *Book, sides []side) {
	t.Helper()
	for _, s := range sides {
		e := one(t, b, s.facts, s.milestone, moment(t, s.at))
		if e.State != s.state || len(e.Why) == 0 || e.Why[len(e.Why)-1].Rule != s.rule {
			t.Errorf("%s: it is %s, because %v", s.name, e.State, e.Why)
		}
	}
}

func TestGRA2_TheWindowOfTheDayPays(t *testing.T) {
	const r, c, noon = "registration", "completion", " 12:00"
	hold(t, built(t), []side{
		{"the day before the first window", straight("2025-03-31"), r, "2025-05-01" + noon, Never, "window"},
		{"the first day of the first window", straight("2025-04-01"), r, "2025-05-01" + noon, Claimable, "milestones.registration"},
		{"the last day of the last window", straight("2027-03-31"), r, "2027-03-31" + noon, Claimable, "milestones.registration"},
		{"the day after the last window", straight("2027-04-01"), r, "2027-04-01" + noon, Never, "window"},
		{"the day before the start", straight("2026-09-01"), r, "2026-08-31" + noon, NotYet, "milestones.registration"},
		{"the day of the start", straight("2026-09-01"), r, "2026-09-01" + noon, Claimable, "milestones.registration"},
		{"passed", straight("2025-09-01").ended(Passed, "2026-08-20"), c, "2026-08-21" + noon, Claimable, "milestones.completion"},
		{"withdrawn", straight("2025-09-01").ended(Withdrawn, "2026-08-20"), c, "2026-08-21" + noon, Never, "milestones.completion"},
		{"withdrawn on the first day", straight("2026-09-01").ended(Withdrawn, "2026-09-01"), r, "2026-10-01" + noon, Never, "leaving"},
		{"never began", straight("2026-09-01").ended(Withdrawn, "2026-08-31"), r, "2026-10-01" + noon, Never, "milestones.registration"},
	})
	for _, one := range []struct{ decided, scheme string }{{"2026-03-31", "child-and-family-2025-26"}, {"2026-04-01", "child-and-family-2026-27"}} {
		f := straight("2025-04-01").ended(Passed, one.decided)
		if e := built(t).Entitlements(f, "kent", on("2026-05-01"))[1]; e.Scheme.Key != one.scheme {
			t.Errorf("what was decided on %s is paid by %q", one.decided, e.Scheme.Key)
		}
	}
}

// What a year that runs waits for is said as it is.
func TestGRA2_WhatTheCompletionWaitsFor(t *testing.T) {
	away, back := []asye.Period{asye.Since(day("2026-06-01"))}, []asye.Period{{Start: day("2026-06-01"), End: day("2026-08-01")}}
	for _, one := range []struct {
		due, at string
		pauses  []asye.Period
		says    string
	}{
		{"2026-10-01", "2026-09-29", nil, "The year is expected to end on 30 September 2026"},
		{"2026-10-01", "2026-09-30", nil, "The year is expected to end on 30 September 2026"},
		{"2026-10-01", "2026-10-01", nil, "The year has run its time, and its outcome has not been decided"},
		{"2026-10-01", "2026-05-31", away, "The year is expected to end on 30 September 2026"},
		{"2026-10-01", "2026-06-01", away, "The year is paused, and ends on 30 September 2026 at the earliest"},
		{"2026-10-01", "2026-10-01", away, "The year is paused, and it is not known when it ends"},
		{"2026-10-01", "2026-07-31", back, "The year is expected to end on 30 September 2026"},
		{"", "2026-11-25", nil, "It is not known yet when the year ends"},
	} {
		f := straight("2025-09-01")
		f.Due, f.Pauses = day(one.due), one.pauses
		at := on(one.at)
		if says := f.waits(at.Today); says != one.says {
			t.Errorf("due on %s, on %s it says: %s", one.due, one.at, says)
		}
		e := built(t).Entitlements(f, "kent", at)[1]
		if e.State != NotYet || e.On.IsZero() || e.Why[0].Text != one.says && e.Why[0].Rule != "final" {
			t.Errorf("due on %s, on %s it is %s on %s: %v", one.due, one.at, e.State, e.On, e.Why)
		}
	}
}

func TestGRA3_WhoIsPaidFor(t *testing.T) {
	unfunded, silent, agency := straight("2026-09-01"), straight("2026-09-01"), straight("2026-09-01")
	unfunded.Funded, unfunded.Unfunded, silent.Funded, agency.Agency = false, "The year started too late", false, true
	hold(t, built(t), []side{
		{"funded", straight("2026-09-01"), "registration", "2026-11-25 12:00", Claimable, "milestones.registration"},
		{"not funded", unfunded, "registration", "2026-11-25 12:00", Never, "funded"},
		{"not funded, and nobody says why", silent, "registration", "2026-11-25 12:00", Never, "funded"},
		{"the earliest start", straight("2022-04-01").ended(Passed, "2026-06-10"), "completion", "2026-07-01 12:00", Claimable, "milestones.completion"},
		{"a day earlier", straight("2022-03-31").ended(Passed, "2026-06-10"), "completion", "2026-07-01 12:00", Never, "starts"},
		{"an agency that is paid for", agency, "registration", "2026-11-25 12:00", Claimable, "milestones.registration"},
	})
	hold(t, variant(t, "agency-out"), []side{{"an agency that is not", agency, "registration", "2026-11-25 12:00", Never, "agency"}})
	if e := one(t, built(t), silent, "registration", on("2026-11-25")); e.Why[0].Text == "" {
		t.Error("there is no reason where the registration gives none")
	}
}

func TestGRA4_TheDayOfTheFinalYear(t *testing.T) {
	const at, c = "2027-03-25 12:00", "completion"
	overdue := straight("2026-01-01")
	hold(t, built(t), []side{
		{"the day before it", straight("2026-09-01"), c, "2027-02-28 23:59:59", NotYet, "final"},
		{"the day itself", straight("2026-09-01"), c, "2027-03-01 00:00", Claimable, "final"},
		{"left the day before", straight("2026-09-01").ended(Withdrawn, "2027-02-28"), c, at, Never, "milestones.completion"},
		{"left on the day", straight("2026-09-01").ended(Withdrawn, "2027-03-01"), c, at, Claimable, "final"},
		{"left after it", straight("2026-09-01").ended(Withdrawn, "2027-03-02"), c, at, Claimable, "final"},
		{"passed the day before", straight("2026-03-02").ended(Passed, "2027-02-28"), c, at, Claimable, "milestones.completion"},
		{"passed on the day", straight("2026-03-02").ended(Passed, "2027-03-01"), c, at, Claimable, "final"},
		{"started on the last day", straight("2027-03-31"), c, "2027-03-31 12:00", Claimable, "final"},
		{"started a day later", straight("2027-04-01"), c, "2027-04-01 12:00", Never, "window"},
		{"overdue before it", overdue, c, "2027-02-28 12:00", NotYet, "final"},
		{"overdue on it", overdue, c, "2027-03-01 12:00", Claimable, "final"},
		{"withdrawn before the start", straight("2027-03-10").ended(Withdrawn, "2027-03-05"), c, at, Never, "milestones.completion"},
	})
	away := straight("2026-09-01")
	away.Pauses = []asye.Period{{Start: day("2027-01-01"), End: day("2027-03-01")}}
	hold(t, variant(t, "pause-out"), []side{{"back on the day", away, c, "2027-03-01 12:00", Claimable, "final"}})
	away.Pauses[0].End = day("2027-03-02")
	hold(t, variant(t, "pause-out"), []side{{"away on the day", away, c, "2027-03-01 12:00", Never, "window"}})
	hold(t, built(t), []side{{"away on the day, and that counts", away, c, "2027-03-01 12:00", Claimable, "final"}})
}

func TestGRA5_EachEmployerItsOwn(t *testing.T) {
	const c, at = "completion", "2027-03-05 12:00"
	none := straight("2026-09-01")
	none.Stays = nil
	hold(t, built(t), []side{
		{"the registration stays", straight("2026-05-01").moved("surrey", "2026-11-01"), "registration", at, Claimable, "milestones.registration"},
		{"the completion goes", straight("2026-05-01").moved("surrey", "2027-03-01"), c, at, Never, "transfer"},
		{"or stays, by a day", straight("2026-05-01").moved("surrey", "2027-03-02"), c, at, Claimable, "final"},
		{"nobody is on record", none, "registration", at, Never, "transfer"},
	})
	hold(t, variant(t, "first-employer"), []side{{"the first employer has all", straight("2026-05-01").moved("surrey", "2026-11-01"), c, at, Claimable, "final"}})
	for _, org := range []asye.OrganisationID{"", "kent"} {
		if e := built(t).Entitlements(none, org, on("2026-11-25"))[0]; e.State != Never {
			t.Errorf("with no employer on record it is %s to %q", e.State, org)
		}
	}
}

func TestGRA7_TheFirstDays(t *testing.T) {
	const at = "2026-10-05 12:00"
	hold(t, built(t), []side{
		{"the 28th day", straight("2026-09-01").ended(Withdrawn, "2026-09-28"), "registration", at, Never, "leaving"},
		{"the 29th day", straight("2026-09-01").ended(Withdrawn, "2026-09-29"), "registration", at, Claimable, "milestones.registration"},
		{"failed is not withdrawn", straight("2026-09-01").ended(Failed, "2026-09-10"), "registration", at, Claimable, "milestones.registration"},
		{"the final year does not help", straight("2027-02-20").ended(Withdrawn, "2027-03-05"), "completion", "2027-03-10 12:00", Never, "leaving"},
		{"paid and given back", straight("2026-09-01").ended(Withdrawn, "2026-09-28").claimed("kent", "registration", Paid), "registration", at, Recover, "recovery"},
		{"paid and kept", straight("2026-09-01").ended(Withdrawn, "2026-09-29").claimed("kent", "registration", Paid), "registration", at, Paid, "milestones.registration"},
	})
	hold(t, variant(t, "nothing-back"), []side{
		{"no days", straight("2026-09-01").ended(Withdrawn, "2026-09-01"), "registration", at, Claimable, "milestones.registration"},
	})
}
