package statement_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	. "example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

// outside is a house whose funder is elsewhere, with a claim of two payments
// that was sent.
func outside(t *testing.T, h granttest.House) claim.Claim {
	t.Helper()
	h.Statements.PaidBy(grant.PaidElsewhere)
	h.Checked(t, ours, 1)
	h.Checked(t, ours, 2)
	h.Conditions(t, ours)
	return h.Sent(t, ours, granttest.Director)
}

func solitary(t *testing.T, h granttest.House) Statement {
	t.Helper()
	all, err := h.Statements.Mine(ctx, ours)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d statements", len(all))
	}
	st, err := h.Statements.Get(ctx, ours, all[0].ID)
	must(t, err)
	return st
}

func TestGRA52_WhatAFunderOutsideAnsweredIsRecorded(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		c := outside(t, h)
		back := map[string]string{c.Lines[1].ID: " Not on their list "}
		refused(t, h.Claims.Record(ctx, granttest.Director, c.ID, c.Version, back), fault.Forbidden, "not for the role")
		refused(t, h.Claims.Record(ctx, them, c.ID, c.Version, back), fault.NotFound, "claim")
		refused(t, h.Claims.Record(ctx, ours, c.ID, c.Version, map[string]string{c.Lines[1].ID: " "}), fault.Invalid, "Write why")
		must(t, h.Claims.Record(ctx, ours, c.ID, c.Version, back))
		refused(t, h.Claims.Record(ctx, ours, c.ID, c.Version+1, nil), fault.Conflict, "Answered")
		c = h.Claim(t, ours, c.ID)
		if c.State != claim.Answered || c.Lines[0].Payment != claim.PaymentAccepted || c.Lines[1].PaymentReason != "Not on their list" {
			t.Fatalf("%+v", c)
		}
		if note := c.Acts[len(c.Acts)-1].Note; note != "Recorded for the funder: 1 accepted, 1 returned" {
			t.Errorf("the claim says %q", note)
		}
		if n := h.Count(t, `audit_lines where what = 'claim.answered' and reason like 'Recorded for the funder:%'`); n != 1 {
			t.Errorf("%d lines of the audit trail say for whom it was recorded", n)
		}
		if st := solitary(t, h); st.State != Open || st.Pence != 100000 || st.Items[0].Line != c.Lines[0].ID {
			t.Errorf("%+v", st)
		}
	})
}

func TestGRA52_AStatementIsAnnouncedPaidAndReconciled(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		c := outside(t, h)
		must(t, h.Claims.Record(ctx, ours, c.ID, c.Version, nil))
		st := solitary(t, h)
		today := clock.Today(h.DB.Clock())
		refused(t, h.Statements.Announce(ctx, granttest.Director, st.ID, st.Version), fault.Forbidden, "not for the role")
		refused(t, h.Statements.Announce(ctx, them, st.ID, st.Version), fault.NotFound, "statement")
		refused(t, h.Statements.Announce(ctx, ours, st.ID, st.Version+7), fault.Conflict, "")
		refused(t, h.Statements.RecordPaid(ctx, ours, st.ID, st.Version, today), fault.Conflict, "Open")
		must(t, h.Statements.Announce(ctx, ours, st.ID, st.Version))
		if st = solitary(t, h); st.State != Authorised || st.Pence != 200000 || st.Hash == "" {
			t.Fatalf("%+v", st)
		}
		added, err := h.Statements.Receive(ctx, ours, []Remittance{{ReceivedOn: today, Text: "DFE " + st.Reference, Pence: 199900}})
		must(t, err)
		received, err := h.Statements.Remittances(ctx, ours)
		must(t, err)
		if held, _ := Reconcile([]Statement{st}, received, today); added != 1 || held[0].Standing != Short || held[0].Outstanding() != 100 {
			t.Errorf("%+v", held)
		}
		refused(t, h.Statements.RecordPaid(ctx, ours, st.ID, st.Version, today.AddDays(1000)), fault.Invalid, "future")
		refused(t, h.Statements.RecordPaid(ctx, ours, st.ID, st.Version, asye.Date{}), fault.Invalid, "Enter the day")
		must(t, h.Statements.RecordPaid(ctx, ours, st.ID, st.Version, today.AddDays(-5)))
		if st = solitary(t, h); st.State != Paid || st.PaidOn != today.AddDays(-5) {
			t.Errorf("%+v", st)
		}
		if l := h.Claim(t, ours, c.ID).Lines[0]; l.Payment != claim.PaymentPaid {
			t.Errorf("the payment is %s", l.Payment)
		}
		entries, err := h.Statements.Journal(ctx, ours, "")
		must(t, err)
		if b := Balances(entries); b[Grant] != 200000 || b[Owed] != 0 || b[Bank] != -200000 {
			t.Errorf("%v", b)
		}
		if n := h.Count(t, `audit_lines where what in ('statement.announced', 'statement.paid') and reason = 'Recorded for the funder'`); n != 2 {
			t.Errorf("%d lines of the audit trail", n)
		}
	})
}

func TestGRA52_AFunderOutsideTakesBackAndInstals(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		c := outside(t, h)
		must(t, h.Claims.Record(ctx, ours, c.ID, c.Version, nil))
		l, err := h.Claims.Own(ctx, ours, c.Lines[0].ID)
		must(t, err)
		_, err = h.Claims.Own(ctx, them, l.ID)
		refused(t, err, fault.NotFound, "payment")
		refused(t, h.Claims.RecordRecovery(ctx, them, l.ID, l.Version, "left"), fault.NotFound, "payment")
		refused(t, h.Claims.RecordRecovery(ctx, ours, l.ID, l.Version, ""), fault.Invalid, "Write why")
		refused(t, h.Claims.RecordRecovery(ctx, ours, l.ID, l.Version+1, "left"), fault.Conflict, "")
		must(t, h.Claims.RecordRecovery(ctx, ours, l.ID, l.Version, "The NQSW left"))
		if st := solitary(t, h); st.Pence != 100000 || len(st.Items) != 3 {
			t.Errorf("%+v", st)
		}
		must(t, h.Statements.Expect(ctx, ours, "adults-2026-27", 5))
		e, err := h.Statements.Expected(ctx, ours, "adults-2026-27")
		must(t, err)
		refused(t, h.Statements.RecordInstalment(ctx, them, "adults-2026-27", e.Version), fault.NotFound, "estimate")
		must(t, h.Statements.RecordInstalment(ctx, ours, "adults-2026-27", e.Version))
		if n := h.Count(t, `grant_items where kind = 'instalment' and pence = 400000`); n != 1 {
			t.Error("the first instalment is on no statement")
		}
		refused(t, h.Statements.RecordInstalment(ctx, ours, "adults-2026-27", e.Version+1), fault.Conflict, "")
	})
}

func TestGRA52_NothingIsRecordedWhereTheNationalTeamPays(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		c := outside(t, h)
		must(t, h.Claims.Record(ctx, ours, c.ID, c.Version, nil))
		st, l := solitary(t, h), h.Claim(t, ours, c.ID).Lines[0]
		h.Statements.PaidBy(grant.PaidHere)
		_, owned := h.Claims.Own(ctx, ours, l.ID)
		for what, err := range map[string]error{
			"an answer":     h.Claims.Record(ctx, ours, c.ID, c.Version, nil),
			"a payment":     owned,
			"a recovery":    h.Claims.RecordRecovery(ctx, ours, l.ID, l.Version, "left"),
			"announced":     h.Statements.Announce(ctx, ours, st.ID, st.Version),
			"paid":          h.Statements.RecordPaid(ctx, ours, st.ID, st.Version, clock.Today(h.DB.Clock())),
			"an instalment": h.Statements.RecordInstalment(ctx, ours, "adults-2026-27", 1),
		} {
			if fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), "national team") {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestGRA47_MoneyIsHeldAgainstOwnStatementsThatAreAwaited(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		c := outside(t, h)
		must(t, h.Claims.Record(ctx, ours, c.ID, c.Version, nil))
		st := solitary(t, h)
		today := clock.Today(h.DB.Clock())
		early := Remittance{ReceivedOn: today, Text: "DFE " + st.Reference, Pence: 200000}
		_, err := h.Statements.Receive(ctx, ours, []Remittance{early, early})
		must(t, err)
		all, err := h.Statements.Remittances(ctx, ours)
		must(t, err)
		if len(all) != 1 || all[0].Statement != "" {
			t.Fatalf("what arrived before it was announced is %+v", all)
		}
		_, err = h.Statements.Receive(ctx, ours, []Remittance{early})
		refused(t, err, fault.Conflict, "brought in before")
		refused(t, h.Statements.Hold(ctx, ours, all[0].ID, all[0].Version, st.ID, ""), fault.NotFound, "no such statement")
		must(t, h.Statements.Announce(ctx, ours, st.ID, st.Version))
		refused(t, h.Statements.Hold(ctx, them, all[0].ID, all[0].Version, st.ID, ""), fault.NotFound, "amount")
		_, err = h.Statements.Remittance(ctx, them, all[0].ID)
		refused(t, err, fault.NotFound, "amount")
		must(t, h.Statements.Hold(ctx, ours, all[0].ID, all[0].Version, st.ID, ""))
		if r, err := h.Statements.Remittance(ctx, ours, all[0].ID); err != nil || r.Statement != st.ID {
			t.Errorf("%+v, %v", r, err)
		}
		if err := h.Statements.Hold(ctx, ours, all[0].ID, all[0].Version, "", "note"); err != db.ErrStale {
			t.Errorf("what has changed since: %v", err)
		}
	})
}
