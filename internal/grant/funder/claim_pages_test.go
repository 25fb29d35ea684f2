package funder_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/funder"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
)

func TestOnlyTheNationalTeamGetsIn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.accepted(t, 1)
		st := h.mine(t)
		for _, path := range []string{paths.Funding(), paths.FundingClaim(c.ID), paths.FundingPayment(c.Lines[0].ID), paths.FundingStatements(),
			paths.FundingStatement(st.ID), paths.FundingAdjust(), paths.FundingClose(scheme), paths.FundingBatches(), paths.FundingReport(), paths.FundingLedger(),
			paths.FundingBudget(scheme)} {
			for _, role := range asye.Roles() {
				want := 403
				if role == asye.National {
					want = 200
				}
				h.As(t, tenant.SignedIn("nat", "national", role)).Get(path).Is(want)
			}
		}
		for _, path := range []string{paths.FundingClaim("no"), paths.FundingPayment("no"), paths.FundingClash("no"), paths.FundingLate("no"), paths.FundingEstimate("no"),
			paths.FundingStatement("no"), paths.FundingBatch("no"), paths.FundingClose("no"), paths.FundingBudget("no"), paths.FundingDocument("no")} {
			h.As(t, team).Get(path).Is(404)
		}
	})
}

func TestNothingWaits(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	h.As(t, team).Get(paths.Funding()).Is(200, "No claim waits", "No two employers claim the same payment", "Nobody asks to claim late", "No estimate waits",
		"is due by the facts as they are now", "No open statement has anything on it", "No batch waits")
	h.As(t, team).Get(paths.FundingReport()).Is(200, "Nothing has been claimed yet", "Set a budget")
	h.As(t, team).Get(paths.FundingStatements()).Is(200, "No statements")
	h.As(t, team).Get(paths.FundingBatches()).Is(200, "No batches yet")
	cards(t, h, team)
}

// cards holds the headings of the cards on somebody's home page.
func cards(t *testing.T, h house, who tenant.Scope, want ...string) {
	t.Helper()
	got, err := funder.Cards(h.needs())(ctx, who, at("2026-11-22"))
	must(t, err)
	var have []string
	for _, c := range got {
		have = append(have, c.Title())
	}
	if len(have) != len(want) {
		t.Fatalf("%q, want %q", have, want)
	}
	for i := range want {
		if have[i] != want[i] {
			t.Errorf("%q, want %q", have, want)
		}
	}
}

func TestAClaimIsAcceptedWhole(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.sent(t, 1, 2)
		cards(t, h, team, "Claim to check")
		cards(t, h, ours)
		b := h.As(t, team)
		b.Get(paths.Funding()).Is(200, c.Reference, "£2,000.00", "Ashford", "31 Mar 2027")
		page := b.Get(paths.FundingClaim(c.ID)).Is(200, "Amara Okafor1, Registration, £1,000.00", "nothing has changed since it was signed", "Submitted Co a", "Signed Co a",
			"Action plan of the year", "action-plan.pdf", "The year starts on 1 September 2026", "Ashford from 1 September 2026")
		page.Submit().Is(422, "Choose whether you accept everything")
		for range 2 { // sent twice, it has one effect
			page.Submit("decision=all").LeadsTo(paths.Funding())
		}
		if st := h.mine(t); st.Pence != 200000 || len(st.Items) != 2 {
			t.Fatalf("%+v", st)
		}
		b.Get(paths.FundingClaim(c.ID)).Is(200, "Answered", "2 accepted, 0 returned").HasNot("name=\"decision\"")
		b.Get(paths.FundingDocument(documentOf(t, h))).Is(200)
		if got := b.Page.Header.Get("Content-Disposition"); got != `attachment; filename=action-plan.pdf` && got != `attachment; filename=360-evaluation.pdf` {
			t.Errorf("%s", got)
		}
		cards(t, h, team)
	})
}

func documentOf(t *testing.T, h house) string {
	t.Helper()
	all, err := h.Claims.Documents(ctx, ours, scheme)
	must(t, err)
	return all[0].ID
}

func TestSomeOfAClaimIsReturned(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.sent(t, 1, 2)
		one, two := labelled(c, "Okafor1"), labelled(c, "Okafor2")
		b := h.As(t, team)
		page := b.Get(paths.FundingClaim(c.ID))
		page.Submit("decision=some").Is(422, "Tick each payment that you return")
		page.Submit("decision=some", "return-"+one.ID+"=yes").Is(422, "Write why the registration of Amara Okafor1 is returned").Has(`id="reason-` + one.ID + `-error"`)
		page.Submit("decision=all", "return-"+one.ID+"=yes", "reason-"+one.ID+"=Not this year").Is(422, "1 payment is ticked to be returned").Has("Not this year")
		page.Submit("decision=some", "return-"+one.ID+"=yes", "reason-"+one.ID+"=Not this year", "reason-"+two.ID+"=Nor this").
			Is(422, "You wrote why the payment for Amara Okafor2 is returned. Tick it, or delete the reason").Has("Nor this", "Not this year")
		if h.Count(t, "grant_items") != 0 {
			t.Fatal("something was accepted all the same")
		}
		page.Submit("decision=some", "return-"+one.ID+"=yes", "reason-"+one.ID+"=Not this year").LeadsTo(paths.Funding())
		b.Get(paths.FundingClaim(c.ID)).Is(200, "Returned: Not this year", "1 accepted, 1 returned")
		b.Get(paths.FundingPayment(one.ID)).Is(200, "Returned: Not this year").Lacks("Take it back")
		if st := h.mine(t); st.Pence != 100000 {
			t.Errorf("%+v", st)
		}
	})
}

func TestWhatHasChangedSinceIsMarked(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.sent(t, 1, 2)
		l := labelled(c, "Okafor2")
		h.withdraw(t, l.Enrolment)
		page := h.As(t, team).Get(paths.FundingClaim(c.ID)).Is(200, "1 payment is not due by what is known now", "Okafor2", "Changed", "Withdrawn", "within the first 28 days of the year",
			"Ended on 10 September 2026")
		if body := page.Text(); body == "" {
			t.Fatal("there is nothing on the page")
		}
		// Somebody else answers meanwhile: nothing is saved over it, and what was typed stays.
		must(t, h.Claims.Answer(ctx, second, c.ID, c.Version, nil))
		page.Submit("decision=some", "return-"+l.ID+"=yes", "reason-"+l.ID+"=Withdrew").Is(409, "Someone else changed this", "Answered")
		if line, _ := h.Claims.Payment(ctx, team, l.ID); line.Payment != claim.PaymentAccepted {
			t.Errorf("%+v", line)
		}
	})
}

func TestAPaymentIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.accepted(t, 1, 2)
		l := labelled(c, "Okafor2")
		b := h.As(t, team)
		b.Get(paths.Funding()).Is(200, "is due by the facts as they are now")
		h.withdraw(t, l.Enrolment)
		b.Get(paths.Funding()).Is(200, "Okafor2", "within the first 28 days of the year").Lacks("Okafor1,")
		page := b.Get(paths.FundingPayment(l.ID)).Is(200, "By what is known now it is not due", "Claim answered", "On statement CAF2627-301-1", "£1,000.00 is taken off the next open statement of Ashford")
		page.Submit().Is(422, "Write why the payment is taken back")
		for range 2 {
			page.Submit("reason=Withdrew on 10 September").LeadsTo(paths.FundingPayment(l.ID))
		}
		b.Get(paths.FundingPayment(l.ID)).Is(200, "To be recovered", "Taken back on statement CAF2627-301-1", "Withdrew on 10 September").Lacks("Take the payment back")
		b.Get(paths.Funding()).Is(200, "is due by the facts as they are now")
		if st := h.mine(t); st.Pence != 100000 || len(st.Items) != 3 {
			t.Errorf("%+v", st)
		}
	})
}
