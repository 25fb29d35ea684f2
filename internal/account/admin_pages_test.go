package account_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web/webtest"
)

func TestPeoplePages(t *testing.T) {
	s := newSite(t)
	people(t, s.service)
	v := s.as(t, "kate@example.org")
	v.Get("/admin/people").Is(200, "People and roles", "Mary Jones", "Coordinator, Kent", "Showing 1 to 4 of 4 people").
		Lacks("Lee", "Leeds", "Outbox")
	v.Get("/admin/people?q=nobodyatall").Is(200, "Nobody was found")
	v.Get("/admin/people?q=mary").Is(200).Lacks("Kate Admin Kate")

	v.Get("/admin/people/new").Is(200, "Add a person", "Coordinator", "NQSWs are not added here").
		Lacks("National team", "Analyst")
	v.Press(paths.AdminNew()).Is(422, "Enter the first name", "Enter an e-mail address, because", "Select a role")
	answers := []string{"given_name=Zoë", "family_name=Zed", "email=mary@example.org", "new_role=coordinator"}
	v.Press(paths.AdminNew(), answers...).Is(422, "Mary Jones is on record here already")
	answers = append(answers, "email=Zoe@Example.org")
	v.Press(paths.AdminNew(), answers...).Is(200, "Zoë Zed has been added", "on its way to zoe@example.org", "Coordinator, Kent")
	if m := s.letters(t)[0]; m.To != "zoe@example.org" || m.Subject != "Kent invites you to asye, for the ASYE" {
		t.Errorf("the invitation: %+v", m)
	}
}

func TestPersonPages(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "kate@example.org")
	mary := paths.AdminPerson(c.mary)
	v.Get(mary).Is(200, "Mary Jones", "Coordinator, Kent", "May sign in", "End this role", "Disable this person")
	v.Get(paths.AdminPerson(c.lee)).Is(404)
	v.Get(paths.AdminPersonEdit(c.lee)).Is(404)
	v.Get(paths.AdminPerson(c.kate)).Is(200).Lacks("Disable this person", "End this role")

	v.Get(mary).Is(200)
	v.Press(mary+"/roles").Is(422, "Select a role")
	v.Get(mary).Is(200)
	v.Press(mary+"/roles", "new_role=coordinator").Is(422, "has this role already")
	v.Get(mary).Is(200)
	v.Press(mary+"/roles", "new_role=administrator").Is(200, "The role has been given", "Administrator, Kent")
	v.Press(mary+"/end-role").Is(200, "The role has ended", "Roles that have ended")
	v.Press(mary+"/invite").Is(200, "The invitation is on its way")
	v.Press(mary+"/disable").Is(200, "This person is disabled", "Disabled")
	v.Press(mary+"/enable").Is(200, "may sign in again")
	v.Get(paths.AdminPerson(c.both)).Is(200)
	v.Press(paths.AdminPerson(c.both)+"/disable").Is(403, "only the national team")
}

func TestPersonEditPage(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v, slow := s.as(t, "kate@example.org"), s.as(t, "kate@example.org")
	edit := paths.AdminPersonEdit(c.mary)
	slow.Get(edit).Is(200)
	v.Get(edit).Is(200)
	answers := []string{"given_name=Maria", "family_name=Jones", "email=mary@example.org"}
	v.Press(edit, "given_name=", "family_name=Jones", "email=mary@example.org").Is(422, "Enter the first name")
	v.Press(edit, answers...).Is(200, "Saved", "Maria Jones")
	answers = append(answers, "given_name=Marie")
	slow.Press(edit, answers...).Is(409, "changed meanwhile", "Kate Admin saved this record on 22 November 2026 at 9:30am", "Saved now Maria", "What you typed Marie").
		Lacks("Last name")
}

func TestAuditPage(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "kate@example.org")
	if err := s.Change(t.Context(), c.kentAdmin, c.mary, 1, asye.Identity{GivenName: "Maria", FamilyName: "Jones", Email: "mary@example.org"}); err != nil {
		t.Fatal(err)
	}
	v.Get("/admin/audit").Is(200, "Audit trail", "Name or address changed", "Kate Admin", "First name: Mary became Maria").
		Lacks("Leeds")
	v.Get("/admin/audit?what=disabled").Is(200, "No lines were found")
	v.Get("/admin/audit?from-day=31&from-month=2&from-year=2026").Is(422, "The first day must be a real date")
	v.Get("/admin/audit?from-day=2&from-month=2&from-year=2026&to-day=1&to-month=2&to-year=2026").Is(422, "must be the same as or after")
	v.Get("/admin/audit?record="+string(c.mary)).Is(200, "the lines about one record")
	for range 60 {
		err := s.write(c.kentAdmin, func(ctx context.Context, tx *db.Tx) error {
			return tx.Audit(ctx, c.kentAdmin, db.Line{What: "test.done", Kind: "test", ID: "1", Reason: "because", On: s.today()})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	v.Get("/admin/audit").Is(200, "Older lines", "Reason: because", "Counts from 22 November 2026")
	next := regexp.MustCompile(`href="(/admin/audit\?before=[^"]+)"`).FindStringSubmatch(v.Body)
	v.Get(strings.ReplaceAll(next[1], "&amp;", "&")).Is(200, "Newest lines")
}

func TestServicePages(t *testing.T) {
	s := newSite(t)
	people(t, s.service)
	employer, national := s.as(t, "kate@example.org"), s.as(t, "nora@example.org")
	for _, path := range []string{paths.AdminOutbox(), paths.AdminJobs(), paths.AdminSettings()} {
		employer.Get(path).Is(403, "look after the whole service")
	}
	national.Get(paths.AdminSettings()).Is(200, "database asye.db default Where records are kept.")
	national.Get(paths.AdminOutbox()).Is(200, "No mail server is set up", "Your link to sign in to asye", "Kept here", "Hello Kate Admin")
	national.Has(`href="/sign-in/link?token=`) // a link in a message can be followed
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		if err := s.queue.Enqueue(ctx, tx, jobs.New{Kind: "test.broken", RunAt: tx.Now().Add(time.Hour)}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update mail_outbox set failed_at = $1, last_error = 'no such mailbox'`, tx.Now())
		return err
	})
	national.Get(paths.AdminOutbox()).Is(200, "Given up", "no such mailbox")
	national.Press(paths.AdminOutboxRetry()).Is(200, "The message waits again")
	national.Get(paths.AdminJobs()).Is(200, "There are no such jobs", "Failed (0)", "Waiting (1)")
	national.Get(paths.AdminJobs()+"?state=waiting").Is(200, "Broken", "22 November 2026 at 10:30am")
	national.Get(paths.AdminJobs()+"?state=completed").Is(200, "Mail a sign-in link")
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update jobs set failed_at = $1, last_error = 'on fire' where kind = 'test.broken'`, tx.Now())
		return err
	})
	national.Get(paths.AdminJobs()+"?state=failed").Is(200, "on fire", "Try again")
	national.Press(paths.AdminJobsRetry()).Is(200, "The job waits again")
}

func TestWhoMayNot(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "mary@example.org") // a coordinator
	for _, path := range []string{paths.AdminPeople(), paths.AdminNew(), paths.AdminPerson(c.nia), paths.AdminPersonEdit(c.nia),
		paths.AdminAudit(), paths.AdminOutbox(), paths.AdminJobs(), paths.AdminSettings()} {
		v.Get(path).Is(403, "This page is for: Administrator")
		s.visitor(t).Get(path).Is(200, "There is no password")
	}
	for _, act := range []string{"roles", "end-role", "disable", "enable", "invite"} {
		v.Forge(v.Get("/account").Is(200), paths.AdminPersonAct(c.nia, act)).Is(403)
	}
}

// Which addresses there are, and what is kept, is told to administrators alone;
// what is held about one person, to those who look after the whole service.
func TestPOL6_WhatAdministratorsSeeBeside(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	beside := []string{"By which addresses", "GET /sign-in", "What is kept", "sign_in_links"}
	employer, national := s.as(t, "kate@example.org"), s.as(t, "nora@example.org")
	employer.Get(paths.Policy()).Is(200, beside...)
	for _, other := range []*webtest.Browser{s.visitor(t), s.as(t, "mary@example.org")} {
		other.Get(paths.Policy()).Is(200, "Signing in and out").Lacks(beside...)
	}
	const held = "Data held about this person"
	employer.Get(paths.AdminPerson(c.mary)).Is(200).Lacks(held)
	national.Get(paths.AdminPerson(c.mary)).Is(200, held)
}

func TestCards(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		titles := func(scope tenant.Scope) string {
			cards, err := admin.Cards(s.Store, s.works())(t.Context(), scope, clock.Today(s.d.Clock()))
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, one := range cards {
				out = append(out, one.Heading)
			}
			return strings.Join(out, "; ")
		}
		const absent, failed, lost = "People who have never signed in", "Jobs that failed", "Messages that could not be sent"
		if got := titles(c.natAdmin); got != absent {
			t.Errorf("at first: %q", got)
		}
		s.link(t, "mary@example.org")
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `update mail_outbox set failed_at = $1`, tx.Now()); err != nil {
				return err
			}
			if err := s.queue.Enqueue(ctx, tx, jobs.New{Kind: "test.broken"}); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `update jobs set failed_at = $1 where kind = 'test.broken'`, tx.Now())
			return err
		})
		if got := titles(c.natAdmin); got != failed+"; "+lost+"; "+absent {
			t.Errorf("ACC-12 the whole service: %q", got)
		}
		if got := titles(c.kentAdmin); got != absent {
			t.Errorf("ACC-12 an employer: %q", got)
		}
		if got := titles(tenant.SignedIn(c.mary, kent, asye.Coordinator)); got != "" {
			t.Errorf("a coordinator: %q", got)
		}
		_, err := s.works().LostMail(t.Context(), c.kentAdmin)
		kind(t, "ACC-12 another's count of mail", err, fault.Forbidden)
		list, _, err := s.People(t.Context(), c.kentAdmin, account.PeopleFilter{Status: "new"})
		if err != nil || len(list) != 3 { // Kate, Bo and Mary, but no NQSW
			t.Errorf("never signed in: %v, %v", list, err)
		}
		s.signIn(t, "bo@example.org")
		if list, _, _ := s.People(t.Context(), c.kentAdmin, account.PeopleFilter{Status: "new"}); len(list) != 2 {
			t.Errorf("after one has signed in: %v", list)
		}
	})
}

func TestPersonByEmail(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		mary := s.person(t, "Mary Jones")
		if id, err := s.PersonByEmail(t.Context(), " MARY@example.org"); id != mary || err != nil {
			t.Errorf("got %q, %v", id, err)
		}
		_, err := s.PersonByEmail(t.Context(), "")
		kind(t, "nobody", err, fault.NotFound)
	})
}
