package employers

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// employerFormView is the form that adds or changes an employer.
type employerFormView struct {
	ui.Page
	Typed    employerTyped
	Version  int
	Button   string
	Conflict *ui.ConflictOptions // set when somebody else saved first
}

// employerNew serves "Add an employer".
func (p *pages) employerNew(w http.ResponseWriter, r *web.Request) error {
	v := employerFormView{Page: r.Page("Add an employer"), Button: "Add the employer"}
	v.Back = &ui.Link{Text: "Employers", Href: paths.Employers()}
	if !r.Posted() {
		return r.Render(w, employerFormPage(v))
	}
	v.Typed = typedEmployer(r)
	o, err := v.Typed.onto(Organisation{})
	if err == nil {
		o.ID, err = p.store.Add(r.Context(), r.Scope, o)
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, employerFormPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Employer(o.ID), o.Name+" is on record", "An administrator can now give its coordinators their role there. They register its NQSWs.")
}

// employerEdit serves "Change" of an employer's record.
func (p *pages) employerEdit(w http.ResponseWriter, r *web.Request) error {
	o, err := p.store.Get(r.Context(), r.Scope, orgOf(r))
	if err != nil {
		return err
	}
	v := employerFormView{Page: r.Page("Change the record of " + o.Name), Typed: typedFrom(o), Version: o.Version, Button: "Save"}
	v.Back = &ui.Link{Text: "Back", Href: paths.Employer(o.ID)}
	if !r.Posted() {
		return r.Render(w, employerFormPage(v))
	}
	v.Typed, v.Version = typedEmployer(r), seen(r)
	err = p.store.Change(r.Context(), r.Scope, o.ID, v.Version, v.Typed.onto)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, employerFormPage(v))
	}
	if fault.KindOf(err) == fault.Conflict {
		v.Conflict = conflict(o, v.Typed.Organisation, paths.EmployerEdit(o.ID))
		return r.Stale(w, employerFormPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Employer(o.ID), "The record is changed", "The audit trail keeps what it said before.")
}

// employerTyped is the form as typed.
type employerTyped struct {
	Organisation Organisation
	OpenedOn     ui.DateField
	date         fault.Problems // what is wrong with the date as typed
}

// typedEmployer reads the form.
func typedEmployer(r *web.Request) employerTyped {
	var t employerTyped
	o := &t.Organisation
	o.Name, o.Code, o.Type = r.Value("name"), r.Value("code"), asye.EmployerType(r.Value("type"))
	o.Region, o.ONSCode = r.Value("region"), r.Value("ons_code")
	t.OpenedOn, o.OpenedOn = r.Date("opened_on", "The day on record", &t.date)
	o.Contact, o.Director = typedContacts(r)
	return t
}

func typedContacts(r *web.Request) (Contact, Director) {
	return Contact{r.Value("contact_name"), r.Value("contact_email"), r.Value("contact_phone")},
		Director{r.Value("director_name"), r.Value("director_email")}
}

// typedFrom is the form filled in from a record.
func typedFrom(o Organisation) employerTyped {
	t := employerTyped{Organisation: o}
	if !o.OpenedOn.IsZero() {
		t.OpenedOn = ui.NewDateField(o.OpenedOn.Year(), int(o.OpenedOn.Month()), o.OpenedOn.Day())
	}
	return t
}

// onto puts what was typed onto a record.
func (t employerTyped) onto(o Organisation) (Organisation, error) {
	typed := t.Organisation
	typed.ID, typed.ClosedOn, typed.Version = o.ID, o.ClosedOn, o.Version
	typed, err := Described(typed)
	return typed, t.problems(err)
}

// problems replaces "enter the day" by what is wrong with the day that was
// entered.
func (t employerTyped) problems(err error) error {
	if len(t.date) == 0 {
		return err
	}
	var out fault.Problems
	for _, p := range fault.ProblemsOf(err) {
		if p.Field != "opened_on" {
			out = append(out, p)
		}
	}
	return append(out, t.date...)
}

// seen is the version that was on the person's screen.
func seen(r *web.Request) int {
	n, _ := strconv.Atoi(r.Value("version")) // unreadable is no version, and so a conflict
	return n
}

// conflict compares what somebody else saved with what was typed.
func conflict(now, typed Organisation, reload string) *ui.ConflictOptions {
	o := &ui.ConflictOptions{Reload: ui.Link{Href: reload}}
	differ := func(label, theirs, yours string) {
		if theirs != yours {
			o.Differences = append(o.Differences, ui.Difference{Label: label, Theirs: theirs, Yours: yours})
		}
	}
	differ("Name", now.Name, typed.Name)
	differ("Code", now.Code, typed.Code)
	differ("Type", now.Type.String(), typed.Type.String())
	differ("Region", now.Region, typed.Region)
	differ("ONS code", now.ONSCode, typed.ONSCode)
	differ("On record from", now.OpenedOn.String(), typed.OpenedOn.String())
	differ("Primary contact", now.Contact.Name, typed.Contact.Name)
	differ("Contact’s e-mail", now.Contact.Email, typed.Contact.Email)
	differ("Contact’s phone", now.Contact.Phone, typed.Contact.Phone)
	differ("Director", now.Director.Name, typed.Director.Name)
	differ("Director’s e-mail", now.Director.Email, typed.Director.Email)
	return o
}
