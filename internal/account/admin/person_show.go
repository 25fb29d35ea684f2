package admin

import (
	"net/http"
	"net/url"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type personShowView struct {
	ui.Page
	Person  account.Person
	Open    []account.Membership
	Past    []account.Membership
	Self    bool // the administrator's own page
	Beyond  bool // disabled by the national body, so not this administrator's to let in
	Grant   grantFields
	Named   []account.Option // the employers that name them as director, where they have not the role
	Changes string           // where the audit trail of this person is
	Held    factor.Held
	Data    string // where what is held of them is; empty where that is not theirs to see

	Directories string // where their directory accounts are; empty where there are no directories
}

// personShow shows a person with the roles they have and have had.
func (p *pages) personShow(w http.ResponseWriter, r *web.Request) error {
	v, err := p.personView(r)
	if err != nil {
		return err
	}
	return r.Render(w, personShowPage(v))
}

func personID(r *web.Request) asye.PersonID { return asye.PersonID(r.PathValue("person")) }

func (p *pages) personView(r *web.Request) (personShowView, error) {
	person, held, err := p.Accounts.Person(r.Context(), r.Scope, personID(r))
	if err != nil {
		return personShowView{}, err
	}
	v := personShowView{Page: r.Page(person.Full()), Person: person, Self: person.ID == r.Scope.Person(),
		Changes: paths.AdminAudit() + "?" + url.Values{"record": {string(person.ID)}}.Encode()}
	v.Back = &ui.Link{Text: "People and roles", Href: paths.AdminPeople()}
	if len(p.Accounts.Settings().Directories) > 0 {
		v.Directories = paths.AdminPersonDirectories(person.ID)
	}
	for _, m := range held {
		if m.Until.IsZero() {
			v.Open = append(v.Open, m)
		} else {
			v.Past = append(v.Past, m)
		}
	}
	reach, err := p.Accounts.Reach(r.Context(), r.Scope)
	if err != nil {
		return v, err
	}
	if reach == account.WholeService {
		v.Data = paths.PersonData(person.ID)
	}
	v.Beyond = person.ShutOutBeyond(reach, r.Scope.Org())
	if v.Held, err = p.Factors.HeldBy(r.Context(), r.Scope, person.ID); err != nil {
		return v, err
	}
	if v.Named, err = p.Accounts.NamedDirector(r.Context(), r.Scope, person.ID); err != nil {
		return v, err
	}
	v.Grant, err = p.grantFields(r)
	return v, err
}

// personGive gives the person another role.
func (p *pages) personGive(w http.ResponseWriter, r *web.Request) error {
	v, err := p.personView(r)
	if err != nil {
		return err
	}
	if v.Grant.Role == "" {
		v.Problems = fault.Problems{{Field: "new_role", Text: "Select a role"}}
	} else if v.Grant.Org == "" {
		v.Problems = fault.Problems{errNowhere}
	} else {
		err = p.Accounts.Give(r.Context(), r.Scope, personID(r), v.Grant.grant())
		v.Problems = named(fault.ProblemsOf(err))
	}
	if v.Problems != nil {
		v.Grant.Problems = v.Problems
		return r.Refuse(w, personShowPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.AdminPerson(personID(r)), "The role has been given", "It counts from today.")
}

// personEnd ends one of the person's roles.
func (p *pages) personEnd(w http.ResponseWriter, r *web.Request) error {
	err := p.Accounts.End(r.Context(), r.Scope, personID(r), account.GrantOf(r.Value("membership")))
	return p.done(w, r, err, "The role has ended", "It can no longer be used. The record of it is kept.")
}

// personDisable shuts the person out.
func (p *pages) personDisable(w http.ResponseWriter, r *web.Request) error {
	err := p.Accounts.SetDisabled(r.Context(), r.Scope, personID(r), true)
	return p.done(w, r, err, "This person is disabled", "They are signed out everywhere and cannot sign in.")
}

// personEnable lets the person in again.
func (p *pages) personEnable(w http.ResponseWriter, r *web.Request) error {
	err := p.Accounts.SetDisabled(r.Context(), r.Scope, personID(r), false)
	return p.done(w, r, err, "This person may sign in again", "They can ask for a link on the sign-in page.")
}

// personInvite sends the person another invitation.
func (p *pages) personInvite(w http.ResponseWriter, r *web.Request) error {
	err := p.Accounts.InviteAgain(r.Context(), r.Scope, personID(r))
	return p.done(w, r, err, "The invitation is on its way", "Its link works once, for seven days.")
}

func (p *pages) done(w http.ResponseWriter, r *web.Request, err error, heading, text string) error {
	if err != nil {
		return err
	}
	return r.Say(w, paths.AdminPerson(personID(r)), heading, text)
}

func (v personShowView) facts() []ui.SummaryRow {
	email := v.Person.Email
	if email == "" {
		email = "None"
	}
	edit := []ui.Link{{Text: "Change", Href: paths.AdminPersonEdit(v.Person.ID), Hidden: "name and address"}}
	return []ui.SummaryRow{
		{Key: "Name", Text: v.Person.Full(), Actions: edit},
		{Key: "E-mail address", Text: email},
		{Key: "Access", Value: ui.Tag(accessTag(v.Person))},
		{Key: "Signs in with", Text: waysOf(v.Held)},
	}
}

// canEnd leaves out what cannot be ended here: an NQSW's role, and the
// administrator's own.
func (v personShowView) canEnd(m account.Membership) bool {
	return m.Role != asye.NQSW && !(v.Self && m.Role == asye.Administrator)
}

func pastRows(past []account.Membership) [][]ui.Cell {
	var rows [][]ui.Cell
	for _, m := range past {
		rows = append(rows, []ui.Cell{ui.Text(m.Role.String()), ui.Text(m.OrgName), ui.Text(m.From.Short()), ui.Text(m.Until.Short())})
	}
	return rows
}
