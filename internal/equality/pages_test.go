package equality

import (
	"encoding/csv"
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
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/schema"
)

// browser is one person at the service.
type browser struct {
	t     *testing.T
	mux   *web.Mux
	scope tenant.Scope
}

func open(t *testing.T, d *db.DB, scope tenant.Scope) *browser {
	b := &browser{t: t, scope: scope}
	b.mux = web.New(web.Site{Demo: true}, func(*http.Request) (web.Visitor, error) {
		return web.Visitor{Scope: b.scope, Name: "Somebody", FormKey: "k"}, nil
	}, d, d.Clock(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	Mount(b.mux, NewStore(d), journey.NewStore(d))
	return b
}

// page is what came back: the status, and the words without the marks.
type page struct {
	status   int
	raw      string
	text     string
	location string
}

var marks = regexp.MustCompile(`(?s)<[^>]*>`)

func (b *browser) do(r *http.Request) page {
	b.t.Helper()
	w := httptest.NewRecorder()
	b.mux.ServeHTTP(w, r)
	body := w.Body.String()
	text := strings.Join(strings.Fields(html.UnescapeString(marks.ReplaceAllString(body, " "))), " ")
	return page{w.Code, body, text, w.Header().Get("Location")}
}

func (b *browser) get(path string) page {
	b.t.Helper()
	return b.do(httptest.NewRequest("GET", path, nil))
}

var token = regexp.MustCompile(`name="_form" value="([^"]+)"`)

// post opens the page for its token and sends the form.
func (b *browser) post(path string, form url.Values) page {
	b.t.Helper()
	found := token.FindStringSubmatch(b.get(path).raw)
	if found == nil {
		b.t.Fatalf("%s has no form: %s", path, b.get(path).text)
	}
	form.Set("_form", found[1])
	return b.send(path, form)
}

func (b *browser) send(path string, form url.Values) page {
	b.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

func (p page) want(t *testing.T, status int, texts ...string) {
	t.Helper()
	if p.status != status {
		t.Errorf("status %d to %q, want %d: %.300s", p.status, p.location, status, p.text)
	}
	for _, text := range texts {
		if !strings.Contains(p.text, text) {
			t.Errorf("the page does not say %q:\n%.3000s", text, p.text)
		}
	}
}

func (p page) leads(t *testing.T, to string) {
	t.Helper()
	if p.status != http.StatusSeeOther || p.location != to {
		t.Errorf("status %d to %q, want 303 to %q: %.600s", p.status, p.location, to, p.text)
	}
}

func TestMyEquality(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	var me asye.PersonID
	build(t, d, func(w *world) {
		w.employer("la1", asye.LocalAuthority, "London")
		me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
	})
	b := open(t, d, asNQSW(me))
	b.get("/my/equality").leads(t, "/my/equality/about")
	b.get("/my/equality/check").leads(t, "/my/equality/about")
	b.get("/my/equality/done").leads(t, "/my/equality")
	b.get("/my/equality/about").want(t, 200, "Every question is optional", "never what you said", "never see a name beside an answer")
	b.post("/my/equality/about", url.Values{}).leads(t, "/my/equality/sex")
	b.get("/my/equality/sex").want(t, 200, "What is your sex?", "Female Male or Prefer not to say", "You can leave this blank")
	b.post("/my/equality/sex", url.Values{"sex": {"robot"}}).want(t, 422, "Error: What is your sex?", "Choose your sex from the list")
	b.post("/my/equality/sex", url.Values{}).leads(t, "/my/equality/gender")
	b.post("/my/equality/gender", url.Values{"gender_same": {"no"}, "gender_identity": {strings.Repeat("x", 101)}}).
		want(t, 422, "must be 100 characters or fewer")
	b.post("/my/equality/gender", url.Values{"gender_same": {"no"}, "gender_identity": {"non-binary"}}).leads(t, "/my/equality/ethnic-group")
	b.post("/my/equality/ethnic-group", url.Values{"ethnic_group": {"black"}}).leads(t, "/my/equality/ethnic-background")
	b.get("/my/equality/ethnic-background").want(t, 200, "Which one best describes your Black, African, Caribbean or Black British background?",
		"African Caribbean Any other Black, African or Caribbean background")
	b.post("/my/equality/ethnic-background", url.Values{"ethnic_background": {"black_caribbean"}}).leads(t, "/my/equality/disability")
	b.post("/my/equality/disability", url.Values{"disability": {PreferNot}}).leads(t, "/my/equality/check")
	b.get("/my/equality/check").want(t, 200, "Sex Left blank", "non-binary", "Caribbean", "Disabled Prefer not to say")

	// another group leads back to the backgrounds of that group
	b.post("/my/equality/ethnic-group?return=check", url.Values{"ethnic_group": {"asian"}, "return": {"check"}}).leads(t, "/my/equality/ethnic-background")
	b.post("/my/equality/ethnic-background?return=check", url.Values{"ethnic_background": {"asian_other"}, "ethnic_detail": {"Thai"}, "return": {"check"}}).
		leads(t, "/my/equality/check")
	check := b.get("/my/equality/check")
	check.want(t, 200, "In your own words Thai")
	form := url.Values{"_form": {token.FindStringSubmatch(check.raw)[1]}}
	b.send("/my/equality/check", form).leads(t, "/my/equality/done")
	b.send("/my/equality/check", form).leads(t, "/my/equality/done") // sent twice, it has one effect
	b.get("/my/equality/done").want(t, 200, "Your answers are kept", "22 November 2026", "change your answers")

	var drafts int
	if err := d.QueryRow(ctx, `select count(*) from journey_drafts`).Scan(&drafts); err != nil || drafts != 0 {
		t.Errorf("%d drafts are left: %v", drafts, err)
	}
	b.get("/my/equality").leads(t, "/my/equality/check")
	b.get("/my/equality/check").want(t, 200, "Thai", "Delete my answers")
	b.post("/my/equality/sex?return=check", url.Values{"sex": {"female"}, "return": {"check"}}).leads(t, "/my/equality/check")
	b.post("/my/equality/check", url.Values{}).leads(t, "/my/equality/done")
	if a, err := NewStore(d).Mine(ctx, asNQSW(me)); err != nil || a.Sex != "female" || a.EthnicDetail != "Thai" || a.Version != 2 {
		t.Errorf("kept %+v %v", a, err)
	}
	b.get("/my/equality/wipe").want(t, 200, "Delete your equality answers?")
	b.post("/my/equality/wipe", url.Values{}).leads(t, "/home")
	b.get("/my/equality").leads(t, "/my/equality/about")
}

// A draft that began before the answers were changed elsewhere does not
// overwrite them.
func TestMyEqualityStale(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	var me asye.PersonID
	build(t, d, func(w *world) {
		w.employer("la1", asye.LocalAuthority, "London")
		me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
	})
	s, b := NewStore(d), open(t, d, asNQSW(me))
	if err := s.Answer(ctx, asNQSW(me), given); err != nil {
		t.Fatal(err)
	}
	b.post("/my/equality/sex?return=check", url.Values{"sex": {"female"}, "return": {"check"}}).leads(t, "/my/equality/check")
	if err := s.Answer(ctx, asNQSW(me), Answers{Version: 1, Sex: PreferNot}); err != nil {
		t.Fatal(err)
	}
	b.post("/my/equality/check", url.Values{}).want(t, 409)
	if a, _ := s.Mine(ctx, asNQSW(me)); a.Sex != PreferNot {
		t.Errorf("overwritten with %q", a.Sex)
	}
}

func TestWhoMayOpenWhat(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	mine := []string{"/my/equality", "/my/equality/sex", "/my/equality/check", "/my/equality/done", "/my/equality/wipe"}
	counts := []string{"/outcomes", "/outcomes/download?format=csv", "/registrations-by-cohort"}
	for _, role := range asye.Roles() {
		b := open(t, d, tenant.SignedIn("p1", "la1", role))
		for _, path := range mine {
			if got := b.get(path).status; (got == 403) != (role != asye.NQSW) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
		for _, path := range counts {
			if got := b.get(path).status; (got == 200) != (role == asye.Analyst || role == asye.National) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
	}
}

func TestOutcomesPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := open(t, d, analyst)
	b.get("/outcomes").want(t, 200, "Nobody is registered yet")
	build(t, d, report21)
	b.get("/outcomes").want(t, 200, "Registrations", "Show these figures beside the published ones", "invented too", "They do not say whether")

	const published = "/outcomes?cohorts=2018-19&cohorts=2019-20&cohorts=2020-21&complete=yes"
	p := b.get(published)
	p.want(t, 200, "Minoritised ethnic groups: 14 of 472 failed, 3.0 in every 100; White: 10 of 1,188, 0.8.",
		"18 1,486 1.2 18 of 1,486, 1.2 Matches", "5 141 3.5 5 of 141, 3.5 Matches", "24 of 1,660",
		"Counts 1,660 of 1,666 records with an outcome (99.6%).")
	if strings.Count(p.raw, "<svg class=\"asye-chart__picture\"") != 3 || strings.Contains(p.text, "Differs") {
		t.Error("a chart is missing, or a figure differs")
	}
	b.get("/outcomes?by=age_band&by=region&by=route").want(t, 200, "Under 25", "No record that is counted has this characteristic yet")
	b.get("/outcomes?by=shoe_size").want(t, 422, "There is no characteristic \"shoe_size\"", "ethnic_background")
	b.get("/outcomes?cohorts=2031-32").want(t, 422, "The cohort 2031-32 has no registrations", "Choose from 2017-18, 2018-19")
	b.get("/outcomes?cohorts=twenty").want(t, 422, "is not a cohort")

	file := strings.Replace(published, "/outcomes", "/outcomes/download", 1)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.get(file+"&format=csv").raw, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 8 || rows[4][3] != "Minoritised ethnic groups" || rows[4][4] != "14" {
		t.Errorf("%v %v", rows, err)
	}
	if got := b.get(file + "&format=json").raw; !strings.Contains(got, `"total": 472`) {
		t.Error(got)
	}
	b.get(file+"&format=pdf").want(t, 422, "Choose from text, json, csv")
}

func TestOutcomesPageDiffers(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, func(w *world) {
		w.employer("la1", asye.LocalAuthority, "London")
		for c := range 3 {
			r := whole()
			w.add(one{record: r, cohort: asye.Cohort(2018 + c), employer: "la1"})
		}
	})
	open(t, d, analyst).get("/outcomes?complete=yes").want(t, 200, "0 3 0.0 18 of 1,486, 1.2 Differs")
}

func TestRegistrationsPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := open(t, d, tenant.SignedIn("n", "nat", asye.National))
	b.get("/registrations-by-cohort").want(t, 200, "Nobody is registered yet")
	build(t, d, func(w *world) {
		w.employer("la1", asye.LocalAuthority, "London")
		w.employer("nhs1", asye.NHSBody, "")
		for i := range 3 {
			w.add(one{cohort: 2020 + asye.Cohort(i%2)*2, employer: []string{"la1", "nhs1"}[i%2], record: record{startsOn: asye.MustDate("2020-09-01")}})
		}
	})
	b.get("/registrations-by-cohort").want(t, 200, "The largest cohort is 2020-21, with 2 registrations.",
		"2020-21 (cohort 9) 2 0 2 2,799 Differs: 2,797 fewer here", "2022-23 (cohort 11) 0 1 1 – Not published")
}

func TestCards(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d)
	var me asye.PersonID
	build(t, d, func(w *world) {
		w.employer("la1", asye.LocalAuthority, "London")
		me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
	})
	if cards, err := s.Cards(ctx, asNQSW(me), asye.Date{}); err != nil || len(cards) != 1 {
		t.Errorf("before: %v %v", cards, err)
	}
	if err := s.Answer(ctx, asNQSW(me), Answers{}); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []tenant.Scope{asNQSW(me), cora} {
		if cards, err := s.Cards(ctx, scope, asye.Date{}); err != nil || len(cards) != 0 {
			t.Errorf("after: %v %v", cards, err)
		}
	}
}
