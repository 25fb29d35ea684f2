package record

import (
	"net/http"
	"net/url"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/fields"
)

// allocationView is the form of who assesses and coordinates.
type allocationView struct {
	sheet
	Fields       fields.Form
	Coordinators []registration.Allocation // whom one can choose from
}

// allocationEdit names the team, the assessor and the coordinator.
func (p *pages) allocationEdit(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Change the team, assessor or coordinator", func(rec registration.Record) int { return rec.Version })
	if err != nil {
		return err
	}
	v := allocationView{sheet: s, Fields: fields.Form{Typed: allocationForm(s.Record, r.Today)}}
	if v.Coordinators, err = p.Store.Coordinators(r.Context(), r.Scope); err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, allocationEdit(v))
	}
	typed, unread := allocationTyped(r.PostForm)
	problems := registration.Join(unread, s.Record.Allocate(typed))
	if len(problems) == 0 {
		err = p.Store.Allocate(r.Context(), r.Scope, s.Record.ID, s.Seen, typed)
		problems = fault.ProblemsOf(err)
	}
	switch {
	case web.IsStale(err), len(problems) > 0 && s.Seen != s.Record.Version:
		return p.stale(w, r, s.conflict(r, s.Record.Version, v.compare(typed)))
	case len(problems) > 0:
		v.Fields = fields.Form{Typed: r.PostForm, Problems: problems}
		v.Page.Problems = problems
		return r.Refuse(w, allocationEdit(v))
	case err != nil:
		return err
	}
	return r.Say(w, paths.Registration(s.Record.ID), "Team and people saved", "The change counts from "+typed.From.String()+".")
}

func allocationTyped(form url.Values) (registration.Allocate, fault.Problems) {
	var p fault.Problems
	text := func(name string) string { return strings.Join(strings.Fields(form.Get(name)), " ") }
	return registration.Allocate{Team: text("team"), AssessorName: text("assessor_name"),
		AssessorEmail: strings.ToLower(text("assessor_email")), Coordinator: asye.PersonID(form.Get("coordinator")),
		From: registration.DateTyped(form, "from", "The day from which this counts", &p)}, p
}

// allocationForm is the form as it stands, counting from today or from the
// first day of a year that has not begun.
func allocationForm(r registration.Record, today asye.Date) url.Values {
	assessor := r.AssessedBy()
	form := url.Values{"team": {r.Team}, "assessor_name": {assessor.Name}, "assessor_email": {assessor.Email},
		"coordinator": {string(r.CoordinatedBy().Person)}}
	from := today
	if r.StartsOn.After(from) {
		from = r.StartsOn
	}
	dateInto(form, "from", from)
	return form
}

func (v allocationView) compare(typed registration.Allocate) []ui.Difference {
	now := v.Record.AssessedBy()
	facts := func(team, name, email, coordinator string) []registration.Fact {
		return []registration.Fact{{Label: "Team", Text: team}, {Label: "Assessor", Text: name},
			{Label: "Assessor’s e-mail address", Text: email}, {Label: "Coordinator", Text: coordinator}}
	}
	chosen := v.Record.CoordinatedBy().Name
	for _, c := range v.Coordinators {
		if c.Person == typed.Coordinator {
			chosen = c.Name
		}
	}
	return compare(facts(v.Record.Team, now.Name, now.Email, v.Record.CoordinatedBy().Name),
		facts(typed.Team, typed.AssessorName, typed.AssessorEmail, chosen))
}

func (v allocationView) choices() []ui.Choice {
	choices := []ui.Choice{{Text: "Leave it as it is"}}
	for _, c := range v.Coordinators {
		choices = append(choices, ui.Choice{Value: string(c.Person), Text: c.Name})
	}
	return choices
}
