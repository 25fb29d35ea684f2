package admin

import (
	"net/http"
	"slices"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type personNewView struct {
	ui.Page
	Who   asye.Identity // as typed
	Grant grantFields
	Known *account.Listed // who has the address that was typed, where the administrator can see them
	Whole bool            // the administrator looks after the whole service
}

// errNowhere asks where a role is to be given: nobody is made an administrator
// of the first organisation of a long list by pressing a button too early.
var errNowhere = fault.Problem{Field: "org", Text: "Choose the organisation in which the person gets the role"}

// grantFields is the part of a form that gives a role in an organisation.
type grantFields struct {
	Org, Role string // as chosen
	Orgs      []ui.Choice
	Roles     []ui.Choice
	Problems  fault.Problems
}

// grantFields lists what the administrator may choose. Which roles suit which
// organisation is judged when they are given.
func (p *pages) grantFields(r *web.Request) (grantFields, error) {
	f := grantFields{Org: r.Value("org"), Role: r.Value("new_role")}
	places, err := p.Accounts.Places(r.Context(), r.Scope)
	if err != nil {
		return f, err
	}
	reach, err := p.Accounts.Reach(r.Context(), r.Scope)
	if err != nil {
		return f, err
	}
	grantable := append(account.Grantable(reach, false), account.Grantable(reach, true)...)
	if len(places) > 1 {
		f.Orgs = append(f.Orgs, ui.Choice{Text: "Choose an organisation"})
	}
	for _, o := range places {
		f.Orgs = append(f.Orgs, ui.Choice{Value: string(o.ID), Text: o.Name})
	}
	for _, role := range asye.Roles() {
		if slices.Contains(grantable, role) {
			f.Roles = append(f.Roles, ui.Choice{Value: string(role), Text: role.String(), Hint: duties[role]})
		}
	}
	if len(places) == 1 {
		f.Org = string(places[0].ID)
	}
	return f, nil
}

// duties says what each role lets a person do.
var duties = map[asye.Role]string{
	asye.Coordinator:   "Runs an employer's programme: registers NQSWs, records what happens in their year",
	asye.Director:      "Answers for an employer's programme: sees its figures, and no record of an NQSW; only at an employer",
	asye.National:      "Sees every employer and registration; only in the national body",
	asye.Analyst:       "Counts registrations and outcomes; never sees a name beside an answer",
	asye.Administrator: "Looks after people and their roles; sees the audit trail",
}

func (f grantFields) grant() account.Grant {
	return account.Grant{Org: asye.OrganisationID(f.Org), Role: asye.Role(f.Role)}
}

// named gives the problems of a grant the names that its fields have on the
// page.
func named(problems fault.Problems) fault.Problems {
	for i, one := range problems {
		if one.Field == "role" {
			problems[i].Field = "new_role"
		}
	}
	return problems
}

// personNew puts a person on record with a role, and invites them.
func (p *pages) personNew(w http.ResponseWriter, r *web.Request) error {
	v := personNewView{Page: r.Page("Add a person"), Who: identityOf(r)}
	v.Back = &ui.Link{Text: "Back", Href: paths.AdminPeople()}
	var err error
	if v.Grant, err = p.grantFields(r); err != nil {
		return err
	}
	reach, err := p.Accounts.Reach(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v.Whole = reach == account.WholeService
	if !r.Posted() {
		return r.Render(w, personNewPage(v))
	}
	id, err := p.addPerson(r, v)
	if v.Problems = named(fault.ProblemsOf(err)); v.Problems != nil {
		v.Grant.Problems = v.Problems
		if v.Known, err = p.known(r, &v); err != nil {
			return err
		}
		return r.Refuse(w, personNewPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.AdminPerson(id), v.Who.Known()+" has been added",
		"An invitation with a link to sign in is on its way to "+v.Who.Trimmed().Email+".")
}

// known finds the person who has the address already, among those whom the
// administrator can see, and says so in place of the general refusal.
func (p *pages) known(r *web.Request, v *personNewView) (*account.Listed, error) {
	address := v.Who.Trimmed().Email
	if address == "" || v.Problems.For("email") == "" {
		return nil, nil
	}
	list, _, err := p.Accounts.People(r.Context(), r.Scope, account.PeopleFilter{Text: address})
	for _, one := range list {
		if one.Email != address {
			continue
		}
		for i := range v.Problems {
			if v.Problems[i].Field == "email" {
				v.Problems[i].Text = one.Known() + " is on record here already, with this address. Open their page to give them another role"
			}
		}
		return &one, err
	}
	return nil, err
}

func (p *pages) addPerson(r *web.Request, v personNewView) (asye.PersonID, error) {
	problems := fault.ProblemsOf(account.CheckIdentity(v.Who.Trimmed()))
	problems.If(v.Who.Email == "", "email", "Enter an e-mail address, because the invitation is sent to it")
	if v.Grant.Org == "" {
		problems = append(problems, errNowhere)
	}
	problems.If(v.Grant.Role == "", "role", "Select a role")
	if len(problems) > 0 {
		return "", problems
	}
	return p.Accounts.Add(r.Context(), r.Scope, v.Who, v.Grant.grant())
}

func identityOf(r *web.Request) asye.Identity {
	return asye.Identity{GivenName: r.Value("given_name"), MiddleNames: r.Value("middle_names"),
		FamilyName: r.Value("family_name"), Email: r.Value("email")}
}
