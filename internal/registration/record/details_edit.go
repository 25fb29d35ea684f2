package record

import (
	"net/http"
	"net/url"
	"strconv"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/fields"
)

// detailsView is the form of an NQSW's details.
type detailsView struct {
	sheet
	Fields fields.Form
}

// detailsEdit puts an NQSW's details right.
func (p *pages) detailsEdit(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Change the details", func(rec registration.Record) int { return rec.NQSW.Version })
	if err != nil {
		return err
	}
	v := detailsView{sheet: s, Fields: fields.Form{Typed: formOf(s.Record.NQSW.Details())}}
	if !r.Posted() {
		return r.Render(w, detailsEdit(v))
	}
	typed, unread := registration.DetailsTyped(r.PostForm)
	problems := registration.Join(unread, typed.Check(r.Today))
	if len(problems) == 0 {
		err = p.Store.ChangeDetails(r.Context(), r.Scope, s.Record.ID, s.Seen, typed)
		problems = fault.ProblemsOf(err)
	}
	switch {
	case len(problems) > 0:
		v.Fields = fields.Form{Typed: r.PostForm, Problems: problems}
		v.Page.Problems = problems
		return r.Refuse(w, detailsEdit(v))
	case web.IsStale(err):
		return p.stale(w, r, s.conflict(r, s.Record.NQSW.Version, compare(s.Record.NQSW.Details().Facts(), typed.Facts())))
	case err != nil:
		return err
	}
	return r.Say(w, paths.Registration(s.Record.ID), "Details saved", "The NQSW is asked to confirm them again.")
}

// formOf is the form that would give these details.
func formOf(d registration.Details) url.Values {
	form := url.Values{
		"given_name": {d.Identity.GivenName}, "middle_names": {d.Identity.MiddleNames}, "family_name": {d.Identity.FamilyName},
		"email": {d.Identity.Email}, "regulator_number": {string(d.Number)}, "qualification": {d.Qualification},
		"entry_route": {d.EntryRoute}, "entry_route_other": {d.EntryRouteOther},
	}
	if d.QualifiedYear != 0 {
		form.Set("qualified_year", strconv.Itoa(d.QualifiedYear))
	}
	dateInto(form, "date_of_birth", d.DateOfBirth)
	dateInto(form, "added_to_register_on", d.AddedToRegisterOn)
	return form
}
