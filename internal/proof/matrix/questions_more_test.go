package matrix

import (
	"strings"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/upload"
	"example.org/asye/internal/rights"
)

// name and subject are those of a draft.
func (r record) name() string { name, _, _ := strings.Cut(r.id, " "); return name }

func (r record) subject() string { _, subject, _ := strings.Cut(r.id, " "); return subject }

func uploadQuestions() map[string]question {
	const u = "upload"
	sheet := func(c call) (any, error) {
		return c.Upload.Check(ctx, c.by.scope, columnstest.Sheet(c.t, columnstest.Person(1)))
	}
	return map[string]question{
		"registration/upload.Store.Check": {kind: u, new: true, ask: sheet},
		"registration/upload.Store.Stage": {kind: u, new: true, ask: func(c call) (any, error) {
			return c.Upload.Stage(ctx, c.by.scope, columnstest.Sheet(c.t, columnstest.Person(1)))
		}},
		"registration/upload.Store.Get": {kind: u, ask: func(c call) (any, error) { return c.Upload.Get(ctx, c.by.scope, c.rec.id) }},
		"registration/upload.Store.Waiting": {kind: u, list: true, ask: func(c call) (any, error) {
			up, _, err := c.Upload.Waiting(ctx, c.by.scope)
			return up, err
		}},
		"registration/upload.Store.History": {kind: u, list: true, ask: func(c call) (any, error) { return c.Upload.History(ctx, c.by.scope, 1) }},
		"registration/upload.Store.Staged":  {kind: u, ask: func(c call) (any, error) { return c.Upload.Staged(ctx, c.by.scope, c.rec.id) }},
		"registration/upload.Store.Mend": {kind: u, ask: func(c call) (any, error) {
			return c.Upload.Mend(ctx, c.by.scope, c.rec.id, upload.Mended{Row: 2, Fields: upload.Fields{"hours": "37"}})
		}},
		"registration/upload.Store.Confirm": {kind: u, ask: func(c call) (any, error) {
			return c.Upload.Confirm(ctx, c.by.scope, c.rec.id, upload.Decision{Seen: c.rec.version})
		}},
		"registration/upload.Store.Discard": {kind: u, ask: func(c call) (any, error) { return nil, c.Upload.Discard(ctx, c.by.scope, c.rec.id) }},
	}
}

func accountQuestions() map[string]question {
	const p = "person"
	person := func(c call) asye.PersonID { return asye.PersonID(c.rec.id) }
	grant := func(c call) account.Grant { return account.GrantOf(c.rec.grant) }
	return map[string]question{
		"account.Store.People": {kind: p, list: true, ask: func(c call) (any, error) {
			var all []account.Listed
			for page := 1; ; page++ {
				part, _, err := c.Account.People(ctx, c.by.scope, account.PeopleFilter{Page: page})
				if all = append(all, part...); err != nil || len(part) == 0 {
					return all, err
				}
			}
		}},
		"account.Store.Person": {kind: p, ask: func(c call) (any, error) {
			one, held, err := c.Account.Person(ctx, c.by.scope, person(c))
			return [2]any{one, held}, err
		}},
		"account.Store.Places": {kind: "org", list: true, ask: func(c call) (any, error) {
			all, err := c.Account.Places(ctx, c.by.scope)
			for _, one := range all {
				if string(one.ID) == c.rec.id {
					return c.rec.mark, err
				}
			}
			return nil, err
		}},
		"account.Store.Add": {kind: p, new: true, ask: func(c call) (any, error) {
			return c.Account.Add(ctx, c.by.scope, asye.Identity{GivenName: "New", FamilyName: "Person", Email: "new@work.example.org"},
				account.Grant{Org: c.by.scope.Org(), Role: asye.Administrator})
		}},
		"account.Store.NamedDirector": {kind: p, list: true, ask: func(c call) (any, error) {
			named, err := c.Account.NamedDirector(ctx, c.by.scope, person(c))
			return yes(c, len(named) > 0, err)
		}},
		"account.Store.Give": {kind: p, ask: func(c call) (any, error) {
			return nil, c.Account.Give(ctx, c.by.scope, person(c), account.Grant{Org: c.by.scope.Org(), Role: asye.Administrator})
		}},
		"account.Store.End": {kind: p, ask: func(c call) (any, error) { return nil, c.Account.End(ctx, c.by.scope, person(c), grant(c)) }},
		"account.Store.Change": {kind: p, ask: func(c call) (any, error) {
			return nil, c.Account.Change(ctx, c.by.scope, person(c), c.rec.version, asye.Identity{GivenName: "Other", FamilyName: "Name", Email: "other@work.example.org"})
		}},
		"account.Store.SetDisabled": {kind: p, ask: func(c call) (any, error) { return nil, c.Account.SetDisabled(ctx, c.by.scope, person(c), true) }},
		"account.Store.InviteAgain": {kind: p, ask: func(c call) (any, error) { return nil, c.Account.InviteAgain(ctx, c.by.scope, person(c)) }},
		"account.Store.Reach":       {kind: "org", new: true, free: true, ask: func(c call) (any, error) { return c.Account.Reach(ctx, c.by.scope) }},
		"account/trail.Store.List": {kind: p, list: true, ask: func(c call) (any, error) {
			lines, _, err := c.Trail.List(ctx, c.by.scope, trail.Filter{Record: c.rec.id})
			return yes(c, len(lines) > 0, err)
		}},
		"account.Store.WholeService": {kind: "message", new: true, ask: func(c call) (any, error) { return nil, c.Account.WholeService(ctx, c.by.scope) }},
		"account/works.Store.Outbox": {kind: "message", list: true, ask: func(c call) (any, error) {
			list, _, err := c.Works.Outbox(ctx, c.by.scope, 1)
			return list, err
		}},
		"account/works.Store.LostMail":  {kind: "message", new: true, ask: func(c call) (any, error) { return c.Works.LostMail(ctx, c.by.scope) }},
		"account/works.Store.RetryMail": {kind: "message", ask: func(c call) (any, error) { return nil, c.Works.RetryMail(ctx, c.by.scope, c.rec.id) }},
		"account/works.Store.Jobs": {kind: "job", list: true, ask: func(c call) (any, error) {
			list, _, err := c.Works.Jobs(ctx, c.by.scope, jobs.Failed, 1)
			return list, err
		}},
		"account/works.Store.RetryJob": {kind: "job", ask: func(c call) (any, error) { return nil, c.Works.RetryJob(ctx, c.by.scope, c.rec.id) }},
		"account.Store.Roles": {kind: "session", free: true, list: true, ask: func(c call) (any, error) {
			held, err := c.Account.Roles(ctx, c.by.scope)
			return yes(c, len(held) > 0 && c.rec.person == c.by.scope.Person(), err)
		}},
		"account.Store.Switch": {kind: p, list: true, free: true, ask: func(c call) (any, error) {
			_, err := c.Account.Switch(ctx, c.by.scope, c.by.cookie, grant(c))
			mine := c.count(`memberships where person_id = $1 and role || '@' || org_id = $2`, string(c.by.scope.Person()), c.rec.grant) > 0
			return yes(c, err == nil && (!mine || c.rec.person == c.by.scope.Person()), err)
		}},
		"account.Store.Sessions":   {kind: "session", list: true, ask: func(c call) (any, error) { return c.Account.Sessions(ctx, c.by.scope) }, free: true},
		"account.Store.EndSession": {kind: "session", ask: func(c call) (any, error) { return nil, c.Account.EndSession(ctx, c.by.scope, c.rec.id) }},
		"account.Store.SignOutEverywhere": {kind: "session", free: true, list: true, ask: func(c call) (any, error) {
			err := c.Account.SignOutEverywhere(ctx, c.by.scope)
			return yes(c, c.rec.id != nowhere && c.count(`sessions where id = $1`, c.rec.id) == 0, err)
		}},
		"registration.Store.Administrators": {skip: public},
		"registration.Store.NationalBody":   {skip: public},
	}
}

const public = "gives what anybody may know: whom to ask"

func otherQuestions() map[string]question {
	const o = "org"
	org := func(c call) asye.OrganisationID { return asye.OrganisationID(c.rec.id) }
	code := func(c call) string {
		code := ""
		_ = c.DB.QueryRow(ctx, `select code from organisations where id = $1`, c.rec.id).Scan(&code)
		return code
	}
	one := employers.Organisation{Name: "New", Code: "NEW1", Type: asye.NHSBody, OpenedOn: at("2026-11-01")}
	return map[string]question{
		"roster.Store.Find":       {kind: "enrolment", list: true, ask: func(c call) (any, error) { return c.Roster.Find(ctx, c.by.scope, c.numberIn(c.rec)) }},
		"employers.Store.Get":     {kind: o, ask: func(c call) (any, error) { return c.Employers.Get(ctx, c.by.scope, org(c)) }},
		"employers.Store.ByCode":  {kind: o, ask: func(c call) (any, error) { return c.Employers.ByCode(ctx, c.by.scope, code(c)) }},
		"employers.Store.Find":    {kind: o, ask: func(c call) (any, error) { return c.Employers.Find(ctx, c.by.scope, code(c)) }},
		"employers.Store.OpenOn":  {kind: o, list: true, ask: func(c call) (any, error) { return c.Employers.OpenOn(ctx, c.by.scope, at("2026-11-20")) }},
		"employers.Store.List":    {kind: o, list: true, ask: func(c call) (any, error) { return c.Employers.List(ctx, c.by.scope, employers.Filter{}) }},
		"employers.Store.History": {kind: o, ask: func(c call) (any, error) { return c.Employers.History(ctx, c.by.scope, org(c)) }},
		"employers.Store.Years":   {kind: o, ask: func(c call) (any, error) { return c.Employers.Years(ctx, c.by.scope, org(c), at("2026-11-20")) }},
		"employers.Store.Missing": {kind: o, new: true, ask: func(c call) (any, error) { return c.Employers.Missing(ctx, c.by.scope) }},
		"employers.Store.Add":     {kind: o, only: policy.National, new: true, ask: func(c call) (any, error) { return c.Employers.Add(ctx, c.by.scope, one) }},
		"employers.Store.AddOrganisation": {kind: o, only: policy.National, new: true, ask: func(c call) (any, error) {
			return c.Employers.AddOrganisation(ctx, c.tx, c.by.scope, one)
		}},
		"employers.Store.SeedAuthorities": {kind: o, only: policy.National, new: true, ask: func(c call) (any, error) { return nil, c.Employers.SeedAuthorities(ctx, c.by.scope) }},
		"employers.Store.Change": {kind: o, except: policy.Director, ask: func(c call) (any, error) {
			return nil, c.Employers.Change(ctx, c.by.scope, org(c), c.rec.version, func(o employers.Organisation) (employers.Organisation, error) { return o, nil })
		}},
		"employers.Store.End": {kind: o, only: policy.National, ask: func(c call) (any, error) {
			return nil, c.Employers.End(ctx, c.by.scope, employers.Ending{Kind: employers.Closed, On: at("2026-11-20"), Reason: "Because",
				Predecessors: []employers.Organisation{{ID: org(c)}}})
		}},
		"employers.Store.Reopen": {kind: o, only: policy.National, ask: func(c call) (any, error) {
			return nil, c.Employers.Reopen(ctx, c.by.scope, org(c), c.rec.version, "Because")
		}},
		"equality.Store.Mine": {kind: "enrolment", list: true, ask: ofOneself(func(c call) (any, error) { return c.Equality.Mine(ctx, c.by.scope) })},
		"equality.Store.Answer": {kind: "enrolment", list: true, ask: ofOneself(func(c call) (any, error) {
			return nil, c.Equality.Answer(ctx, c.by.scope, equality.Answers{Sex: "male", Version: 1})
		})},
		"equality.Store.Wipe": {kind: "enrolment", list: true, ask: ofOneself(func(c call) (any, error) { return nil, c.Equality.Wipe(ctx, c.by.scope) })},
		"equality.Store.Record": {kind: "enrolment", ask: func(c call) (any, error) {
			return nil, c.Equality.Record(ctx, c.tx, c.by.scope, c.rec.person, equality.Answers{Sex: "male"})
		}},
		"equality.Store.Complete": {kind: "enrolment", list: true, ask: func(c call) (any, error) {
			sent, err := c.Equality.Complete(ctx, c.by.scope, c.rec.person)
			return yes(c, sent[c.rec.person], err)
		}},
		"equality.Store.Cohorts": {kind: "enrolment", new: true, ask: func(c call) (any, error) { return c.Equality.Cohorts(ctx, c.by.scope, "") }},
		"equality.Store.Count":   {kind: "enrolment", new: true, ask: func(c call) (any, error) { return c.Equality.Count(ctx, c.by.scope, equality.Query{}) }},
		"equality.Store.Cube": {kind: "enrolment", new: true, ask: func(c call) (any, error) {
			return c.Equality.Cube(ctx, c.by.scope, equality.Query{}, "gender", equality.ByEmployer)
		}},
		"equality.Store.Stages":        {kind: "enrolment", new: true, ask: func(c call) (any, error) { return c.Equality.Stages(ctx, c.by.scope, equality.Query{}) }},
		"equality.Store.Own":           {kind: "enrolment", new: true, ask: func(c call) (any, error) { return c.Equality.Own(ctx, c.by.scope, "") }},
		"equality.Store.EmployerNames": {kind: "org", new: true, ask: func(c call) (any, error) { return c.Equality.EmployerNames(ctx, c.by.scope) }},
		"equality.Store.RegistrationsByCohort": {kind: "enrolment", new: true, ask: func(c call) (any, error) {
			return c.Equality.RegistrationsByCohort(ctx, c.by.scope, "child-and-family")
		}},
	}
}

func rightsQuestions() map[string]question {
	const p = "person"
	person := func(c call) asye.PersonID { return asye.PersonID(c.rec.id) }
	day := at("2040-01-01")
	return map[string]question{
		"rights.Store.Copy":     {kind: p, ask: func(c call) (any, error) { return c.Rights.Copy(ctx, c.by.scope, person(c)) }},
		"rights.Store.Standing": {kind: p, ask: func(c call) (any, error) { return c.Rights.Standing(ctx, c.by.scope, person(c)) }},
		"rights.Store.Due":      {kind: p, new: true, ask: func(c call) (any, error) { return c.Rights.Due(ctx, c.by.scope, day) }},
		"rights.Store.EraseDue": {kind: p, new: true, ask: func(c call) (any, error) { return c.Rights.EraseDue(ctx, c.by.scope) }},
		"rights.Store.Erase": {kind: p, ask: func(c call) (any, error) {
			return c.Rights.Erase(ctx, c.by.scope, person(c), rights.Asked, "Because")
		}},
		"rights.Store.ErasedSince": {kind: p, new: true, ask: func(c call) (any, error) { return c.Rights.ErasedSince(ctx, c.by.scope, c.DB.Clock().Now()) }},
		"rights.Store.EraseAgain": {kind: p, ask: func(c call) (any, error) {
			return nil, c.Rights.EraseAgain(ctx, c.by.scope, rights.Erased{Person: person(c), Ground: rights.Asked, Reason: "Because"})
		}},
		"rights.Store.Hold": {kind: p, ask: func(c call) (any, error) { return nil, c.Rights.Hold(ctx, c.by.scope, person(c), "Because") }},
		"rights.Store.Lift": {kind: p, ask: func(c call) (any, error) { return nil, c.Rights.Lift(ctx, c.by.scope, person(c)) }},
	}
}

// ofOneself asks about the answers of whoever asks.
func ofOneself(do func(call) (any, error)) func(c call) (any, error) {
	return func(c call) (any, error) {
		_, err := do(c)
		return yes(c, err == nil && c.rec.person == c.by.scope.Person(), err)
	}
}
