package admin

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type personEditView struct {
	ui.Page
	Who     asye.Identity // as typed
	Version string        // the one that the form was opened on
	Theirs  ui.ConflictOptions
}

// personEdit changes a person's name and address.
func (p *pages) personEdit(w http.ResponseWriter, r *web.Request) error {
	person, _, err := p.Accounts.Person(r.Context(), r.Scope, personID(r))
	if err != nil {
		return err
	}
	v := personEditView{Page: r.Page("Change name and address"), Who: person.Identity, Version: strconv.Itoa(person.Version)}
	v.Back = &ui.Link{Text: person.Full(), Href: paths.AdminPerson(person.ID)}
	if !r.Posted() {
		return r.Render(w, personEditPage(v))
	}
	v.Who, v.Version = identityOf(r), r.Value("version")
	seen, _ := strconv.Atoi(v.Version) // what is not a number is no version, so the save is stale
	err = p.Accounts.Change(r.Context(), r.Scope, person.ID, seen, v.Who)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, personEditPage(v))
	}
	if fault.KindOf(err) == fault.Conflict {
		if v.Theirs, err = p.conflict(r, person, v.Who.Trimmed()); err != nil {
			return err
		}
		return r.Stale(w, personConflictPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.AdminPerson(person.ID), "Saved", "The name and address have been changed.")
}

// conflict sets what was typed beside what somebody else saved meanwhile.
func (p *pages) conflict(r *web.Request, now account.Person, typed asye.Identity) (ui.ConflictOptions, error) {
	o := ui.ConflictOptions{Differences: differences(now.Identity, typed),
		Reload: ui.Link{Text: "Open it as it is now", Href: paths.AdminPersonEdit(now.ID)}}
	lines, _, err := p.Trail.List(r.Context(), r.Scope, trail.Filter{Record: string(now.ID), What: "person"})
	if err == nil && len(lines) > 0 {
		o.By, o.When = who(lines[0]), "on "+web.Moment(lines[0].At)
	}
	return o, err
}

func differences(theirs, yours asye.Identity) []ui.Difference {
	var out []ui.Difference
	for _, d := range []ui.Difference{
		{Label: "First name", Theirs: theirs.GivenName, Yours: yours.GivenName},
		{Label: "Middle names", Theirs: theirs.MiddleNames, Yours: yours.MiddleNames},
		{Label: "Last name", Theirs: theirs.FamilyName, Yours: yours.FamilyName},
		{Label: "E-mail address", Theirs: theirs.Email, Yours: yours.Email},
	} {
		if d.Theirs != d.Yours {
			out = append(out, d)
		}
	}
	return out
}
