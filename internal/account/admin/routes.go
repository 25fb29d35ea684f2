// Package admin has the pages of administrators: people and their roles, the
// audit trail, and, for those who look after the whole service, its mail, jobs
// and settings. What an administrator may see and do is decided in the package
// account, rules ACC-11 to ACC-17.
package admin

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
)

var administrator = policy.Allow(asye.Administrator)

type pages struct {
	store    *account.Store
	trail    *trail.Store
	settings []account.Setting
}

// Mount puts the pages of administrators on the mux. settings are the lines of
// the settings page.
func Mount(m *web.Mux, s *account.Store, lines *trail.Store, settings []account.Setting) {
	p := &pages{s, lines, settings}
	person := web.Personal("person", "person")
	m.Page(paths.AdminPeople(), administrator, web.Personal("people", ""), p.personList)
	m.Form(paths.AdminNew(), administrator, web.Plain, web.Once, p.personNew)
	m.Page(paths.AdminPeople()+"/{person}", administrator, person, p.personShow)
	m.Form(paths.AdminPeople()+"/{person}/edit", administrator, person, web.Once, p.personEdit)
	m.Act(paths.AdminPeople()+"/{person}/roles", administrator, web.Once, p.personGive)
	m.Act(paths.AdminPeople()+"/{person}/end-role", administrator, web.Once, p.personEnd)
	m.Act(paths.AdminPeople()+"/{person}/disable", administrator, web.Once, p.personDisable)
	m.Act(paths.AdminPeople()+"/{person}/enable", administrator, web.Once, p.personEnable)
	m.Act(paths.AdminPeople()+"/{person}/invite", administrator, web.Once, p.personInvite)
	m.Page(paths.AdminAudit(), administrator, web.Personal("trail", ""), p.auditList)
	m.Page(paths.AdminOutbox(), administrator, web.Personal("outbox", ""), p.outboxList)
	m.Act(paths.AdminOutboxRetry(), administrator, web.Once, p.outboxRetry)
	m.Page(paths.AdminJobs(), administrator, web.Plain, p.jobList)
	m.Act(paths.AdminJobsRetry(), administrator, web.Once, p.jobRetry)
	m.Page(paths.AdminSettings(), administrator, web.Plain, p.settingList)
}

// Cards gives an administrator's home page what needs them: jobs and mail that
// failed, for those of the whole service, and people who were invited and never
// came.
func Cards(s *account.Store) web.Cards {
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
		more, err := troubles(ctx, s, scope)
		return append(more, cards...), err
	}
}

// troubles are the cards of what has gone wrong behind the pages.
func troubles(ctx context.Context, s *account.Store, scope tenant.Scope) ([]web.Card, error) {
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
