package mine

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// detailsEditView is an NQSW's details as typed.
type detailsEditView struct {
	ui.Page
	Record   registration.Record
	Seen     int               // the version of the details that the NQSW has seen
	Typed    map[string]string // by the names of the fields
	Details  registration.Details
	Conflict *ui.ConflictOptions
}

// detailsEdit lets an NQSW put their details right: a form, a check, and the
// confirmation of the whole.
func (p *pages) detailsEdit(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := detailsEditView{Page: r.Page("Correct your details"), Record: rec, Seen: rec.NQSW.Version, Typed: typedFrom(rec.NQSW.Details())}
	v.Back = &ui.Link{Text: "Back to your details", Href: paths.MyDetails()}
	if !r.Posted() {
		return r.Render(w, detailsEdit(v))
	}
	bad := v.read(r)
	switch {
	case r.Value("step") == "edit":
		return r.Render(w, detailsEdit(v))
	case r.Value("step") == "save" && len(bad) == 0:
		return p.saveDetails(w, r, v)
	case v.Seen != rec.NQSW.Version:
		return r.Stale(w, detailsEdit(v.against(rec)))
	}
	if bad = registration.Join(bad, v.Details.Check(r.Today)); len(bad) > 0 {
		v.Problems = bad
		return r.Refuse(w, detailsEdit(v))
	}
	return r.Render(w, detailsCheck(v))
}

func (p *pages) saveDetails(w http.ResponseWriter, r *web.Request, v detailsEditView) error {
	err := p.Store.ConfirmDetails(r.Context(), r.Scope, v.Seen, v.Details)
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Problems = fault.ProblemsOf(err)
		return r.Refuse(w, detailsEdit(v))
	case fault.Conflict:
		now, err := p.Store.Mine(r.Context(), r.Scope)
		if err != nil {
			return err
		}
		return r.Stale(w, detailsEdit(v.against(now)))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.MyYear(), "Thank you: your details are corrected and confirmed", "Your employer’s coordinator sees them too.")
}

// read takes the details out of the form.
func (v *detailsEditView) read(r *web.Request) fault.Problems {
	v.Seen, _ = strconv.Atoi(r.Value("version")) // unreadable is a version that never was
	v.Typed = map[string]string{}
	for _, name := range fields {
		v.Typed[name] = r.Value(name)
	}
	var bad fault.Problems
	v.Details, bad = registration.DetailsTyped(r.Form)
	bad.If(v.Details.Identity.Email == "", "email", "Enter your e-mail address: you sign in with it")
	return bad
}

// against shows what is stored now beside what was typed.
func (v detailsEditView) against(now registration.Record) detailsEditView {
	v.Record, v.Seen = now, now.NQSW.Version
	v.Title = "Somebody else has changed your details"
	v.Conflict = &ui.ConflictOptions{By: "Your employer", Reload: ui.Link{Text: "See your details as they are now", Href: paths.MyDetails()}}
	theirs, yours := now.NQSW.Details().Facts(), v.Details.Facts()
	for i := range theirs {
		if theirs[i].Text != yours[i].Text {
			v.Conflict.Differences = append(v.Conflict.Differences,
				ui.Difference{Label: theirs[i].Label, Theirs: theirs[i].Text, Yours: yours[i].Text})
		}
	}
	return v
}

// fields are the names of the form's fields.
var fields = []string{"given_name", "middle_names", "family_name", "email", "regulator_number", "qualification",
	"qualified_year", "entry_route", "entry_route_other", "date_of_birth-day", "date_of_birth-month", "date_of_birth-year",
	"added_to_register_on-day", "added_to_register_on-month", "added_to_register_on-year"}

// typedFrom fills the form in from what is stored.
func typedFrom(d registration.Details) map[string]string {
	typed := map[string]string{"given_name": d.Identity.GivenName, "middle_names": d.Identity.MiddleNames,
		"family_name": d.Identity.FamilyName, "email": d.Identity.Email, "regulator_number": string(d.Number),
		"qualification": d.Qualification, "entry_route": d.EntryRoute, "entry_route_other": d.EntryRouteOther}
	if d.QualifiedYear != 0 {
		typed["qualified_year"] = strconv.Itoa(d.QualifiedYear)
	}
	for name, day := range map[string]asye.Date{"date_of_birth": d.DateOfBirth, "added_to_register_on": d.AddedToRegisterOn} {
		if !day.IsZero() {
			typed[name+"-day"], typed[name+"-month"], typed[name+"-year"] =
				strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
		}
	}
	return typed
}

func (v detailsEditView) date(name string) ui.DateField {
	return ui.DateField{Day: v.Typed[name+"-day"], Month: v.Typed[name+"-month"], Year: v.Typed[name+"-year"]}
}

func (v detailsEditView) form() ui.FormOptions {
	return ui.FormOptions{Token: v.Form, Hidden: []ui.HiddenField{{Name: "version", Value: strconv.Itoa(v.Seen)}}}
}

// onward is the form of the check, which carries what was typed.
func (v detailsEditView) onward() ui.FormOptions {
	f := v.form()
	for _, name := range slices.Sorted(maps.Keys(v.Typed)) {
		f.Hidden = append(f.Hidden, ui.HiddenField{Name: name, Value: v.Typed[name]})
	}
	return f
}

// rows are the details as they would be, with what changes marked.
func (v detailsEditView) rows() []ui.SummaryRow {
	var rows []ui.SummaryRow
	was := v.Record.NQSW.Details().Facts()
	for i, fact := range v.Details.Facts() {
		row := ui.SummaryRow{Key: fact.Label, Value: checked(orNothing(fact.Text), "")}
		if was[i].Text != fact.Text {
			row.Value = checked(orNothing(fact.Text), orNothing(was[i].Text))
		}
		rows = append(rows, row)
	}
	return rows
}

func orNothing(text string) string {
	if text == "" {
		return "Not given"
	}
	return text
}

func choices(options registration.Options, first string) []ui.Choice {
	items := []ui.Choice{{Value: "", Text: first}}
	for _, one := range options {
		items = append(items, ui.Choice{Value: one.Key, Text: one.Label})
	}
	return items
}
