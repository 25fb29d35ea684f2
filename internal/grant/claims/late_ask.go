package claims

import (
	"net/http"
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// askView asks the funder for something about one payment.
type askView struct {
	ui.Page
	Row    grant.Row
	Reason string
}

// asked finds the payment that the address names, where what is asked fits it.
func (p *pages) asked(r *web.Request, title string, fits func(grant.Row) bool) (askView, claim.Key, error) {
	k := claim.Key{Enrolment: asye.EnrolmentID(r.PathValue("enrolment")), Milestone: r.PathValue("milestone")}
	due, err := p.due.Due(r.Context(), r.Scope)
	if err != nil {
		return askView{}, k, err
	}
	at := slices.IndexFunc(due, func(row grant.Row) bool { return keyOf(row) == k && fits(row) })
	if at < 0 {
		return askView{}, k, fault.New(fault.NotFound, "There is no such payment of which this can be asked")
	}
	v := askView{Page: r.Page(title), Row: due[at]}
	if r.Posted() {
		v.Reason = r.Value("reason")
	}
	v.Back = &ui.Link{Text: "Back to what is due", Href: paths.Grants()}
	return v, k, nil
}

// lateAsk asks the funder for a payment that missed its deadline.
func (p *pages) lateAsk(w http.ResponseWriter, r *web.Request) error {
	v, k, err := p.asked(r, "Ask to claim late", func(row grant.Row) bool { return row.MissedDeadline() })
	if err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, lateAskPage(v))
	}
	err = p.claims.AskLate(r.Context(), r.Scope, k, v.Reason)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, lateAskPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.GrantClaims(), "You have asked to claim late", "The funder’s answer will be here, and on what is due.")
}

func (v askView) facts() []ui.SummaryRow {
	return []ui.SummaryRow{{Key: "NQSW", Text: v.Row.Name() + ", " + v.Row.Facts.Reference},
		{Key: "Payment", Text: v.Row.Milestone.Name + ", " + v.Row.Scheme.Name},
		{Key: "Amount", Text: orDash(pounds(v.Row))}, {Key: "Day", Text: v.Row.On.String()}}
}

// missed is the deadline that was missed.
func (v askView) missed() string { return until(v.Row.Scheme, v.Row.On) }
