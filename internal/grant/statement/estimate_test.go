package statement_test

import (
	"testing"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
)

// estimated is an estimate of ours that waits.
func estimated(t *testing.T, h granttest.House, number int) statement.Estimate {
	t.Helper()
	must(t, h.Statements.Expect(ctx, ours, adults, number))
	all, err := h.Statements.Estimates(ctx, team)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d estimates, %v", len(all), err)
	}
	return all[0]
}

// came claims NQSWs of the adults' programme for ours, and has them accepted.
func came(t *testing.T, h granttest.House, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		h.Checked(t, ours, n, func(e *registration.Entry) { e.Programme = "adults" })
	}
	s, _ := h.Grants.Book().Get(adults)
	for _, c := range s.Conditions {
		must(t, h.Claims.Meet(ctx, ours, adults, c.Key, "a.pdf", []byte("%PDF")))
	}
	id, err := h.Claims.Start(ctx, ours, adults)
	must(t, err)
	h.Sign(t, granttest.Director, id)
	must(t, h.Claims.Submit(ctx, ours, id, h.Claim(t, ours, id).Version))
	c := h.Claim(t, ours, id)
	if c.State != claim.Submitted || len(c.Lines) != len(numbers) {
		t.Fatalf("%+v", c)
	}
	must(t, h.Claims.Answer(ctx, team, id, c.Version, nil))
}

func TestGRA48_AnEstimateIsPaidFirstAndTakenOff(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		refused(t, h.Statements.Expect(ctx, team, adults, 3), fault.Forbidden, "")
		refused(t, h.Statements.Expect(ctx, ours, scheme, 3), fault.NotFound, "no estimate")
		refused(t, h.Statements.Expect(ctx, ours, adults, 0), fault.Invalid, "whole number of 1 or more")
		must(t, h.Statements.Expect(ctx, ours, adults, 9))
		e := estimated(t, h, 3)
		if e.Number != 3 || e.Version != 2 {
			t.Fatalf("%+v", e)
		}
		if other, err := h.Statements.Expected(ctx, them, adults); err != nil || other.ID != "" {
			t.Errorf("%+v %v", other, err)
		}
		refused(t, h.Statements.Instal(ctx, ours, e.ID, e.Version), fault.Forbidden, "")
		refused(t, h.Statements.Instal(ctx, team, e.ID, e.Version-1), fault.Conflict, "")
		must(t, h.Statements.Instal(ctx, team, e.ID, e.Version))
		refused(t, h.Statements.Instal(ctx, team, e.ID, e.Version+1), fault.Conflict, "")
		refused(t, h.Statements.Expect(ctx, ours, adults, 5), fault.Conflict, "has been accepted")
		if st := mine(t, h, ours)[0]; st.Pence != 240000 || st.Items[0].Kind != statement.KindInstalment {
			t.Fatalf("%+v", st)
		}
		came(t, h, 1)
		came(t, h, 2)
		if st := mine(t, h, ours)[0]; st.Pence != 200000 || len(st.Items) != 4 { // 2,400 − 2,400 + 2 × 1,000
			t.Errorf("%+v", st)
		}
	})
}

func TestGRA48_NoInstalmentBesideThoseWhoCame(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		e := estimated(t, h, 3)
		came(t, h, 1)
		refused(t, h.Statements.Instal(ctx, team, e.ID, e.Version), fault.Conflict, "paid for those who came")
		if st := mine(t, h, ours)[0]; st.Pence != 100000 {
			t.Errorf("%+v", st)
		}
	})
}

func TestGRA48_NoEstimateAfterItsDeadline(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.At(t, "2027-01-07T23:59:59Z")
		must(t, h.Statements.Expect(ctx, ours, adults, 3))
		h.At(t, "2027-01-08T00:00:00Z")
		refused(t, h.Statements.Expect(ctx, ours, adults, 4), fault.Conflict, "00:00:00 on 8 January 2027")
	})
}

func TestGRA48_WhatNobodyCameForIsTakenOff(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		e := estimated(t, h, 3)
		must(t, h.Statements.Instal(ctx, team, e.ID, e.Version))
		must(t, only(h.Statements.Close(ctx, team, adults)))
		h.At(t, "2027-01-31T23:59:59Z")
		refused(t, only(h.Statements.Close(ctx, team, adults)), fault.Conflict, "has anything on it")
		if all, err := h.Statements.Tallies(ctx, team); err != nil || len(all) != 1 || all[0].Waits() {
			t.Errorf("%+v %v", all, err)
		}
		h.At(t, "2027-02-01T00:00:00Z")
		if all, err := h.Statements.Tallies(ctx, team); err != nil || len(all) != 1 || all[0].NoShows != 1 || !all[0].Waits() {
			t.Errorf("%+v %v", all, err)
		}
		must(t, only(h.Statements.Close(ctx, team, adults)))
		all := byNumber(mine(t, h, ours))
		if len(all) != 3 || all[0].Pence != 240000 || all[1].Pence != 0 || all[2].Pence != -240000 {
			t.Errorf("%+v", all)
		}
		refused(t, only(h.Statements.Close(ctx, team, adults)), fault.Conflict, "has anything on it")
	})
}
