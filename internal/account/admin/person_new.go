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
}

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
	places, err := p.store.Places(r.Context(), r.Scope)
	if err != nil {
		return f, err
	}
	reach, err := p.store.Reach(r.Context(), r.Scope)
	if err != nil {
		return f, err
	}
	grantable := append(account.Grantable(reach, false), account.Grantable(reach, true)...)
	for _, o := range places {
		f.Orgs = append(f.Orgs, ui.Choice{Value: string(o.ID), Text: o.Name})
	}
	for _, role := range asye.Roles() {
		if slices.Contains(grantable, role) {
			f.Roles = append(f.Roles, ui.Choice{Value: string(role), Text: role.String(), Hint: duties[role]})
		}
	}
	if f.Org == "" {
		f.Org = string(r.Scope.Org())
	}
	return f, nil
}

// duties says what each role lets a person do.
var duties = map[asye.Role]string{
	asye.Coordinator:   "Runs an employer's programme: registers NQSWs, records what happens in their year",
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
	if !r.Posted() {
		return r.Render(w, personNewPage(v))
	}
	id, err := p.addPerson(r, v)
	if v.Problems = named(fault.ProblemsOf(err)); v.Problems != nil {
		v.Grant.Problems = v.Problems
		return r.Refuse(w, personNewPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.AdminPerson(id), v.Who.Known()+" has been added",
		"An invitation with a link to sign in is on its way to "+v.Who.Trimmed().Email+".")
}

func (p *pages) addPerson(r *web.Request, v personNewView) (asye.PersonID, error) {
	problems := fault.ProblemsOf(account.CheckIdentity(v.Who.Trimmed()))
	problems.If(v.Who.Email == "", "email", "Enter an e-mail address, because the invitation is sent to it")
	problems.If(v.Grant.Role == "", "role", "Select a role")
	if len(problems) > 0 {
		return "", problems
	}
	return p.store.Add(r.Context(), r.Scope, v.Who, v.Grant.grant())
}

func identityOf(r *web.Request) asye.Identity {
	return asye.Identity{GivenName: r.Value("given_name"), MiddleNames: r.Value("middle_names"),
		FamilyName: r.Value("family_name"), Email: r.Value("email")}
}
