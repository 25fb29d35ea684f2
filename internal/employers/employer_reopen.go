package employers

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// employerReopenView asks why a closing is undone.
type employerReopenView struct {
	ui.Page
	Organisation Organisation
	Version      int
	Reason       string
}

// employerReopen serves "Undo the closing".
func (p *pages) employerReopen(w http.ResponseWriter, r *web.Request) error {
	o, err := p.store.Get(r.Context(), r.Scope, orgOf(r))
	if err != nil {
		return err
	}
	v := employerReopenView{Page: r.Page("Undo the closing of " + o.Name), Organisation: o, Version: o.Version, Reason: r.Value("reason")}
	v.Back = &ui.Link{Text: "Back", Href: paths.Employer(o.ID)}
	if !r.Posted() {
		return r.Render(w, employerReopenPage(v))
	}
	err = p.store.Reopen(r.Context(), r.Scope, o.ID, seen(r), v.Reason)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, employerReopenPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Employer(o.ID), o.Name+" is open again", "The closing and your reason stay in the audit trail.")
}
