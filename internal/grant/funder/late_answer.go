package funder

import (
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// lateAnswerView is a request for a payment that missed its deadline.
type lateAnswerView struct {
	deciding
	Request claim.LateRequest
	Scheme  grant.Scheme
	Now     *grant.Row // nil where there is no such registration any more
	Facts   []ui.SummaryRow
	Answer  string
	Why     string
}

const (
	granted = "granted"
	refused = "refused"
)

// lateAnswer grants a late request, or refuses it.
func (p *pages) lateAnswer(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	v := lateAnswerView{deciding: decide(r, "May it be claimed late?", toWork, paths.Funding()), Answer: r.Value("answer"), Why: r.Value("why")}
	if r.Posted() {
		var bad fault.Problems
		bad.If(v.Answer != granted && v.Answer != refused, "answer", "Choose whether it may be claimed")
		bad.If(v.Why == "", "why", "Write why: the employer will read it")
		err := bad.Err()
		if err == nil {
			err = p.Claims.AnswerLate(r.Context(), r.Scope, id, version(r), v.Answer == granted, v.Why)
		}
		if err == nil {
			return r.Say(w, paths.Funding(), "The request is "+v.Answer, "The employer reads your answer and the reason.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	if err := p.lateNow(r, &v); err != nil {
		return err
	}
	return v.answer(w, r, lateAnswerPage(v))
}

func (p *pages) lateNow(r *web.Request, v *lateAnswerView) error {
	var err error
	if v.Request, err = p.Claims.LateRequest(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	v.Seen, v.Scheme = v.Request.Version, p.scheme(v.Request.Scheme)
	due, err := p.Grants.DueTo(r.Context(), r.Scope, v.Request.Org)
	if err != nil {
		return err
	}
	n, err := p.names(r)
	for i, row := range due {
		if row.Facts.Enrolment == v.Request.Enrolment && row.Milestone.Key == v.Request.Milestone {
			v.Now = &due[i]
			for at, text := range said(row.Facts, n) {
				v.Facts = append(v.Facts, ui.SummaryRow{Key: factNames()[at], Text: text})
			}
		}
	}
	return err
}

func (v lateAnswerView) waits() bool { return v.Request.Answer == "" }

func (v lateAnswerView) summary() []ui.SummaryRow {
	q := v.Request
	m, _ := v.Scheme.Milestone(q.Milestone)
	rows := []ui.SummaryRow{
		{Key: "NQSW", Text: q.Name + ", " + q.Reference},
		{Key: "Employer", Text: q.OrgName},
		{Key: "Payment", Text: m.Name + ", " + v.Scheme.Name},
	}
	if v.Now != nil {
		rows = append(rows, ui.SummaryRow{Key: "Amount", Text: max(v.Now.Pence, v.Now.AtStake).String()}, ui.SummaryRow{Key: "Falls on", Text: v.Now.On.String()})
		if d, ok := v.Scheme.DeadlineOf(v.Now.On); ok {
			rows = append(rows, ui.SummaryRow{Key: "Deadline", Text: d.String()})
		}
	}
	rows = append(rows, ui.SummaryRow{Key: "Asked", Text: web.Moment(q.AskedAt)}, ui.SummaryRow{Key: "Their reason", Text: q.Reason})
	if !v.waits() {
		rows = append(rows, ui.SummaryRow{Key: "Answer", Text: capital(q.Answer)}, ui.SummaryRow{Key: "Why", Text: q.AnswerWhy})
	}
	return rows
}

func (v lateAnswerView) choices() []ui.Choice {
	return []ui.Choice{{Value: granted, Text: "Yes, it may be claimed", Hint: "The employer can put it into its next claim."}, {Value: refused, Text: "No, it is not paid"}}
}
