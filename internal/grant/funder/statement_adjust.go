package funder

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementAdjustView puts right what an employer is paid.
type statementAdjustView struct {
	deciding
	Employers []statement.Employer
	Schemes   []grant.Scheme
	Employer  string
	Scheme    string
	Amount    string
	On        ui.DateField
	Reason    string
}

// statementAdjust adds an amount to an open statement, or takes it off.
func (p *pages) statementAdjust(w http.ResponseWriter, r *web.Request) error {
	v := statementAdjustView{deciding: decide(r, "Adjust what an employer is paid", "Back to statements", paths.FundingStatements()), Schemes: p.Grants.Book().Schemes(),
		Employer: r.Value("employer"), Scheme: r.Value("scheme"), Amount: r.Value("amount"), Reason: r.Value("reason")}
	if r.Posted() {
		a, err := v.read(r)
		if err == nil {
			err = p.Statements.Adjust(r.Context(), r.Scope, a)
		}
		if err == nil {
			return r.Say(w, listed(statement.Filter{Scheme: a.Scheme, Org: a.Org}, 1), "Adjusted by "+a.Pence.String(), "It is on the employer’s open statement, with your reason.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	var err error
	if v.Employers, err = p.Statements.Employers(r.Context(), r.Scope); err != nil {
		return err
	}
	return v.answer(w, r, statementAdjustPage(v))
}

// read reads the form. Everything that is wrong is told at once: what the store
// would say of the rest stands beside what cannot be read.
func (v *statementAdjustView) read(r *web.Request) (statement.Adjustment, error) {
	var bad fault.Problems
	a := statement.Adjustment{Org: asye.OrganisationID(v.Employer), Scheme: v.Scheme, Reason: v.Reason}
	bad.If(v.Employer == "", "employer", "Choose the employer")
	bad.If(v.Scheme == "", "scheme", "Choose the scheme")
	if v.Amount != "" {
		var err error
		a.Pence, err = grant.ParsePence(v.Amount)
		bad.If(err != nil, "amount", "%v", err)
	}
	bad.If(v.Amount == "", "amount", "Enter an amount in pounds and pence, like 100.00, or -100.00 to take it off")
	v.On, a.On = r.Date("effective_on", "The day from which the amount counts", &bad)
	bad.If(v.On.Blank(), "effective_on", "Enter the day from which the amount counts, like 27 3 2027")
	bad.If(v.Reason == "", "reason", "Write why: the employer will read it, and so will an auditor")
	return a, bad.Err()
}
