package funder

import (
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/web"
)

// budgetSetView is what there is to spend on a scheme.
type budgetSetView struct {
	deciding
	Scheme grant.Scheme
	Budget statement.Budget
	Amount string
}

// budgetSet says what there is to spend on a scheme.
func (p *pages) budgetSet(w http.ResponseWriter, r *web.Request) error {
	key := r.PathValue("id")
	v := budgetSetView{deciding: decide(r, "Budget", "Back to the report", paths.FundingReport()), Scheme: p.scheme(key), Amount: r.Value("amount")}
	if r.Posted() {
		pence, err := grant.ParsePence(v.Amount)
		if err != nil {
			err = fault.Problems{{Field: "amount", Text: err.Error()}}
		} else {
			err = p.Statements.SetBudget(r.Context(), r.Scope, key, version(r), pence)
		}
		if err == nil {
			return r.Say(w, paths.FundingReport(), "The budget is "+pence.String(), "The report holds the forecast against it.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	if _, ok := p.Grants.Book().Get(key); !ok {
		return grant.ErrNoScheme(key)
	}
	all, err := p.Statements.Budgets(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v.Budget = all[key]
	if v.Seen = v.Budget.Version; v.Seen > 0 && !r.Posted() {
		v.Amount = v.Budget.Pence.Plain()
	}
	return v.answer(w, r, budgetSetPage(v))
}

// now says what the budget is.
func (v budgetSetView) now() string {
	if v.Budget.Version == 0 {
		return "Nobody has set a budget for this scheme yet."
	}
	return "It is " + v.Budget.Pence.String() + " now."
}
