package claims

import (
	"net/http"
	"slices"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// ruleConfirmView asks how a rule was confirmed.
type ruleConfirmView struct {
	ui.Page
	Scheme grant.Scheme
	Rule   grant.Rule
	Note   string
}

// ruleConfirm keeps that an assumed rule was confirmed with the funder.
func (p *pages) ruleConfirm(w http.ResponseWriter, r *web.Request) error {
	s, ok := p.due.Book().Get(r.PathValue("key"))
	if !ok {
		return grant.ErrNoScheme(r.PathValue("key"))
	}
	at := slices.IndexFunc(s.Assumed(), func(one grant.Rule) bool { return one.Key == r.PathValue("rule") })
	if at < 0 {
		return fault.New(fault.NotFound, "The scheme assumes no rule %q. It may have been given a source since", r.PathValue("rule"))
	}
	v := ruleConfirmView{Page: r.Page("Confirm a rule"), Scheme: s, Rule: s.Assumed()[at], Note: r.Value("note")}
	v.Back = &ui.Link{Text: "Back to the rules", Href: paths.GrantScheme(s.Key)}
	if !r.Posted() {
		v.Note = ""
		return r.Render(w, ruleConfirmPage(v))
	}
	if r.Value("said") != v.Rule.Text {
		return fault.New(fault.Conflict, "The words of this rule have changed since you opened the page. Nothing was confirmed")
	}
	err := p.due.Confirm(r.Context(), r.Scope, s.Key, v.Rule.Key, v.Note)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, ruleConfirmPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.GrantScheme(s.Key), "The rule is confirmed", "Everybody who claims by it sees so. If its words change, it has to be confirmed again.")
}
