package employers

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// organisationEditView is the form for the contact and director of an employer.
type organisationEditView struct {
	ui.Page
	Typed    Organisation // only its contact and director are shown
	Version  int
	Conflict *ui.ConflictOptions
}

// organisationEdit serves "Whom to ask" for a coordinator's own employer.
func (p *pages) organisationEdit(w http.ResponseWriter, r *web.Request) error {
	o, err := p.store.Get(r.Context(), r.Scope, r.Scope.Org())
	if err != nil {
		return err
	}
	v := organisationEditView{Page: r.Page("Change whom to ask"), Typed: o, Version: o.Version}
	v.Back = &ui.Link{Text: "Back", Href: paths.Organisation()}
	if !r.Posted() {
		return r.Render(w, organisationEditPage(v))
	}
	contact, director := typedContacts(r)
	v.Typed, v.Version = o.WithContacts(contact, director), seen(r)
	err = p.store.Change(r.Context(), r.Scope, o.ID, v.Version, func(was Organisation) (Organisation, error) {
		return was.WithContacts(contact, director), nil
	})
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, organisationEditPage(v))
	}
	if fault.KindOf(err) == fault.Conflict {
		v.Conflict = conflict(o, v.Typed, paths.OrganisationEdit())
		return r.Stale(w, organisationEditPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Organisation(), "The contacts are changed", "The national team sees them from now on.")
}
