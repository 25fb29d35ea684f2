package employers

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

type browser struct {
	t   *testing.T
	mux *web.Mux
}

func open(t *testing.T, d *db.DB, s *Store, scope tenant.Scope) *browser {
	mux := web.New(web.Site{}, func(*http.Request) (web.Visitor, error) {
		return web.Visitor{Scope: scope, Name: "Somebody", FormKey: "k"}, nil
	}, d, d.Clock(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	Mount(mux, s, journey.NewStore(d))
	return &browser{t, mux}
}

type page struct {
	status              int
	raw, text, location string
}

var (
	marks = regexp.MustCompile(`(?s)<[^>]*>`)
	token = regexp.MustCompile(`name="_form" value="([^"]+)"`)
)

func (b *browser) do(r *http.Request) page {
	w := httptest.NewRecorder()
	b.mux.ServeHTTP(w, r)
	raw := w.Body.String()
	text := strings.Join(strings.Fields(html.UnescapeString(marks.ReplaceAllString(raw, " "))), " ")
	return page{w.Code, raw, text, w.Header().Get("Location")}
}

func (b *browser) get(path string) page { return b.do(httptest.NewRequest("GET", path, nil)) }

// token opens a page for the token of its form.
func (b *browser) token(path string) string {
	b.t.Helper()
	p := b.get(path)
	found := token.FindStringSubmatch(p.raw)
	if found == nil {
		b.t.Fatalf("%s has no form: %d %s", path, p.status, p.text)
	}
	return found[1]
}

func (b *browser) send(path string, form url.Values) page {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

func (b *browser) post(path string, form url.Values) page {
	b.t.Helper()
	form.Set("_form", b.token(path))
	return b.send(path, form)
}

func (p page) want(t *testing.T, status int, texts ...string) {
	t.Helper()
	if p.status != status {
		t.Errorf("status %d to %q, want %d: %.300s", p.status, p.location, status, p.text)
	}
	for _, text := range texts {
		if !strings.Contains(p.text, text) {
			t.Errorf("the page does not say %q:\n%.2500s", text, p.text)
		}
	}
}

func (p page) leads(t *testing.T, to string) {
	t.Helper()
	if p.status != http.StatusSeeOther || p.location != to {
		t.Errorf("status %d to %q, want 303 to %q: %.900s", p.status, p.location, to, p.text)
	}
}

func typed(code string) url.Values {
	return url.Values{"name": {"Northbrook"}, "type": {"local_authority"}, "code": {code}, "region": {"London"},
		"opened_on-day": {"1"}, "opened_on-month": {"4"}, "opened_on-year": {"2023"}}
}

func TestEmployerListPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	b := open(t, d, s, team)
	b.get("/employers").want(t, 200, "No employers yet", "Add an employer")
	if err := s.SeedAuthorities(ctx, system); err != nil {
		t.Fatal(err)
	}
	b.get("/employers").want(t, 200, "Showing 1 to 25 of 153 employers", "Barking and Dagenham")
	b.get("/employers?page=7").want(t, 200, "Showing 151 to 153 of 153")
	b.get("/employers?q=camden").want(t, 200, "Showing 1 to 1 of 1 employers", "Camden Code 202 Type Local authority Region London Primary contact None Status Open")
	b.get("/employers?q=camden&region=North+East").want(t, 200, "No employer fits", "Remove this filter: North East")
	b.get("/employers?status=closed").want(t, 200, "No employer fits")
	if next := b.get("/employers?region=London&page=1").raw; !strings.Contains(next, `href="/employers?page=2&amp;region=London"`) {
		t.Error("the next page forgets the filter")
	}
}

func TestEmployerNewPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	b := open(t, d, s, team)
	b.get("/employers/new").want(t, 200, "Add an employer")
	b.post("/employers/new", url.Values{}).want(t, 422, "Error: Add an employer", "Enter the name of the employer", "Choose the type", "Enter the day")
	wrong := typed("301")
	wrong.Set("opened_on-day", "31")
	p := b.post("/employers/new", wrong)
	p.want(t, 422, "The day on record must be a real date")
	if strings.Contains(p.text, "Enter the day") || !strings.Contains(p.raw, `value="31"`) {
		t.Error("the date has two problems, or was not kept as typed")
	}
	form := typed("301")
	form.Set("_form", b.token("/employers/new"))
	first := b.send("/employers/new", form)
	again := b.send("/employers/new", form)
	o, err := s.ByCode(ctx, team, "301")
	if err != nil {
		t.Fatal(err)
	}
	first.leads(t, paths.Employer(o.ID))
	again.leads(t, paths.Employer(o.ID)) // the same form, sent twice, has one effect
	b.post("/employers/new", typed("301")).want(t, 422, "Another employer has the code 301")
	b.get(paths.Employer(o.ID)).want(t, 200, "Northbrook", "301", "On record from 1 April 2023", "Primary contact None", "Record a closing, merger, split or new name")
	b.get("/employers/nobody").want(t, 404)
}

func TestEmployerEditPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, team)
	path := paths.EmployerEdit(o.ID)
	form := typed("301")
	form.Set("version", "1")
	form.Set("contact_name", "Ann")
	form.Set("contact_phone", "12345")
	b.post(path, form).want(t, 422, "must be a UK number")
	form.Set("contact_phone", "020 7946 0123")
	b.post(path, form).leads(t, paths.Employer(o.ID))
	form.Set("name", "Southbrook")
	b.post(path, form).want(t, 409, "Saved now Northbrook", "What you typed Southbrook")
	if got, _ := s.Get(ctx, team, o.ID); got.Name != "Northbrook" || got.Contact.Phone != "020 7946 0123" {
		t.Errorf("saved %+v", got)
	}
}

func TestOrganisationPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, coordinatorOf(o.ID))
	b.get("/organisation").want(t, 200, "Employer 301", "Primary contact None", "Tell the national team")
	form := url.Values{"version": {"1"}, "contact_name": {"Ann"}, "contact_email": {"ann"}, "name": {"Taken over"}}
	b.post("/organisation/edit", form).want(t, 422, "must look like name@example.gov.uk")
	form.Set("contact_email", "ann@northbrook.gov.uk")
	b.post("/organisation/edit", form).leads(t, "/organisation")
	form.Set("contact_name", "Bea")
	b.post("/organisation/edit", form).want(t, 409, "Saved now Ann", "What you typed Bea")
	if got, _ := s.Get(ctx, team, o.ID); got.Name != "Employer 301" || got.Contact.Name != "Ann" {
		t.Errorf("EMP-4: saved %+v", got)
	}
}

func TestEndingPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	a, other, to := add(t, s, "301", nil), add(t, s, "302", nil), add(t, s, "303", nil)
	enrol(t, d, "p1", a.ID)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(a.ID)
	b.get(base).leads(t, base+"/what")
	b.post(base+"/what", url.Values{"kind": {"merged"}, "on-day": {"1"}, "on-month": {"4"}, "on-year": {"2030"}}).
		want(t, 422, "must be today or in the past")
	b.post(base+"/what", url.Values{"kind": {"merged"}, "on-day": {"1"}, "on-month": {"4"}, "on-year": {"2026"}}).leads(t, base+"/who")
	b.post(base+"/who", url.Values{"successors": {"999"}, "others": {"302"}}).want(t, 422, "No employer has the code 999")
	b.post(base+"/who", url.Values{"successors": {"303"}, "others": {"302"}}).leads(t, base+"/why")
	b.post(base+"/why", url.Values{}).want(t, 422, "Say why this is recorded")
	b.post(base+"/why", url.Values{"reason": {"The order of 2025"}}).leads(t, base+"/check")
	b.get(base+"/check").want(t, 200, "Employer 301 (301), Employer 302 (302)", "1 registration is under way and will go along to Employer 303", "1 April 2026")
	form := url.Values{"_form": {b.token(base + "/check")}}
	b.send(base+"/check", form).leads(t, paths.Employer(a.ID))
	b.send(base+"/check", form).leads(t, paths.Employer(a.ID)) // sent twice, it has one effect

	b.get(paths.Employer(a.ID)).want(t, 200, "Closed", "Merged into Employer 303", "Last day open 31 March 2026")
	b.get(paths.Employer(other.ID)).want(t, 200, "Merged into Employer 303")
	b.get(paths.Employer(to.ID)).want(t, 200, "Took over from Employer 301 in a merger", "Took over from Employer 302 in a merger")
	b.get(base).want(t, 409, "closed already")
}

func TestClosingAndReopeningPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(o.ID)
	b.post(base+"/what", url.Values{"kind": {"closed"}, "on-day": {"1"}, "on-month": {"4"}, "on-year": {"2026"}}).leads(t, base+"/why")
	b.post(base+"/why", url.Values{"reason": {"Wound up"}}).leads(t, base+"/check")
	b.get(base+"/check").want(t, 200, "No registrations are under way")
	b.post(base+"/check", url.Values{}).leads(t, paths.Employer(o.ID))
	b.get(paths.Employer(o.ID)).want(t, 200, "Closed, and nobody took over", "Undo the closing")
	reopen := paths.EmployerReopen(o.ID)
	b.post(reopen, url.Values{"version": {"2"}}).want(t, 422, "Say why the closing is undone")
	b.post(reopen, url.Values{"version": {"2"}, "reason": {"Wrong employer"}}).leads(t, paths.Employer(o.ID))
	b.get(paths.Employer(o.ID)).want(t, 200, "Open", "Record a closing")
}

func TestSplitPages(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	x, y := add(t, s, "302", nil), add(t, s, "303", nil)
	enrol(t, d, "p1", o.ID)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(o.ID)
	b.post(base+"/what", url.Values{"kind": {"split"}, "on-day": {"1"}, "on-month": {"4"}, "on-year": {"2026"}}).leads(t, base+"/who")
	b.post(base+"/who", url.Values{"successors": {"302"}}).want(t, 422, "two or more employers")
	b.post(base+"/who", url.Values{"successors": {"302\r\n303"}}).leads(t, base+"/why")
	b.post(base+"/why", url.Values{"reason": {"The order"}}).leads(t, base+"/check")
	b.get(base+"/check").want(t, 200, "Nobody but the employers knows who goes where")
	b.post(base+"/check", url.Values{}).leads(t, paths.Employer(o.ID))
	b.get(paths.Employer(o.ID)).want(t, 200, "Employer 302 is one of those that came after", "Employer 303 is one of those")
	b.get(paths.Employer(x.ID)).want(t, 200, "Came out of Employer 301 when it split")
	if n, _ := s.UnderWay(ctx, team, y.ID); n != 0 {
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
			if got := b.get(path).status; (got == 200) != (role == asye.National) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
		for _, path := range []string{"/organisation", "/organisation/edit"} {
			if got := b.get(path).status; (got == 200) != (role == asye.Coordinator) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
	}
}

func TestCards(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	for _, scope := range []tenant.Scope{team, coordinatorOf(o.ID)} {
		if cards, err := s.Cards(ctx, scope, asye.Date{}); err != nil || len(cards) != 1 {
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
