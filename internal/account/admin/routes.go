// Package admin has the pages of administrators: people and their roles, the
// audit trail, and, for those who look after the whole service, its mail, jobs
// and settings. What an administrator may see and do is decided in the package
// account, rules ACC-11 to ACC-17.
package admin

import (
	"context"

	"example.org/asye/internal/access"
	"example.org/asye/internal/account"
	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/account/works"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

// Who may come in, and as what, is decided only by somebody who has shown lately
// that it is them (ACC-54).
var (
	people   = access.People.For(asye.Administrator)
	deciding = people.Fresh()
	audit    = access.AuditTrail.For(asye.Administrator)
	service  = access.Service.For(asye.Administrator)
)

// Deps is what the pages work with.
type Deps struct {
	Accounts *account.Store
	Factors  *factor.Store
	Works    *works.Store
	Trail    *trail.Store
	Settings []account.Setting   // the lines of the settings page
	Policy   func() policy.Table // who may see what, once everything is mounted
	Tables   []inventory.Table   // what is kept
}

type pages struct {
	Deps
}

// Mount puts the pages of administrators on the mux.
func Mount(m *web.Mux, d Deps) {
	p := &pages{d}
	person := web.Personal("person", "person")
	m.Page(paths.AdminPeople(), people, web.Personal("people", ""), p.personList)
	m.Form(paths.AdminNew(), deciding, web.Plain, web.Once, p.personNew)
	m.Page(paths.AdminPeople()+"/{person}", people, person, p.personShow)
	m.Form(paths.AdminPeople()+"/{person}/edit", deciding, person, web.Once, p.personEdit)
	m.Act(paths.AdminPeople()+"/{person}/roles", deciding, web.Once, p.personGive)
	m.Act(paths.AdminPeople()+"/{person}/end-role", deciding, web.Once, p.personEnd)
	m.Act(paths.AdminPeople()+"/{person}/disable", deciding, web.Once, p.personDisable)
	m.Act(paths.AdminPeople()+"/{person}/enable", deciding, web.Once, p.personEnable)
	m.Form(paths.AdminPeople()+"/{person}/reset", deciding, person, web.Once, p.personReset)
	m.Act(paths.AdminPeople()+"/{person}/invite", people, web.Once, p.personInvite)
	m.Page(paths.AdminAudit(), audit, web.Personal("trail", ""), p.auditList)
	m.Page(paths.AdminCheckpoint(), service, web.Plain, p.checkpointShow)
	m.Page(paths.AdminOutbox(), service, web.Personal("outbox", ""), p.outboxList)
	m.Act(paths.AdminOutboxRetry(), service, web.Once, p.outboxRetry)
	m.Page(paths.AdminJobs(), service, web.Plain, p.jobList)
	m.Act(paths.AdminJobsRetry(), service, web.Once, p.jobRetry)
	m.Page(paths.AdminSettings(), service, web.Plain, p.settingList)
	m.Page(paths.Policy(), access.Public.ForEveryone(), web.Plain, p.policyShow)
}

// Cards gives an administrator's home page what needs them: jobs and mail that
// failed, for those of the whole service, and people who were invited and never
// came.
func Cards(s *account.Store, behind *works.Store) web.Cards {
	return func(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
		if scope.Role() != asye.Administrator {
			return nil, nil
		}
		var cards []web.Card
		_, absent, err := s.People(ctx, scope, account.PeopleFilter{Status: "new"})
		if err != nil {
			return nil, err
		}
		if absent > 0 {
			cards = append(cards, web.Card{Heading: "People who have never signed in", One: "Person who has never signed in", Count: absent, Order: 30,
				Text:   "They were given a role and have not used their invitation. You can send another.",
				Action: "See who they are", Href: peopleHref(account.PeopleFilter{Status: "new"}, 1)})
		}
		reach, err := s.Reach(ctx, scope)
		if err != nil || reach != account.WholeService {
			return cards, err
		}
		more, err := troubles(ctx, behind, scope)
		return append(more, cards...), err
	}
}

// troubles are the cards of what has gone wrong behind the pages.
func troubles(ctx context.Context, s *works.Store, scope tenant.Scope) ([]web.Card, error) {
	var cards []web.Card
	_, counts, err := s.Jobs(ctx, scope, jobs.Failed, 1)
	if err != nil {
		return nil, err
	}
	if n := counts[jobs.Failed]; n > 0 {
		cards = append(cards, web.Card{Heading: "Jobs that failed", One: "Job that failed", Count: n, Urgent: true, Order: 10,
			Text: "Work behind the pages was tried eight times and set aside.", Action: "See the jobs", Href: jobsHref(jobs.Failed, 1)})
	}
	lost, err := s.LostMail(ctx, scope)
	if err != nil {
		return nil, err
	}
	if lost > 0 {
		cards = append(cards, web.Card{Heading: "Messages that could not be sent", One: "Message that could not be sent", Count: lost, Urgent: true, Order: 20,
			Text: "Somebody waits for a message that the mail server did not take.", Action: "See the outbox", Href: paths.AdminOutbox()})
	}
	return cards, nil
}
