package grant

import (
	"testing"

	"example.org/asye/internal/asye"
)

// day reads a date of a test.
func day(text string) asye.Date {
	if text == "" {
		return asye.Date{}
	}
	return asye.MustDate(text)
}

// on is noon of a day, which is the same day in London and in UTC.
func on(text string) When { return at(text + "T12:00:00Z") }

// at is an instant written in UTC, with its day in London left to UTC's.
func at(text string) When {
	var i asye.Instant
	if err := i.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return When{Now: i, Today: day(text[:10])}
}

// straight is a funded year on child and family that starts on a day, with Kent.
func straight(start string) Facts {
	s := day(start)
	return Facts{Enrolment: "e1", Person: "p1", Programme: "child-and-family", Start: s, Due: s.AddMonths(12), Funded: true,
		Stays: []Stay{{"kent", asye.LocalAuthority, asye.Since(s)}}, CheckedOn: s, CheckGood: true}
}

// ended is the year with its outcome.
func (f Facts) ended(r Result, decided string) Facts {
	f.Result, f.Decided, f.Ended = r, day(decided), day(decided).AddDays(1)
	return f
}

// one is the entitlement to a milestone.
func one(t testing.TB, b *Book, f Facts, milestone string, w When) Entitlement {
	t.Helper()
	for _, e := range b.Entitlements(f, "kent", w) {
		if e.Milestone.Key == milestone {
			return e
		}
	}
	t.Fatalf("there is no milestone %s", milestone)
	return Entitlement{}
}

func TestGRA1_EveryMilestoneHasOneAnswer(t *testing.T) {
	b := built(t)
	f := straight("2026-09-01")
	f.CheckedOn = day("2026-11-20")
	all := b.Entitlements(f, "kent", on("2026-11-25"))
	if len(all) != 2 || all[0].State != Claimable || all[0].Pence != 100000 || len(all[0].Missing) != 0 {
		t.Fatalf("%+v", all)
	}
	if all[1].State != NotYet || all[1].From != day("2027-03-01") || all[1].Scheme.Key != "child-and-family-2026-27" {
		t.Errorf("the completion is %s from %s of %s", all[1].State, all[1].From, all[1].Scheme.Key)
	}
	for _, e := range all {
		if len(e.Why) == 0 {
			t.Errorf("%s says not why", e.Milestone.Key)
		}
	}
}

func TestGRA6_TheMinuteOfTheDeadlineIsInTime(t *testing.T) {
	b := built(t)
	f := straight("2026-03-02")
	f.CheckedOn = f.Start
	for _, one := range []struct {
		at   string
		want State
	}{
		{"2026-03-23T23:59:59.999999Z", Claimable}, // no summer time yet
		{"2026-03-24T00:00:00Z", Never},
		{"2026-03-24T00:00:01Z", Never},
	} {
		if e := b.Entitlements(f, "kent", at(one.at))[0]; e.State != one.want {
			t.Errorf("at %s it is %s: %v", one.at, e.State, e.Why)
		}
	}
	for _, one := range []struct{ at, zone, closes string }{
		{"2027-03-31 23:59", "Europe/London", "2027-03-31T23:00:00.000000Z"}, // summer time
		{"2026-10-25 01:30", "Europe/London", "2026-10-25T01:31:00.000000Z"}, // comes twice
		{"2026-10-25 00:59", "Europe/London", "2026-10-25T00:00:00.000000Z"},
		{"2027-03-28 02:00", "Europe/London", "2027-03-28T01:01:00.000000Z"},
	} {
		if got, err := (Deadline{At: one.at, Zone: one.zone}).Closes(); err != nil || got.String() != one.closes {
			t.Errorf("%s closes at %s, %v", one.at, got, err)
		}
	}
}
