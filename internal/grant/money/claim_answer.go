package money

import (
	"net/http"
	"slices"
	"strconv"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// claimAnswerView records what a funder outside answered to a claim.
type claimAnswerView struct {
	ui.Page
	Claim    claim.Claim
	Seen     int
	Returned []string          // the lines that are ticked
	Reasons  map[string]string // by line
}

// claimAnswer records what a funder outside answered to a claim.
func (p *pages) claimAnswer(w http.ResponseWriter, r *web.Request) error {
	if err := p.statements.Payer().Outside(); err != nil {
		return err
	}
	v := claimAnswerView{Page: r.Page("Record the funder’s answer"), Reasons: map[string]string{}}
	var err error
	if v.Claim, err = p.claims.Get(r.Context(), r.Scope, r.PathValue("id")); err != nil {
		return err
	}
	v.Back = &ui.Link{Text: "Back to statements", Href: paths.GrantStatements()}
	v.Seen = v.Claim.Version
	if !r.Posted() {
		if err := v.Claim.Is(claim.Submitted); err != nil {
			return err
		}
		return r.Render(w, claimAnswer(v))
	}
	return p.answered(w, r, v)
}

func (p *pages) answered(w http.ResponseWriter, r *web.Request, v claimAnswerView) error {
	seen, _ := strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	v.Returned = r.Form["returned"]
	returned := map[string]string{}
	for _, l := range v.Claim.Lines {
		v.Reasons[l.ID] = r.Value("reason-" + l.ID)
		if slices.Contains(v.Returned, l.ID) {
			returned[l.ID] = v.Reasons[l.ID]
		}
	}
	var bad fault.Problems
	for _, l := range v.Claim.Lines {
		bad.If(v.Reasons[l.ID] != "" && !slices.Contains(v.Returned, l.ID), "reason-"+l.ID,
			"You wrote a reason for %s and did not tick that the payment was returned. Tick it, or take the reason away", l.Shown.Name())
	}
	err := bad.Err()
	if err == nil {
		err = p.claims.Record(r.Context(), r.Scope, v.Claim.ID, seen, returned)
	}
	if err == nil {
		return r.Say(w, paths.GrantStatements(), "The answer to claim "+v.Claim.Reference+" is recorded",
			"What was accepted is on the open statement. The audit trail says that you recorded it for the funder.")
	}
	if web.IsStale(err) {
		v.Flash = changed
		return r.Stale(w, claimAnswer(v))
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems == nil {
		return err
	}
	return r.Refuse(w, claimAnswer(v))
}

func (v claimAnswerView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Seen)}}}
}

// choices are the payments of the claim, each with a place for the reason.
func (v claimAnswerView) choices() []ui.Choice {
	var out []ui.Choice
	for _, l := range v.Claim.Lines {
		out = append(out, ui.Choice{Value: l.ID, Text: l.Shown.Name() + ", " + lower(l.Shown.Milestone) + ": " + l.Pence.String(),
			Conditional: claimReason(v, l)})
	}
	return out
}
