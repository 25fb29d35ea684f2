package claim_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// stateOf is where the milestone of a year stands for an employer.
func stateOf(t *testing.T, h granttest.House, scope tenant.Scope, k claim.Key) grant.State {
	t.Helper()
	due, err := h.Grants.Due(ctx, scope)
	must(t, err)
	for _, r := range due {
		if r.Facts.Enrolment == k.Enrolment && r.Milestone.Key == k.Milestone {
			return r.State
		}
	}
	return ""
}

func TestGRA25_AnswerIsWholeAndHasReasons(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		h.Checked(t, granttest.Ours, 2)
		h.Conditions(t, granttest.Ours)
		c := h.Sent(t, granttest.Ours, granttest.Director)
		waiting, err := h.Claims.Waiting(ctx, granttest.Team)
		if err != nil || len(waiting) != 1 || waiting[0].OrgName != "Ashford" {
			t.Fatalf("%+v %v", waiting, err)
		}
		_, err = h.Claims.Waiting(ctx, granttest.Ours)
		refused(t, err, fault.Forbidden, "not for the role")
		received, err := h.Claims.Received(ctx, granttest.Team, c.ID)
		if err != nil || len(received.Lines) != 2 || received.Hash != c.Hash {
			t.Fatalf("%+v %v", received, err)
		}
		_, err = h.Claims.Received(ctx, granttest.Them, c.ID)
		refused(t, err, fault.Forbidden, "not for the role")
		back := c.Lines[0]
		err = h.Claims.Answer(ctx, granttest.Team, c.ID, c.Version, map[string]string{back.ID: " "})
		refused(t, err, fault.Invalid, "Write why the registration of Amara Okafor1 is returned")
		if n := h.Count(t, `grant_lines where payment <> 'submitted'`); n != 0 {
			t.Fatalf("half of an answer was kept: %d lines", n)
		}
		refused(t, h.Claims.Answer(ctx, granttest.Director, c.ID, c.Version, nil), fault.Forbidden, "not for the role")
		must(t, h.Claims.Answer(ctx, granttest.Team, c.ID, c.Version, map[string]string{back.ID: "The number is another person’s"}))
		refused(t, h.Claims.Answer(ctx, granttest.Team, c.ID, c.Version+1, nil), fault.Conflict, "Answered")
		c = h.Claim(t, granttest.Ours, c.ID)
		if c.State != claim.Answered || c.Lines[0].Payment != claim.PaymentReturned || c.Lines[0].PaymentReason == "" || c.Lines[1].Payment != claim.PaymentAccepted {
			t.Fatalf("%+v", c.Lines)
		}
		if got := stateOf(t, h, granttest.Ours, back.Key()); got != grant.Claimable {
			t.Errorf("what was returned is %s", got)
		}
		if n := h.Count(t, `grant_items where line_id = $1`, c.Lines[1].ID); n != 1 {
			t.Errorf("what was accepted is on %d statements", n)
		}
		payments, err := h.Claims.Payments(ctx, granttest.Them)
		if err != nil || len(payments) != 0 {
			t.Errorf("%+v %v", payments, err)
		}
		if payments, err = h.Claims.Payments(ctx, granttest.Ours); err != nil || len(payments) != 2 {
			t.Errorf("%+v %v", payments, err)
		}
	})
}

func TestGRA26_TakenBackOnceWithAReason(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		h.Conditions(t, granttest.Ours)
		sent := h.Sent(t, granttest.Ours, granttest.Director)
		l := sent.Lines[0]
		refused(t, h.Claims.Recover(ctx, granttest.Team, l.ID, l.Version, "Not due"), fault.Conflict, "cannot be taken back")
		must(t, h.Claims.Answer(ctx, granttest.Team, sent.ID, sent.Version, nil))
		h.PaidOn(t, asye.MustDate("2026-11-22"))
		l, err := h.Claims.Payment(ctx, granttest.Team, l.ID)
		must(t, err)
		if l.Payment != claim.PaymentPaid {
			t.Fatalf("it is %s", l.Payment)
		}
		_, err = h.Claims.Payment(ctx, granttest.Ours, l.ID)
		refused(t, err, fault.Forbidden, "not for the role")
		refused(t, h.Claims.Recover(ctx, granttest.Ours, l.ID, l.Version, "Mine"), fault.Forbidden, "not for the role")
		refused(t, h.Claims.Recover(ctx, granttest.Team, l.ID, l.Version, ""), fault.Invalid, "Write why")
		recover := func(who tenant.Scope) func() error {
			return func() error { return h.Claims.Recover(ctx, who, l.ID, l.Version, "Paid in error") }
		}
		one(t, atOnce(recover(granttest.Team), recover(granttest.Second)))
		if n := h.Count(t, `grant_items where line_id = $1 and kind = 'recovery'`, l.ID); n != 1 {
			t.Errorf("it is taken back %d times", n)
		}
		if got := stateOf(t, h, granttest.Ours, l.Key()); got != grant.Claimable {
			t.Errorf("what was taken back and is due is %s", got)
		}
		seen := h.Claim(t, granttest.Ours, sent.ID).Lines[0]
		if seen.Payment != claim.PaymentPaid || seen.Recovery != claim.RecoveryDue || seen.RecoveryReason != "Paid in error" {
			t.Errorf("%+v", seen)
		}
		must(t, h.DB.Keep(ctx, func(tx *db.Tx) error { return h.Claims.Settle(ctx, tx, granttest.Team, nil, []string{l.ID}) }))
		if seen = h.Claim(t, granttest.Ours, sent.ID).Lines[0]; seen.Recovery != claim.RecoveryTaken {
			t.Errorf("%+v", seen)
		}
	})
}

func TestGRA27_AClashIsSettledByTheNationalTeam(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		_, theirs := wantedByBoth(t, h)
		k := claim.Key{Enrolment: theirs.ID, Milestone: "registration"}
		refused(t, h.Claims.Raise(ctx, granttest.Them, k, "Ours"), fault.NotFound, "no such payment")
		sent := h.Sent(t, granttest.Ours, granttest.Director)
		if got := stateOf(t, h, granttest.Them, k); got != grant.Clash {
			t.Fatalf("it is %s", got)
		}
		refused(t, h.Claims.Raise(ctx, granttest.Them, k, ""), fault.Invalid, "Write why")
		refused(t, h.Claims.Raise(ctx, granttest.Ours, k, "Ours"), fault.NotFound, "no such payment")
		must(t, h.Claims.Raise(ctx, granttest.Them, k, "With us since November"))
		refused(t, h.Claims.Raise(ctx, granttest.Them, k, "Again"), fault.Conflict, "already")
		all, err := h.Claims.Clashes(ctx, granttest.Team)
		if err != nil || len(all) != 1 || all[0].OrgName != "Barnwell" || all[0].StandsWith != "Ashford" {
			t.Fatalf("%+v %v", all, err)
		}
		_, err = h.Claims.Clashes(ctx, granttest.Them)
		refused(t, err, fault.Forbidden, "not for the role")
		contested(t, h)
		x := all[0]
		refused(t, h.Claims.Decide(ctx, granttest.Them, x.ID, x.Version, claim.Moves, "Ours"), fault.Forbidden, "not for the role")
		refused(t, h.Claims.Decide(ctx, granttest.Team, x.ID, x.Version, claim.Moves, "Theirs"), fault.Conflict, "has not been answered")
		must(t, h.Claims.Answer(ctx, granttest.Team, sent.ID, sent.Version, nil))
		decide := func(who tenant.Scope, d claim.Decision) func() error {
			return func() error { return h.Claims.Decide(ctx, who, x.ID, x.Version, d, "The later year counts") }
		}
		must(t, decide(granttest.Team, claim.Moves)())
		refused(t, decide(granttest.Second, claim.Stays)(), fault.Conflict, "Someone else changed")
		if got := stateOf(t, h, granttest.Them, k); got != grant.Claimable {
			t.Errorf("what moved is %s for who gets it", got)
		}
		if l := h.Claim(t, granttest.Ours, sent.ID).Lines[0]; l.Recovery != claim.RecoveryDue || l.RecoveryReason != "The later year counts" {
			t.Errorf("%+v", l)
		}
		if c := h.Sent(t, granttest.Them, granttest.Another); len(c.Lines) != 1 {
			t.Errorf("%+v", c.Lines)
		}
	})
}

// contested holds that both employers see a clash, and neither who the other is
// or what it wrote.
func contested(t *testing.T, h granttest.House) {
	t.Helper()
	for _, who := range []tenant.Scope{granttest.Ours, granttest.Them, granttest.Director, granttest.Another} {
		all, err := h.Claims.Contested(ctx, who)
		must(t, err)
		if len(all) != 1 || all[0].StandsWith != "" || all[0].OrgName != "" || all[0].Name != "Amara Okafor1" {
			t.Fatalf("%+v", all)
		}
		if mine := all[0].Org == who.Org(); mine != (who.Org() == "b") || (all[0].Reason != "") != mine {
			t.Errorf("%s sees %+v", who.Org(), all[0])
		}
	}
	other := h.Employer(t, "c", "303", "Corby")
	if all, err := h.Claims.Contested(ctx, other); err != nil || len(all) != 0 {
		t.Errorf("%+v %v", all, err)
	}
}
