package funder

import (
	"net/http"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// paymentShowView is one payment with what has become of it.
type paymentShowView struct {
	deciding
	judged
	Claim  claim.Claim
	Landed []statement.Landed
	Reason string
}

// paymentShow shows a payment, and takes it back.
func (p *pages) paymentShow(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	v := paymentShowView{deciding: decide(r, "Payment", toWork, paths.Funding()), Reason: r.Value("reason")}
	if r.Posted() {
		err := p.Claims.Recover(r.Context(), r.Scope, id, version(r), v.Reason)
		if err == nil {
			return r.Say(w, paths.FundingPayment(id), "The payment is taken back", "It is on the employer’s next open statement, with your reason.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	if err := p.paymentNow(r, &v); err != nil {
		return err
	}
	return v.answer(w, r, paymentShowPage(v))
}

func (p *pages) paymentNow(r *web.Request, v *paymentShowView) error {
	ctx, scope := r.Context(), r.Scope
	l, err := p.Claims.Payment(ctx, scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	v.Seen = l.Version
	if v.judged, err = p.judgeOne(r, l); err != nil {
		return err
	}
	if v.Claim, err = p.Claims.Received(ctx, scope, l.Claim); err != nil {
		return err
	}
	v.Landed, err = p.Statements.Of(ctx, scope, l.ID)
	return err
}

// judgeOne sets one payment beside what is known now.
func (p *pages) judgeOne(r *web.Request, l claim.Line) (judged, error) {
	due, err := p.Grants.DueTo(r.Context(), r.Scope, l.Org)
	if err != nil {
		return judged{}, err
	}
	n, err := p.names(r)
	return judge(l, due, n), err
}

// canTakeBack reports whether there is anything to take back.
func (v paymentShowView) canTakeBack() bool {
	return (v.Payment == claim.PaymentAccepted || v.Payment == claim.PaymentPaid) && v.Recovery == claim.RecoveryNone
}

func (v paymentShowView) summary() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "NQSW", Text: v.Shown.Name() + ", " + v.Line.Facts.Reference},
		{Key: "Payment", Text: v.Shown.Milestone + ", " + v.Pence.String()},
		{Key: "Employer", Text: v.Claim.OrgName},
		{Key: "Claim", Value: linkTo(v.ClaimReference, paths.FundingClaim(v.Line.Claim))},
		{Key: "State", Value: ui.Tag(paymentTag(v.Line))},
	}
}

// history is what has become of the payment, the latest first.
func (v paymentShowView) history() ui.TimelineOptions {
	var items []ui.TimelineItem
	for _, a := range v.Claim.Acts {
		item := ui.TimelineItem{Title: "Claim " + lower(a.String()), When: web.Moment(a.At), Datetime: a.At.String(), By: a.By}
		if a.What == "answered" && v.Payment == claim.PaymentReturned {
			item.Text = "Returned: " + v.PaymentReason
		}
		items = append(items, item)
	}
	for _, l := range v.Landed {
		title := "On statement " + l.Statement.Reference
		if l.Kind == statement.KindRecovery {
			title = "Taken back on statement " + l.Statement.Reference
		}
		items = append(items, ui.TimelineItem{Title: title, When: web.Moment(l.RecordedAt), Datetime: l.RecordedAt.String(), Body: landed(l)})
		if !l.Statement.PaidOn.IsZero() {
			items = append(items, ui.TimelineItem{Title: "Statement " + l.Statement.Reference + " paid", When: l.Statement.PaidOn.String(), Datetime: l.Statement.PaidOn.ISO()})
		}
	}
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
	return ui.TimelineOptions{Items: items, HeadingLevel: 3}
}
