package home_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/home"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/roster"
	"example.org/asye/internal/schema"
)

var waiting = []web.Card{
	{Heading: "Later", Text: "In its own time.", Action: "See it", Href: "/later", Order: 20},
	{Heading: "Sooner", Text: "Before that.", Action: "See that", Href: "/sooner", Order: 10},
	{Heading: "Overdue", Count: 7, Text: "Seven wait.", Action: "See them", Href: "/overdue", Urgent: true},
}

// page asks for a page as a person in a role, nobody when the role is empty.
func page(t *testing.T, d *db.DB, role asye.Role, path string, cards ...web.Card) (int, string) {
	t.Helper()
	visitor := web.Visitor{Scope: tenant.Nobody(), FormKey: "k"}
	if role != "" {
		visitor = web.Visitor{Scope: tenant.SignedIn("me", "org", role), Name: "Amara Okafor", Org: "Ashford", FormKey: "k"}
	}
	m := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) { return visitor, nil }, d, d.Clock(), slog.New(slog.DiscardHandler))
	home.Mount(m, home.Needs{Drafts: journey.NewStore(d), Roster: roster.NewStore(d),
		Known: map[string]home.Draft{"register": {Title: "Register an NQSW", Href: func(string) string { return "/register" }}},
		Cards: map[asye.Role][]web.Cards{asye.Coordinator: {func(context.Context, tenant.Scope, asye.Date) ([]web.Card, error) { return cards, nil }}}})
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(body)
}

func TestStart(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	if status, body := page(t, d, "", "/"); status != http.StatusOK || !strings.Contains(body, "/sign-in") {
		t.Errorf("a visitor gets %d:\n%s", status, body)
	}
	if status, _ := page(t, d, asye.NQSW, "/"); status != http.StatusSeeOther {
		t.Errorf("somebody signed in gets %d, want to be led to their own page", status)
	}
	if status, _ := page(t, d, "", "/home"); status != http.StatusSeeOther {
		t.Errorf("a visitor to /home gets %d, want to be led to sign in", status)
	}
}

func TestHomeShowsWhatWaitsInOrder(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	_, body := page(t, d, asye.Coordinator, "/home", waiting...)
	last := -1
	for _, text := range []string{"Overdue or waiting", ">7<", "Seven wait.", "Also", "Sooner", "Later"} {
		at := strings.Index(body, text)
		if at <= last {
			t.Fatalf("%q is not where it should be:\n%s", text, body)
		}
		last = at
	}
	if _, body := page(t, d, asye.Coordinator, "/home"); !strings.Contains(body, "Nothing is waiting for you") {
		t.Errorf("an empty home says:\n%s", body)
	}
	if _, body := page(t, d, asye.Analyst, "/home", waiting...); strings.Contains(body, "Seven wait") {
		t.Error("an analyst saw a coordinator's cards")
	}
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
		_, body := page(t, d, asye.Coordinator, "/home")
		if strings.Count(body, "Register an NQSW") != 1 || !strings.Contains(body, "saved 22 November 2026 at 9:30am") {
			t.Errorf("drafts:\n%s", body)
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
	if _, body := page(t, d, asye.National, "/find?q=sw1234"); !strings.Contains(body, "Amara Okafor") || !strings.Contains(body, "1 Nov 2026") {
		t.Errorf("found:\n%s", body)
	}
	if _, body := page(t, d, asye.National, "/find?q=SW9"); !strings.Contains(body, "Nothing found") {
		t.Errorf("nothing found:\n%s", body)
	}
	if status, _ := page(t, d, asye.Coordinator, "/find?q=sw1234"); status != http.StatusForbidden {
		t.Errorf("a coordinator gets %d", status)
	}
}
