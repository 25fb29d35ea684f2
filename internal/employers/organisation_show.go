package employers

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// organisationShowView is what a coordinator and a director see of their own
// employer.
type organisationShowView struct {
	ui.Page
	Organisation Organisation
	Change       []ui.Link // where people to ask are changed; none for whoever only reads
}

// organisationShow serves the reader's own employer.
func (p *pages) organisationShow(w http.ResponseWriter, r *web.Request) error {
	o, err := p.store.Get(r.Context(), r.Scope, r.Scope.Org())
	if err != nil {
		return err
	}
	v := organisationShowView{Page: r.Page("Your organisation"), Organisation: o}
	if keeps(r.Scope) == nil {
		v.Change = []ui.Link{{Text: "Change", Href: paths.OrganisationEdit()}}
	}
	return r.Render(w, organisationShowPage(v))
}
