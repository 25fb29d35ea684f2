package account_test

import (
	"context"
	"net/url"
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
)

func TestPeoplePages(t *testing.T) {
	s := newSite(t)
	people(t, s.service)
	v := s.as(t, "kate@example.org")
	page := v.get("/admin/people", 200)
	says(t, page, "People and roles", "Mary Jones", "Coordinator, Kent", "Showing 1 to 4 of 4 people")
	silent(t, page, "Lee", "Leeds", "Outbox")
	says(t, v.get("/admin/people?q=nobodyatall", 200), "Nobody was found")
	silent(t, v.get("/admin/people?q=mary", 200), "Kate Admin Kate")

	page = v.get("/admin/people/new", 200)
	says(t, page, "Add a person", "Coordinator", "NQSWs are not added here")
	silent(t, page, "National team", "Analyst")
	says(t, v.submit(paths.AdminNew(), nil, 422), "Enter the first name", "Enter an e-mail address, because", "Select a role")
	answers := url.Values{"given_name": {"Zoë"}, "family_name": {"Zed"}, "email": {"mary@example.org"}, "new_role": {"coordinator"}}
	says(t, v.submit(paths.AdminNew(), answers, 422), "Another person already uses mary@example.org")
	answers.Set("email", "Zoe@Example.org")
	says(t, v.submit(paths.AdminNew(), answers, 200), "Zoë Zed has been added", "on its way to zoe@example.org", "Coordinator, Kent")
	if m := s.letters(t)[0]; m.To != "zoe@example.org" || !strings.Contains(m.Subject, "access") {
		t.Errorf("the invitation: %+v", m)
	}
}

func TestPersonPages(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "kate@example.org")
	mary := paths.AdminPerson(c.mary)
	says(t, v.get(mary, 200), "Mary Jones", "Coordinator, Kent", "May sign in", "End this role", "Disable this person")
	v.get(paths.AdminPerson(c.lee), 404)
	v.get(paths.AdminPersonEdit(c.lee), 404)
	silent(t, v.get(paths.AdminPerson(c.kate), 200), "Disable this person", "End this role")

	v.get(mary, 200)
	says(t, v.submit(mary+"/roles", nil, 422), "Select a role")
	v.get(mary, 200)
	says(t, v.submit(mary+"/roles", url.Values{"new_role": {"coordinator"}}, 422), "has this role already")
	v.get(mary, 200)
	says(t, v.submit(mary+"/roles", url.Values{"new_role": {"administrator"}}, 200), "The role has been given", "Administrator, Kent")
	says(t, v.submit(mary+"/end-role", nil, 200), "The role has ended", "Roles that have ended")
	says(t, v.submit(mary+"/invite", nil, 200), "The invitation is on its way")
	says(t, v.submit(mary+"/disable", nil, 200), "This person is disabled", "Disabled")
	says(t, v.submit(mary+"/enable", nil, 200), "may sign in again")
	v.get(paths.AdminPerson(c.both), 200)
	says(t, v.submit(paths.AdminPerson(c.both)+"/disable", nil, 403), "only the national team")
}

func TestPersonEditPage(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v, slow := s.as(t, "kate@example.org"), s.as(t, "kate@example.org")
	edit := paths.AdminPersonEdit(c.mary)
	slow.get(edit, 200)
	v.get(edit, 200)
	answers := url.Values{"given_name": {"Maria"}, "family_name": {"Jones"}, "email": {"mary@example.org"}}
	says(t, v.submit(edit, url.Values{"given_name": {""}, "family_name": {"Jones"}, "email": {"mary@example.org"}}, 422), "Enter the first name")
	says(t, v.submit(edit, answers, 200), "Saved", "Maria Jones")
	answers.Set("given_name", "Marie")
	page := slow.submit(edit, answers, 409)
	says(t, page, "changed meanwhile", "Kate Admin saved this record at 09:30 on 22 November 2026", "Saved now Maria", "What you typed Marie")
	silent(t, page, "Last name")
}

func TestAuditPage(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "kate@example.org")
	if err := s.Change(t.Context(), c.kentAdmin, c.mary, 1, asye.Identity{GivenName: "Maria", FamilyName: "Jones", Email: "mary@example.org"}); err != nil {
		t.Fatal(err)
	}
	page := v.get("/admin/audit", 200)
	says(t, page, "Audit trail", "Account: person changed", "Kate Admin", "Given name : Mary became Maria")
	silent(t, page, "Leeds")
	says(t, v.get("/admin/audit?what=disabled", 200), "No lines were found")
	says(t, v.get("/admin/audit?from-day=31&from-month=2&from-year=2026", 422), "The first day must be a real date")
	says(t, v.get("/admin/audit?from-day=2&from-month=2&from-year=2026&to-day=1&to-month=2&to-year=2026", 422), "must be the same as or after")
	says(t, v.get("/admin/audit?record="+string(c.mary), 200), "the lines about one record")
	for range 60 {
		err := s.write(c.kentAdmin, func(ctx context.Context, tx *db.Tx) error {
			return tx.Audit(ctx, c.kentAdmin, db.Line{What: "test.done", Kind: "test", ID: "1", Reason: "because", On: s.today()})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	says(t, v.get("/admin/audit", 200), "Older lines", "Reason: because", "Counts from 22 November 2026")
	next := regexp.MustCompile(`href="(/admin/audit\?before=[^"]+)"`).FindStringSubmatch(v.page)
	says(t, v.get(strings.ReplaceAll(next[1], "&amp;", "&"), 200), "Newest lines")
}

func TestServicePages(t *testing.T) {
	s := newSite(t)
	people(t, s.service)
	employer, national := s.as(t, "kate@example.org"), s.as(t, "nora@example.org")
	for _, path := range []string{paths.AdminOutbox(), paths.AdminJobs(), paths.AdminSettings()} {
		says(t, employer.get(path, 403), "look after the whole service")
	}
	says(t, national.get(paths.AdminSettings(), 200), "database asye.db default Where records are kept.")
	says(t, national.get(paths.AdminOutbox(), 200), "No mail server is set up", "Your link to sign in to asye", "Kept here", "Hello Kate Admin")
	if !strings.Contains(national.page, `href="/sign-in/link?token=`) {
		t.Error("a link in a message cannot be followed")
	}
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		if err := s.queue.Enqueue(ctx, tx, jobs.New{Kind: "test.broken", RunAt: tx.Now().Add(time.Hour)}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `update mail_outbox set failed_at = $1, last_error = 'no such mailbox'`, tx.Now())
		return err
	})
	says(t, national.get(paths.AdminOutbox(), 200), "Given up", "no such mailbox")
	says(t, national.submit(paths.AdminOutboxRetry(), nil, 200), "The message waits again")
	says(t, national.get(paths.AdminJobs(), 200), "There are no such jobs", "Failed (0)", "Waiting (1)")
	says(t, national.get(paths.AdminJobs()+"?state=waiting", 200), "Test: broken", "10:30 on 22 November 2026")
	says(t, national.get(paths.AdminJobs()+"?state=completed", 200), "Account: mail link")
	s.keep(t, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update jobs set failed_at = $1, last_error = 'on fire' where kind = 'test.broken'`, tx.Now())
		return err
	})
	says(t, national.get(paths.AdminJobs()+"?state=failed", 200), "on fire", "Try again")
	says(t, national.submit(paths.AdminJobsRetry(), nil, 200), "The job waits again")
}

func TestWhoMayNot(t *testing.T) {
	s := newSite(t)
	c := people(t, s.service)
	v := s.as(t, "mary@example.org") // a coordinator
	for _, path := range []string{paths.AdminPeople(), paths.AdminNew(), paths.AdminPerson(c.nia), paths.AdminPersonEdit(c.nia),
		paths.AdminAudit(), paths.AdminOutbox(), paths.AdminJobs(), paths.AdminSettings()} {
		says(t, v.get(path, 403), "This page is for: Administrator")
		says(t, s.visitor(t).get(path, 200), "There is no password")
	}
	for _, act := range []string{"roles", "end-role", "disable", "enable", "invite"} {
		v.get("/account", 200)
		form := formOf(t, v.page, paths.SignOutEvery())
		res, err := v.PostForm(s.url+paths.AdminPersonAct(c.nia, act), form)
		v.read(res, err, 403)
	}
}

func TestCards(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		titles := func(scope tenant.Scope) string {
			cards, err := admin.Cards(s.Store)(t.Context(), scope, clock.Today(s.d.Clock()))
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, one := range cards {
				out = append(out, one.Heading)
			}
			return strings.Join(out, "; ")
		}
		const absent, failed, lost = "People who have never signed in", "Jobs that failed", "Mail that could not be sent"
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
		_, err := s.LostMail(t.Context(), c.kentAdmin)
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
