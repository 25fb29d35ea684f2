package funder_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
)

func TestFromAnAcceptedClaimToItsPayment(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.accepted(t, 1, 2)
		b, other := h.As(t, team), h.As(t, second)
		b.Get(paths.Funding()).Is(200, "Open statements 1", "£2,000.00", "Close them")
		b.Get(paths.FundingStatements()+"?scheme="+scheme+"&state=open").Is(200, "CAF2627-301-1", "Showing 1 statement, £2,000.00 in all", "Close these statements")
		closing := b.Get(paths.FundingClose(scheme)).Is(200, "1 open statement, and £2,000.00 to be paid.", "Nothing is paid yet")
		for range 2 {
			closing.Submit().LeadsTo(paths.FundingBatches())
		}
		b.Get(paths.FundingClose(scheme)).Is(200, "No open statement of this scheme has anything on it")
		list := b.Get(paths.FundingBatches()).Is(200, "1 closed statement, £2,000.00 in all, in no batch yet")
		batch := list.Submit().Is(303).Location
		list.Submit("scheme=" + scheme + "x").Is(404)
		other.Get(paths.FundingBatches()).Is(200, "0 of 2 approvals").Lacks("in no batch yet")
		cards(t, h, team, "Batch of payments to approve")
		mine, theirs := b.Get(batch).Is(200, "Approve £2,000.00", "Somebody else has to approve it after you"), other.Get(batch)
		mine.Press(batch + "/approve").LeadsTo(batch)
		cards(t, h, team)
		cards(t, h, second, "Batch of payments to approve")
		b.Get(batch).Is(200, "Somebody else of the national team has to be the second").Lacks("Approve £2,000.00")
		theirs.Press(batch+"/approve").Is(409, "Someone else changed this", "with your approval it is authorised")
		other.Get(batch).Press(batch + "/approve").LeadsTo(batch)
		b.Get(batch).Is(200, "Authorised", "Mark it as paid").Lacks("Discard the batch")
		pay := b.Get(batch+"/pay").Is(200, "£2,000.00 on 1 statement, authorised")
		pay.Submit().Is(422, "Enter the day of the payment")
		pay.Submit("paid_on=2026-11-23").Is(422, "cannot be in the future").Has(`value="23"`)
		pay.Submit("paid_on=2026-11-01").Is(422, "it cannot have been paid before that")
		for range 2 {
			pay.Submit("paid_on=2026-11-22").LeadsTo(batch)
		}
		b.Get(batch+"/pay").Is(200, "This batch is: Paid")
		file := b.Get(batch + "/payments.csv").Is(200).Body
		if !strings.Contains(file, "CAF2627-301-1,301,Ashford,2000.00") {
			t.Error(file)
		}
		b.Get(paths.FundingStatement(h.mine(t).ID)).Is(200, "Paid on 22 November 2026", "Payment How many 2 Amount £2,000.00", "Amara Okafor1, Registration")
	})
}

func TestABatchIsDiscarded(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.accepted(t, 1)
		_, err := h.Statements.Close(ctx, team, scheme)
		must(t, err)
		id, err := h.Statements.Prepare(ctx, team, scheme)
		must(t, err)
		b := h.As(t, team)
		page := b.Get(paths.FundingBatch(id))
		page.Press(paths.FundingBatchAct(id, "discard")).LeadsTo(paths.FundingBatches())
		b.Get(paths.FundingBatch(id)).Is(200, "It was taken apart")
		page.Press(paths.FundingBatchAct(id, "approve")).Is(409, "Someone else changed this")
	})
}

func TestAnAdjustmentIsMade(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.As(t, team)
		page := b.Get(paths.FundingAdjust()).Is(200, "Ashford, 301").Lacks("National body")
		b.Get(paths.FundingAdjust() + "?employer=a").Has(`value="a" selected`)
		page.Submit().Is(422, "Choose the employer", "Choose the scheme", "Enter an amount", "Enter the day", "Write why")
		typed := []string{"employer=a", "scheme=" + scheme, "amount=-12.345", "effective_on=2026-11-01", "reason=Paid twice in 2025"}
		page.Submit(typed...).Is(422, "is not an amount of money").Has("-12.345", "Paid twice in 2025", `value="11"`)
		typed[2] = "amount=-£1,200.50"
		typed[3] = "effective_on=2026-12-01"
		page.Submit(typed...).Is(422, "cannot be in the future").Has("-£1,200.50")
		typed[3] = "effective_on=2026-11-01"
		for range 2 {
			page.Submit(typed...).LeadsTo("/funding/statements?employer=a&scheme=" + scheme)
		}
		st := h.mine(t)
		if len(st.Items) != 1 || st.Pence != -120050 {
			t.Fatalf("%+v", st)
		}
		b.Get(paths.FundingStatement(st.ID)).Is(200, "Adjustments", "Paid twice in 2025", "−£1,200.50", "Co national", "the employer owes more than it is due")
		b.Get(paths.FundingClose(scheme)).Is(200, "1 employer owes more than is due: £1,200.50 is carried over")
	})
}

func TestTheReportCountsEverything(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.accepted(t, 1, 2)
		h.PaidOn(t, at("2026-11-22"))
		h.Run(t, `update organisations set region = 'South East' where id = 'a'`)
		must(t, h.Statements.Adjust(ctx, team, statement.Adjustment{Org: "a", Scheme: scheme, Pence: -4000, On: at("2026-11-01"), Reason: "A slip"}))
		h.At(t, "2026-12-24T09:00:00Z")
		b := h.As(t, team)
		b.Get(paths.FundingReport()).Is(200, "Local authority Claimed £2,000.00", "Forecast", "Paid more than 30 days ago, and not confirmed", "CAF2627-301-1", "Owes £40.00", "Set a budget")
		b.Get(paths.FundingReport()+"?by=region&scheme="+scheme).Is(200, "South East")
		b.Get(paths.FundingReport()+"?by=month").Is(200, "November 2026", "Outstanding at its end")
		file := b.Get(paths.FundingReport() + "?by=month&format=csv").Is(200).Body
		if !strings.Contains(file, "November 2026,2000.00,2000.00,-40.00,0.00,2000.00,-40.00") {
			t.Error(file)
		}
		if !strings.HasPrefix(b.Get(paths.FundingReport()+"?format=xlsx").Is(200).Body, "PK") {
			t.Error("that is no workbook")
		}
		b.Get(paths.FundingReport()+"?format=doc").Is(422, "Choose csv or xlsx")
		if lines := strings.Count(b.Get(paths.FundingLedger()).Is(200).Body, "\r\n"); lines != 5 {
			t.Errorf("%d lines", lines)
		}
		page := b.Get(paths.FundingBudget(scheme)).Is(200, "Nobody has set a budget")
		page.Submit("amount=much").Is(422, "not an amount of money").Has("much")
		page.Submit("amount=3,900").LeadsTo(paths.FundingReport())
		page.Submit("amount=5").Is(409, "Someone else changed this", "It is £3,900.00 now").Has(`value="5"`)
		// 1,960 used, and both of them complete by the final year's rule.
		b.Get(paths.FundingReport()).Is(200, "£3,900.00", "£3,960.00", "−£60.00")
	})
}

func TestALongStatementIsPaged(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	for range 51 {
		must(t, h.Statements.Adjust(ctx, team, statement.Adjustment{Org: "a", Scheme: scheme, Pence: 100, On: at("2026-11-01"), Reason: "Once more"}))
	}
	b := h.As(t, team)
	b.Get(paths.FundingStatement(h.mine(t).ID)).Is(200, "Showing 1 to 50 of 51 items", "Next page", "Adjustment How many 51 Amount £51.00")
	b.Get(paths.FundingStatement(h.mine(t).ID)+"?page=2").Is(200, "Showing 51 to 51 of 51 items", "Previous page")
}
