package app

import (
	"context"
	"net/http"
	"testing"
)

func TestJourneySignIn(t *testing.T) {
	t.Parallel()
	signInByMail(t, exampleSite(t))
}

func signInByMail(t *testing.T, s *site) {
	b := newTab(t, s)
	b.open("/registrations")
	b.see("Sign in", "There is no password to remember")
	b.press("Send me a link")
	b.refused("e-mail address")
	b.fill("email", tom)
	b.press("Send me a link")
	b.see("Check your e-mail")
	b.accessible()
	link := s.mailed(t, tom)

	// A scanner of mail looks at every link before the reader does.
	for range 2 {
		res, err := http.Get(s.at + link)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Fatalf("the link gave %s to a scanner", res.Status)
		}
	}
	b.open(link)
	b.see("Sign in as Tom Bickerton")
	b.press("Sign in")
	if b.path() != "/registrations" {
		t.Errorf("signing in led to %s, not to the page that was asked for", b.path())
	}
	other := newTab(t, s)
	other.open(link)
	other.see("Ask for a new link")
	other.miss("Sign in as Tom")
	other.picture("link-used")
	other.accessible()

	other.signIn(tom)
	b.open("/account")
	b.see("Where you are signed in")
	b.picture("account")
	b.accessible()
	b.press("Sign out everywhere")
	for _, one := range []*tab{b, other} {
		one.open("/registrations")
		one.see("Send me a link")
	}
}

func TestJourneyFirstAdministrator(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	code, err := s.account.SetupCode(context.Background())
	if err != nil || code == "" {
		t.Fatalf("the code is %q, %v", code, err)
	}
	b := newTab(t, s)
	b.open("/setup")
	b.fill("setup_code", "WRON-GCOD-EWRO-NGCO")
	b.choose("type", "national")
	b.fill("name", "Programme Office")
	b.fill("code", "OFFICE")
	b.fill("given_name", "Femi")
	b.fill("family_name", "Adeola")
	b.fill("email", "femi@example.org")
	b.press("Set up the service")
	b.refused("code")
	b.picture("setup-error")
	b.accessible()
	b.fill("setup_code", code)
	b.press("Set up the service")
	b.see("The service is set up", "Femi Adeola")
	b.press("Add a person")
	b.fill("given_name", "Nia")
	b.fill("family_name", "Rees")
	b.fill("email", "nia@example.org")
	b.press("Add and send invitation")
	b.refused("role")
	b.choose("new_role", "national")
	b.choose("org", s.ask(t, `select id from organisations where code = 'OFFICE'`))
	b.press("Add and send invitation")
	b.see("Nia Rees")
	b.picture("person")
	b.accessible()
	b.open("/admin/audit")
	b.see("Femi Adeola", "Nia Rees", "invited")
	b.picture("audit")

	nia := newTab(t, s)
	nia.open(s.mailed(t, "nia@example.org"))
	nia.see("Sign in as Nia Rees")
	nia.press("Sign in")
	nia.see("Nia Rees", "Programme Office")
	nia.open("/admin/people")
	nia.see("Administrator")
	if status := nia.status(); status != 403 {
		t.Errorf("the national team may read the people: %d", status)
	}
	b.open("/setup")
	if status := b.status(); status != 404 {
		t.Errorf("the set-up page is there a second time: %d", status)
	}
}

func TestJourneySwitchRole(t *testing.T) {
	t.Parallel()
	b := as(t, exampleSite(t), elin)
	b.see("Elin Stansfield", "Coordinator")
	b.open("/outcomes")
	if status := b.status(); status != 403 {
		t.Errorf("a coordinator sees the outcomes of the country: %d", status)
	}
	b.picture("forbidden")
	b.accessible()
	b.open("/roles")
	b.picture("roles")
	b.accessible()
	b.do(pick("Analyst"))
	b.press("Change role")
	b.see("Analyst", "Outcomes by characteristic")
	b.open("/registrations")
	if status := b.status(); status != 403 {
		t.Errorf("an analyst sees the registrations of an employer: %d", status)
	}
	b.open("/outcomes")
	b.see("Outcomes by characteristic")
	b.open("/roles")
	b.do(pick("Coordinator"))
	b.press("Change role")
	b.open("/registrations?cohort=all&q=Fenwick")
	b.see("Callum Fenwick", "Fenmarsh")
}
