package prove

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type secondStepView struct {
	ui.Page
	Choice choice
	Wrong  string // why there is nothing to go on with
}

// secondBegin asks the browser for a passkey as the second step.
func (p *pages) secondBegin(w http.ResponseWriter, r *web.Request) error {
	asked, err := p.Factors.AskSecondPasskey(r.Context(), account.HalfToken(r.Request, p.Account))
	return r.Ask(w, asked.ID, asked.Options, err)
}

// secondStep asks for the second step of a sign-in.
func (p *pages) secondStep(w http.ResponseWriter, r *web.Request) error {
	token := account.HalfToken(r.Request, p.Account)
	half, err := p.Factors.HalfWay(r.Context(), token)
	v := secondStepView{Page: r.Page("Second step"), Choice: p.ofHeld(half.Held)}
	v.Choice.Token, v.Choice.Action, v.Choice.Begin = v.Form, paths.SecondStep(), paths.SecondStepBegin()
	if fault.KindOf(err) == fault.Forbidden {
		return p.noSecond(w, r, v, err)
	}
	if err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, secondStepPage(v))
	}
	started, err := p.Factors.Finish(r.Context(), r.Scope.Form(), token, p.shown(r))
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		v.Choice.Problems = v.Problems
		return r.Refuse(w, secondStepPage(v))
	}
	if fault.KindOf(err) == fault.Forbidden {
		return p.noSecond(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return account.Welcome(w, r, p.Account, started, half.Next)
}

// noSecond is shown where there is no sign-in to go on with, or none for this
// person.
func (p *pages) noSecond(w http.ResponseWriter, r *web.Request, v secondStepView, err error) error {
	v.Title, v.Wrong = "You have to sign in again", err.Error()
	return r.Refuse(w, secondStepEndPage(v))
}

type secondNeededView struct {
	ui.Page
	Choice   choice
	Has      bool // there is something to show
	Passkeys bool
	Role     string
}

// secondNeeded is where somebody is led whose role has to have a second step,
// until they have given it or set one up.
func (p *pages) secondNeeded(w http.ResponseWriter, r *web.Request) error {
	if r.Visitor.First == "" {
		return r.LeadBack(w, paths.Home())
	}
	h, err := p.Factors.Held(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := secondNeededView{Page: r.Page("A second step is needed"), Choice: p.ofHeld(h), Has: h.HasSecond(),
		Passkeys: p.Factors.HasPasskeys(), Role: r.Scope.Role().String()}
	v.Nav = nil
	v.Choice.Token, v.Choice.Action, v.Choice.Begin = v.Form, paths.SecondNeeded(), paths.ProveBegin()
	if !r.Posted() {
		return r.Render(w, secondNeededPage(v))
	}
	started, err := p.Factors.Prove(r.Context(), r.Scope, account.SessionToken(r.Request, p.Account), secondOnly(p.shown(r)))
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		v.Choice.Problems = v.Problems
		return r.Refuse(w, secondNeededPage(v))
	}
	if err != nil {
		return err
	}
	account.LetIn(w, p.Account, started)
	return r.SeeOther(w, paths.Home())
}

// secondOnly takes nothing that is no second step.
func secondOnly(n factor.Shown) factor.Shown {
	if n.Way == account.ByPassword || n.Way == account.ByMail {
		n.Way = ""
	}
	return n
}
