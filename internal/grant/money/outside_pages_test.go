package money_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
)

func remittances(on asye.Date, text string, pence grant.Pence, more string, other grant.Pence) []statement.Remittance {
	return []statement.Remittance{{ReceivedOn: on, Text: text, Pence: pence}, {ReceivedOn: on, Text: more, Pence: other}}
}

func TestGRA52_AFunderOutsideFromAnswerToPayment(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.outside(t)
		b := h.As(t, ours)
		b.Get(paths.GrantStatements()).Is(200, "Claims that wait for the funder", c.Reference, "Record the answer")
		h.As(t, director).Get(paths.GrantStatements()).Is(200).Lacks("Record the answer")
		h.As(t, them).Get(paths.GrantAnswer(c.ID)).Is(404)
		page := b.Get(paths.GrantAnswer(c.ID)).Is(200, "£2,000.00", c.Lines[0].Shown.Name())
		line := c.Lines[1].ID
		page.Submit("returned="+line).Is(422, "Write why").Has(`value="` + line + `" checked`)
		page.Submit("reason-"+line+"=Not on their list").Is(422, "did not tick").Has(`value="Not on their list"`)
		page.Submit("returned="+line, "reason-"+line+"=Not on their list").LeadsTo(paths.GrantStatements())
		page.Submit().Is(409)
		st := h.only(t)
		b.Get(paths.GrantStatements()).Is(200, st.Reference, "Close it when the funder announces").Lacks("Claims that wait")
		show := b.Get(paths.GrantStatement(st.ID)).Is(200, "The funder has announced it", "£1,000.00", "Taken back")
		h.As(t, director).Get(paths.GrantStatement(st.ID)).Is(200).Lacks("The funder has announced it", "Taken back")
		_ = show
		announce := b.Get(paths.GrantAnnounced(st.ID)).Is(200, "Compare it with what the funder has written")
		announce.Submit().LeadsTo(paths.GrantStatement(st.ID))
		b.Get(paths.GrantStatement(st.ID)).Is(200, "Authorised", "The funder has paid it")
		pay := b.Get(paths.GrantAnnounced(st.ID)).Is(200, "On which day did the funder pay?")
		pay.Submit().Is(422, "Enter the day")
		pay.Submit("paid_on=2099-01-01").Is(422, "cannot be in the future").Has(`value="2099"`)
		pay.Submit("paid_on=" + clock.Today(h.DB.Clock()).ISO()).LeadsTo(paths.GrantStatement(st.ID))
		b.Get(paths.GrantStatement(st.ID)).Is(200, "It was paid on")
		b.Get(paths.GrantAnnounced(st.ID)).Is(409)
		back := b.Get(paths.GrantTakenBack(st.Items[0].Line)).Is(200, "£1,000.00")
		back.Submit().Is(422, "Write why")
		back.Submit("reason=The NQSW left").LeadsTo(paths.GrantStatements())
		b.Get(paths.GrantTakenBack(st.Items[0].Line)).Is(200, "being taken back already")
		b.Get(paths.GrantStatements()).Is(200, "−£1,000.00")
	})
}

func TestGRA52_TheRecordingPagesAreShutWhereTheNationalTeamPays(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	c := h.accepted(t)
	b := h.As(t, ours)
	for _, page := range []string{paths.GrantAnswer(c.ID), paths.GrantAnnounced(h.only(t).ID), paths.GrantTakenBack(c.Lines[0].ID)} {
		b.Get(page).Is(403, "national team")
	}
	b.Get(paths.GrantStatement(h.only(t).ID)).Is(200).Lacks("announced", "Taken back")
}

func TestGRA48_TheEstimatePage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Statements.PaidBy(grant.PaidElsewhere)
		b := h.As(t, ours)
		b.Get(paths.GrantEstimate("child-and-family-2026-27")).Is(404)
		page := b.Get(paths.GrantEstimate("adults-2026-27")).Is(200, "None was given", "7 January 2027", "£800.00 for each").Lacks("Has the funder accepted")
		page.Submit("number=some").Is(422, "as a whole number").Has(`value="some"`)
		page.Submit("number=12").LeadsTo(paths.GrantEstimate("adults-2026-27"))
		page = b.Get(paths.GrantEstimate("adults-2026-27")).Is(200, "12 NQSWs", "£9,600.00", "Has the funder accepted").Has(`value="12"`)
		page.Submit("number=10").LeadsTo(paths.GrantEstimate("adults-2026-27"))
		page.Press(paths.GrantEstimateAccepted("adults-2026-27"), "version=1").Is(409)
		b.Get(paths.GrantEstimate("adults-2026-27")).Press(paths.GrantEstimateAccepted("adults-2026-27")).LeadsTo(paths.GrantEstimate("adults-2026-27"))
		b.Get(paths.GrantEstimate("adults-2026-27")).Is(200, "can no longer be changed", "The funder has accepted it")
		b.Get(paths.GrantYear()).Is(200, "10 NQSWs, accepted on", "£8,000.00 of it is still to be taken off")
		h.As(t, director).Get(paths.GrantYear()).Is(200, "10 NQSWs")
		h.As(t, them).Get(paths.GrantYear()).Is(200).Lacks("10 NQSWs")
	})
}

func TestGRA48_AnEstimateHasADeadline(t *testing.T) {
	h := open(granttest.OnSQLite(t))
	h.At(t, "2027-01-08T00:00:00Z")
	h.As(t, ours).Get(paths.GrantEstimate("adults-2026-27")).Is(200, "Estimates closed at 23:59 on 7 January 2027").HasNot(`name="number"`)
}

func TestGRA53_TheYearPage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.As(t, ours).Get(paths.GrantYear()).Is(200, "Nothing yet")
		h.paid(t)
		h.Register(t, ours, entry(3))
		h.As(t, director).Get(paths.GrantYear()).Is(200, "Child and family", "Expected in all", "£2,000.00 so far", "On 31 March 2027", "Not yet", "£2,000.00 (2)",
			"There is no estimate yet: it takes at least 2 years")
	})
}
