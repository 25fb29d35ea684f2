package funder

import (
	"net/http"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// clashDecideView is a payment that two employers claim.
type clashDecideView struct {
	deciding
	Clash    claim.Clash
	Judged   judged
	Decision string
	Why      string
}

// clashDecide settles whose a payment is.
func (p *pages) clashDecide(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	v := clashDecideView{deciding: decide(r, "Whose payment is it?", toWork, paths.Funding()), Decision: r.Value("decision"), Why: r.Value("why")}
	if r.Posted() {
		err := p.Claims.Decide(r.Context(), r.Scope, id, version(r), claim.Decision(v.Decision), v.Why)
		if err == nil {
			return r.Say(w, paths.Funding(), "The clash is settled", "Both employers read your decision and the reason.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	var err error
	if v.Clash, err = p.Claims.Clash(r.Context(), r.Scope, id); err != nil {
		return err
	}
	v.Seen = v.Clash.Version
	if v.Judged, err = p.judgeOne(r, v.Clash.Line); err != nil {
		return err
	}
	return v.answer(w, r, clashDecidePage(v))
}

func (v clashDecideView) waits() bool { return v.Clash.Decision == "" }

// unanswered reports whether the payment cannot move yet, because the claim in
// which it stands has not been answered.
func (v clashDecideView) unanswered() bool { return v.Clash.Line.Payment == claim.PaymentSubmitted }

func (v clashDecideView) summary() []ui.SummaryRow {
	c := v.Clash
	rows := []ui.SummaryRow{
		{Key: "NQSW", Text: c.Line.Shown.Name() + ", " + c.Line.Facts.Reference},
		{Key: "Payment", Text: c.Line.Shown.Milestone + ", " + c.Line.Pence.String() + ", for " + c.Line.On.String()},
		{Key: "Stands with", Text: c.StandsWith},
		{Key: "Claim", Value: linkTo(c.Line.ClaimReference, paths.FundingClaim(c.Line.Claim))},
		{Key: "State", Value: ui.Tag(paymentTag(c.Line))},
		{Key: "Wanted by", Text: c.OrgName},
		{Key: "Their reason", Text: c.Reason},
		{Key: "Raised", Text: web.Moment(c.RaisedAt)},
	}
	if !v.waits() {
		rows = append(rows, ui.SummaryRow{Key: "Decision", Text: v.decided()}, ui.SummaryRow{Key: "Why", Text: c.Why})
	}
	return rows
}

func (v clashDecideView) decided() string {
	if v.Clash.Decision == claim.Moves {
		return v.Clash.OrgName + " may claim it"
	}
	return "It stays with " + v.Clash.StandsWith
}

func (v clashDecideView) choices() []ui.Choice {
	out := []ui.Choice{{Value: string(claim.Stays), Text: "It stays with " + v.Clash.StandsWith}}
	if v.unanswered() {
		return out
	}
	return append(out, ui.Choice{Value: string(claim.Moves), Text: v.Clash.OrgName + " may claim it", Hint: "It is taken back from " + v.Clash.StandsWith + " on the next open statement."})
}
