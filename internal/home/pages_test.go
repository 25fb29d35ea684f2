package home_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/home"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/roster"
	"example.org/asye/internal/schema"
)

var waiting = []web.Card{
	{Heading: "Later", Text: "In its own time.", Action: "See it", Href: "/later", Order: 20},
	{Heading: "Sooner", Text: "Before that.", Action: "See that", Href: "/sooner", Order: 10},
	{Heading: "Overdue", Count: 7, Text: "Seven wait.", Action: "See them", Href: "/overdue", Urgent: true},
}

// open is a browser of a person in a role, of nobody when the role is empty.
func open(t *testing.T, d *db.DB, role asye.Role, cards ...web.Card) *webtest.Browser {
	t.Helper()
	scope := tenant.Nobody()
	if role != "" {
		scope = tenant.SignedIn("me", "org", role)
	}
	return webtest.Pages{DB: d, Mount: func(m *web.Mux) {
		home.Mount(m, home.Needs{Drafts: journey.NewStore(d), Roster: roster.NewStore(d),
			Known: map[string]home.Draft{"register": {Title: "Register an NQSW", Name: func(a journey.Answers) string { return a["given_name"] }, Href: func(string) string { return "/register" }}},
			Cards: map[asye.Role][]web.Cards{asye.Coordinator: {func(context.Context, tenant.Scope, asye.Date) ([]web.Card, error) { return cards, nil }}}})
	}}.As(t, scope)
}

func TestStart(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	open(t, d, "").Get("/").Is(200).Has("/sign-in")
	open(t, d, asye.NQSW).Get("/").LeadsTo(paths.Home())
	open(t, d, "").Get("/home").LeadsTo("/sign-in?next=%2Fhome")
}

func TestHomeShowsWhatWaitsInOrder(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	body := open(t, d, asye.Coordinator, waiting...).Get("/home").Is(200).Body
	last := -1
	for _, text := range []string{"Overdue or waiting", ">7<", "Seven wait.", "Also", "Sooner", "Later"} {
		at := strings.Index(body, text)
		if at <= last {
			t.Fatalf("%q is not where it should be:\n%s", text, body)
		}
		last = at
	}
	open(t, d, asye.Coordinator).Get("/home").Is(200, "Nothing is waiting for you")
	open(t, d, asye.Analyst, waiting...).Get("/home").Is(200).HasNot("Seven wait")
}

func TestHomeOffersDrafts(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		drafts := journey.NewStore(d)
		for scope, name := range map[tenant.Scope]string{
			tenant.SignedIn("me", "org", asye.Coordinator):    "register",
			tenant.SignedIn("other", "org", asye.Coordinator): "register",
			tenant.SignedIn("me", "org", asye.National):       "unknown",
		} {
			if err := drafts.Save(t.Context(), scope, journey.Draft{Journey: name, Answers: journey.Answers{"given_name": "A"}}); err != nil {
				t.Fatal(err)
			}
		}
		page := open(t, d, asye.Coordinator).Get("/home").Is(200, "saved on 22 November 2026 at 9:30am", "Register an NQSW: A")
		if n := strings.Count(page.Body, "Register an NQSW"); n != 1 {
			t.Errorf("%d drafts are offered, want 1:\n%s", n, page.Text())
		}
	})
}

func TestFind(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		for _, statement := range []string{
			`insert into organisations (id, code, name, type, opened_on, search_text) values ('a', '301', 'Ashford', 'local_authority', '2000-01-01', 'ashford')`,
			`insert into people (id, given_name, family_name, sort_name, search_text, created_at) values ('p', 'Amara', 'Okafor', 'o', 'o', '2026-01-01T00:00:00Z')`,
			`insert into nqsws (person_id, regulator_number) values ('p', 'SW1234')`,
			`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, ends_on, due_on, funded, recorded_at)
				values ('e', 'ASYE-AAAA-BBBB', 'p', 'a', 'child-and-family', '2026', 2026, '2026-04-01', '2026-11-02', '2027-04-01', true, '2026-09-01T00:00:00Z')`,
		} {
			if _, err := tx.Exec(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	open(t, d, asye.National).Get("/find?q=sw1234").Is(200, "Amara Okafor", "1 Nov 2026")
	open(t, d, asye.National).Get("/find?q=SW9").Is(200, "Nothing found")
	open(t, d, asye.Coordinator).Get("/find?q=sw1234").Is(403)
}
