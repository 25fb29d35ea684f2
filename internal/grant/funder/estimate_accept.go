package funder

import (
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// estimateAcceptView is how many NQSWs an employer expects.
type estimateAcceptView struct {
	deciding
	Estimate statement.Estimate
	Scheme   grant.Scheme
}

// estimateAccept pays the first instalment on an estimate.
func (p *pages) estimateAccept(w http.ResponseWriter, r *web.Request) error {
	id := r.PathValue("id")
	v := estimateAcceptView{deciding: decide(r, "Accept an estimate", toWork, paths.Funding())}
	if r.Posted() {
		err := p.Statements.Instal(r.Context(), r.Scope, id, version(r))
		if err == nil {
			return r.Say(w, paths.Funding(), "The estimate is accepted", "The first instalment is on the employer’s open statement.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	var err error
	if v.Estimate, err = p.Statements.Estimate(r.Context(), r.Scope, id); err != nil {
		return err
	}
	v.Seen, v.Scheme = v.Estimate.Version, p.scheme(v.Estimate.Scheme)
	return v.answer(w, r, estimateAcceptPage(v))
}

func (v estimateAcceptView) waits() bool { return v.Estimate.Accepted.IsZero() }

func (v estimateAcceptView) summary() []ui.SummaryRow {
	e := v.Estimate
	rows := []ui.SummaryRow{
		{Key: "Employer", Text: e.OrgName},
		{Key: "Scheme", Text: v.Scheme.Name},
		{Key: "Expects", Text: count(e.Number, "NQSW")},
		{Key: "First instalment", Text: v.first().String()},
		{Key: "Given", Text: web.Moment(e.GivenAt)},
	}
	if !v.waits() {
		rows = append(rows, ui.SummaryRow{Key: "Accepted", Text: web.Moment(e.Accepted)})
	}
	return rows
}

func (v estimateAcceptView) first() grant.Pence { return statement.First(v.Scheme, v.Estimate) }
