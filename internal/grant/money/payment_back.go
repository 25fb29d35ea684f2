package money

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// paymentBackView records that a funder outside takes a payment back.
type paymentBackView struct {
	ui.Page
	Payment claim.Line
	Reason  string
}

// paymentBack records that a funder outside takes a payment back.
func (p *pages) paymentBack(w http.ResponseWriter, r *web.Request) error {
	v := paymentBackView{Page: r.Page("The funder takes a payment back"), Reason: r.Value("reason")}
	v.Back = &ui.Link{Text: "Back to statements", Href: paths.GrantStatements()}
	var err error
	if v.Payment, err = p.claims.Own(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, paymentBack(v))
	}
	seen, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	err = p.claims.RecordRecovery(r.Context(), r.Scope, v.Payment.ID, seen, v.Reason)
	if err == nil {
		return r.Say(w, paths.GrantStatements(), "The recovery of "+v.Payment.Pence.String()+" is on your open statement", "The audit trail says that you recorded it for the funder.")
	}
	if web.IsStale(err) {
		v.Flash = changed
		return r.Stale(w, paymentBack(v))
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems == nil {
		return err
	}
	return r.Refuse(w, paymentBack(v))
}

func (v paymentBackView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Payment.Version)}}}
}

func (v paymentBackView) facts() []ui.SummaryRow {
	l := v.Payment
	return []ui.SummaryRow{{Key: "NQSW", Text: l.Shown.Name()}, {Key: "Payment", Text: l.Shown.Milestone + " on " + l.On.String()}, {Key: "Amount", Text: l.Pence.String()},
		{Key: "Claim", Text: l.ClaimReference}, {Key: "State", Text: l.Payment.String()}}
}
