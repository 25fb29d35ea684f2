package employers

import (
	"net/http"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// organisationShowView is what a coordinator sees of their own employer.
type organisationShowView struct {
	ui.Page
	Organisation Organisation
}

// organisationShow serves a coordinator's own employer.
func (p *pages) organisationShow(w http.ResponseWriter, r *web.Request) error {
	o, err := p.store.Get(r.Context(), r.Scope, r.Scope.Org())
	if err != nil {
		return err
	}
	return r.Render(w, organisationShowPage(organisationShowView{Page: r.Page("Your organisation"), Organisation: o}))
}
