package employers

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

func open(t *testing.T, d *db.DB, s *Store, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	return webtest.Pages{DB: d, Mount: func(m *web.Mux) { Mount(m, s, journey.NewStore(d)) }}.As(t, scope)
}

func typed(code string, edit ...string) []string {
	return append([]string{"name=Northbrook", "type=local_authority", "code=" + code, "region=London", "opened_on=2023-04-01"}, edit...)
}

func TestEmployerListPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	b := open(t, d, s, team)
	b.Get("/employers").Is(200, "No employers yet", "Add an employer")
	if err := s.SeedAuthorities(ctx, system); err != nil {
		t.Fatal(err)
	}
	b.Get("/employers").Is(200, "Showing 1 to 25 of 153 employers", "Barking and Dagenham")
	b.Get("/employers?page=7").Is(200, "Showing 151 to 153 of 153")
	b.Get("/employers?q=camden").Is(200, "Showing 1 employer", "Camden Code 202 Type Local authority Region London Primary contact None Status Open")
	b.Get("/employers?q=camden&region=North+East").Is(200, "No employer fits", "Remove this filter: North East")
	b.Get("/employers?status=closed").Is(200, "No employer fits")
	b.Get("/employers?region=London&page=1").Has(`href="/employers?page=2&region=London"`) // the next page remembers the filter
}

func TestEmployerNewPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	b := open(t, d, s, team)
	b.Get("/employers/new").Is(200, "Add an employer")
	b.Fill("/employers/new").Is(422, "Enter the name of the employer", "Choose the type", "Enter the day").
		Titled("Error: Add an employer")
	b.Fill("/employers/new", typed("301", "opened_on-day=31")...).Is(422, "The day on record must be a real date").
		Lacks("Enter the day").Has(`value="31"`) // one problem, and what was typed is kept
	form := b.Get("/employers/new")
	first, again := form.Submit(typed("301")...), form.Submit(typed("301")...)
	o, err := s.ByCode(ctx, team, "301")
	if err != nil {
		t.Fatal(err)
	}
	first.LeadsTo(paths.Employer(o.ID))
	again.LeadsTo(paths.Employer(o.ID)) // the same form, sent twice, has one effect
	b.Fill("/employers/new", typed("301")...).Is(422, "Another employer has the code 301")
	b.Get(paths.Employer(o.ID)).Is(200, "Northbrook", "301", "On record from 1 April 2023", "Primary contact None", "Record a closing, merger, split or new name")
	b.Get("/employers/nobody").Is(404)
}

func TestEmployerEditPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, team)
	path := paths.EmployerEdit(o.ID)
	stale := b.Get(path)
	form := typed("301", "contact_name=Ann", "contact_phone=12345")
	b.Fill(path, form...).Is(422, "must be a UK number")
	form = append(form, "contact_phone=020 7946 0123")
	b.Fill(path, form...).LeadsTo(paths.Employer(o.ID))
	stale.Submit(append(form, "name=Southbrook")...).Is(409, "Saved now Northbrook", "What you typed Southbrook")
	if got, _ := s.Get(ctx, team, o.ID); got.Name != "Northbrook" || got.Contact.Phone != "020 7946 0123" {
		t.Errorf("saved %+v", got)
	}
}

func TestOrganisationPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, coordinatorOf(o.ID))
	b.Get("/organisation").Is(200, "Employer 301", "Primary contact None", "Tell the national team")
	stale := b.Get("/organisation/edit")
	form := []string{"contact_name=Ann", "contact_email=ann", "name=Taken over"}
	b.Fill("/organisation/edit", form...).Is(422, "must look like name@example.gov.uk")
	form = append(form, "contact_email=ann@northbrook.gov.uk")
	b.Fill("/organisation/edit", form...).LeadsTo("/organisation")
	stale.Submit(append(form, "contact_name=Bea")...).Is(409, "Saved now Ann", "What you typed Bea")
	if got, _ := s.Get(ctx, team, o.ID); got.Name != "Employer 301" || got.Contact.Name != "Ann" {
		t.Errorf("EMP-4: saved %+v", got)
	}
}

func TestEMP4_ADirectorReads(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o, other := add(t, s, "301", nil), add(t, s, "302", nil)
	director := tenant.SignedIn("dir", o.ID, asye.Director)
	b := open(t, d, s, director)
	b.Get("/organisation").Is(200, "Employer 301", "A coordinator of your organisation can change it").Lacks("/organisation/edit", "Employer 302")
	same := func(was Organisation) (Organisation, error) { return was, nil }
	wantKind(t, s.Change(ctx, director, o.ID, 1, same), fault.Forbidden)
	wantKind(t, s.Change(ctx, director, other.ID, 1, same), fault.NotFound)
}

func TestEndingPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	a, other, to := add(t, s, "301", nil), add(t, s, "302", nil), add(t, s, "303", nil)
	enrol(t, d, "p1", a.ID)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(a.ID)
	b.Get(base).LeadsTo(base + "/what")
	b.Fill(base+"/what", "kind=merged", "on=2030-04-01").
		Is(422, "must be today or in the past")
	b.Fill(base+"/what", "kind=merged", "on=2026-04-01").LeadsTo(base + "/who")
	b.Fill(base+"/who", "successors=999", "others=302").Is(422, `No employer has the code or the name "999"`)
	b.Fill(base+"/who", "successors=303", "others=302").LeadsTo(base + "/why")
	b.Fill(base+"/why").Is(422, "Say why this is recorded")
	b.Fill(base+"/why", "reason=The order of 2025").LeadsTo(base + "/check")
	b.Get(base+"/check").Is(200, "Employer 301 (301), Employer 302 (302)", "1 registration that is still to end will go along to Employer 303", "1 April 2026")
	check := b.Page
	check.Submit().LeadsTo(paths.Employer(a.ID))
	check.Submit().LeadsTo(paths.Employer(a.ID)) // sent twice, it has one effect

	b.Get(paths.Employer(a.ID)).Is(200, "Closed", "Merged into Employer 303", "Last day open 31 March 2026")
	b.Get(paths.Employer(other.ID)).Is(200, "Merged into Employer 303")
	b.Get(paths.Employer(to.ID)).Is(200, "Took over from Employer 301 in a merger", "Took over from Employer 302 in a merger")
	b.Get(base).Is(409, "closed already")
}

func TestClosingAndReopeningPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(o.ID)
	b.Fill(base+"/what", "kind=closed", "on=2026-04-01").LeadsTo(base + "/why")
	b.Fill(base+"/why", "reason=Wound up").LeadsTo(base + "/check")
	b.Get(base+"/check").Is(200, "No registrations here are still to end")
	b.Fill(base + "/check").LeadsTo(paths.Employer(o.ID))
	b.Get(paths.Employer(o.ID)).Is(200, "Closed, and nobody took over", "Undo the closing")
	reopen := paths.EmployerReopen(o.ID)
	b.Fill(reopen).Is(422, "Say why the closing is undone")
	b.Fill(reopen, "reason=Wrong employer").LeadsTo(paths.Employer(o.ID))
	b.Get(paths.Employer(o.ID)).Is(200, "Open", "Record a closing")
}

func TestSplitPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	x, y := add(t, s, "302", nil), add(t, s, "303", nil)
	enrol(t, d, "p1", o.ID)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(o.ID)
	b.Fill(base+"/what", "kind=split", "on=2026-04-01").LeadsTo(base + "/who")
	b.Fill(base+"/who", "successors=302").Is(422, "two or more employers")
	b.Fill(base+"/who", "successors=302\r\n303").LeadsTo(base + "/why")
	b.Fill(base+"/why", "reason=The order").LeadsTo(base + "/check")
	b.Get(base+"/check").Is(200, "Nobody but the employers knows who goes where")
	b.Fill(base + "/check").LeadsTo(paths.Employer(o.ID))
	b.Get(paths.Employer(o.ID)).Is(200, "Employer 302 is one of those that came after", "Employer 303 is one of those")
	b.Get(paths.Employer(x.ID)).Is(200, "Came out of Employer 301 when it split")
	if n, _ := s.Years(ctx, team, y.ID, asye.MustDate("2026-11-22")); n.Total() != 0 {
		t.Error("EMP-6: a split moved a registration")
	}
}

func TestWhoMayOpenWhat(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	for _, role := range asye.Roles() {
		b := open(t, d, s, tenant.SignedIn("p", o.ID, role))
		for _, path := range []string{"/employers", "/employers/new", paths.Employer(o.ID), paths.EmployerEdit(o.ID), paths.EmployerReopen(o.ID)} {
			if got := b.Get(path).Status; (got == 200) != (role == asye.National) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
		reads, changes := b.Get("/organisation").Status == 200, b.Get("/organisation/edit").Status == 200
		if changes != (role == asye.Coordinator) || reads != (changes || role == asye.Director) {
			t.Errorf("%s reads their own employer: %v, and changes it: %v", role, reads, changes)
		}
	}
}

func TestCards(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	for scope, want := range map[tenant.Scope]string{team: paths.Employers(), coordinatorOf(o.ID): paths.OrganisationEdit()} {
		if cards, err := s.Cards(ctx, scope, asye.Date{}); err != nil || len(cards) != 1 || cards[0].Href != want {
			t.Errorf("%s: %v %v", scope.Role(), cards, err)
		}
	}
	contact := func(was Organisation) (Organisation, error) {
		return was.WithContacts(Contact{Name: "Ann", Email: "ann@a.uk"}, Director{}), nil
	}
	if err := s.Change(ctx, team, o.ID, 1, contact); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []tenant.Scope{team, coordinatorOf(o.ID), tenant.SignedIn("p", o.ID, asye.NQSW)} {
		if cards, err := s.Cards(ctx, scope, asye.Date{}); err != nil || len(cards) != 0 {
			t.Errorf("%s: %v %v", scope.Role(), cards, err)
		}
	}
}
