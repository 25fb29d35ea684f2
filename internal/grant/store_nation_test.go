package grant_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

// A payment that stands is judged by the facts as they are now, wherever the
// year has gone, and in the sight of the funder alone.
func TestDoubtsAreFoundInTheWholeNation(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		leaver := h.Checked(t, granttest.Ours, 2)
		mover := h.Checked(t, granttest.Ours, 3)
		h.Conditions(t, granttest.Ours)
		h.Accepted(t, granttest.Ours, granttest.Director)
		h.Checked(t, granttest.Them, 4) // not claimed
		doubts := func() map[asye.PersonID]grant.Row {
			all, err := h.Grants.Doubts(ctx, granttest.Team)
			registrationtest.Must(t, err)
			out := map[asye.PersonID]grant.Row{}
			for _, r := range all {
				out[r.Facts.Person] = r
			}
			return out
		}
		if found := doubts(); len(found) != 0 {
			t.Fatalf("%+v", found)
		}
		registrationtest.Must(t, h.Store.Decide(ctx, granttest.Ours, leaver.ID, leaver.Version, registration.Outcome{Result: registration.ResultWithdrawn,
			DecidedOn: asye.MustDate("2026-09-10"), Reason: "other", Concerns: "no"}))
		h.Run(t, `update employments set org_id = 'b' where person_id = $1`, string(mover.Person))
		h.Run(t, `update enrolments set org_id = 'b' where person_id = $1`, string(mover.Person))
		found := doubts()
		if len(found) != 2 || found[leaver.Person].State != grant.Claimed || found[mover.Person].Standing.Org != "a" {
			t.Fatalf("%+v", found)
		}
		h.PaidOn(t, asye.MustDate("2026-11-22"))
		if found = doubts(); len(found) != 2 || found[leaver.Person].State != grant.Recover {
			t.Fatalf("%+v", found)
		}
		ours, err := h.Grants.DueTo(ctx, granttest.Team, "a")
		registrationtest.Must(t, err)
		seen := false
		for _, r := range ours {
			seen = seen || r.Facts.Person == mover.Person && r.Standing != nil && r.Doubtful()
		}
		if !seen {
			t.Error("what was claimed for somebody who has moved is not among what is due to who claimed it")
		}
		nation, err := h.Grants.Nation(ctx, granttest.Team)
		if err != nil || len(nation) != 8 {
			t.Errorf("%d milestones of four registrations, %v", len(nation), err)
		}
		for _, who := range []tenant.Scope{granttest.Ours, granttest.Director} {
			for _, err := range []error{errOf(h.Grants.Doubts(ctx, who)), errOf(h.Grants.Nation(ctx, who)), errOf(h.Grants.DueTo(ctx, who, "b"))} {
				if fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%v", err)
				}
			}
		}
	})
}

func errOf(_ []grant.Row, err error) error { return err }
