package own

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type roleListView struct {
	ui.Page
	Choices []ui.Choice
	Value   string
}

// roles lists what the person can work as, and changes to it.
func (p *pages) roles(w http.ResponseWriter, r *web.Request) error {
	held, err := p.account.Roles(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := roleListView{Page: r.Page("What do you want to work as?"), Value: account.Grant{Org: r.Scope.Org(), Role: r.Scope.Role()}.Key()}
	for _, m := range held {
		v.Choices = append(v.Choices, ui.Choice{Value: account.Grant{Org: m.Org, Role: m.Role}.Key(), Text: m.Role.String(), Hint: m.OrgName})
	}
	if !r.Posted() {
		return r.Render(w, roleListPage(v))
	}
	if v.Value = r.Value("role"); v.Value == "" {
		v.Problems = fault.Problems{{Field: "role", Text: "Select what you want to work as"}}
		return r.Refuse(w, roleListPage(v))
	}
	started, err := p.account.Switch(r.Context(), r.Scope, p.token(r), account.GrantOf(v.Value))
	if fault.KindOf(err) == fault.NotFound {
		v.Problems = fault.Problems{{Field: "role", Text: "Select a role that you have today"}}
		return r.Refuse(w, roleListPage(v))
	}
	if err != nil {
		return err
	}
	account.LetIn(w, p.account, started)
	return r.SeeOther(w, paths.Home())
}
