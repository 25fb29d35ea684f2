package registration_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/cohort"
	"example.org/asye/internal/registration/record"
	"example.org/asye/internal/registration/register"
	"example.org/asye/internal/registration/regulator"
)

// browser is somebody at a screen, in a session of their own.
type browser struct {
	t   *testing.T
	mux *web.Mux
}

// page is what came back.
type page struct {
	status   int
	body     string
	location string
}

// browse opens a session for a scope, on the same database.
func (h house) browse(t *testing.T, scope tenant.Scope) browser {
	t.Helper()
	identify := func(*http.Request) (web.Visitor, error) {
		return web.Visitor{Scope: scope, Name: "Co", Org: "Employer", FormKey: "k"}, nil
	}
	mux := web.New(web.Site{}, identify, h.db, h.db.Clock(), slog.New(slog.DiscardHandler))
	simulator, err := regulator.NewSimulator(func(ctx context.Context, n registration.Number) (string, error) {
		return h.NameOf(ctx, tenant.System("the simulated register"), n)
	})
	if err != nil {
		t.Fatal(err)
	}
	answered := func(_ context.Context, _ tenant.Scope, persons []asye.PersonID) (map[asye.PersonID]bool, error) {
		return map[asye.PersonID]bool{persons[0]: true}, nil
	}
	drafts := journey.NewStore(h.db)
	cohort.Mount(mux, cohort.Deps{Store: h.Store, Drafts: drafts, Answered: answered})
	record.Mount(mux, record.Deps{Store: h.Store, Answered: answered, Register: simulator})
	register.Mount(mux, h.Store, drafts)
	return browser{t, mux}
}

func (b browser) do(method, path string, form url.Values) page {
	b.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res := httptest.NewRecorder()
	b.mux.ServeHTTP(res, req)
	return page{res.Code, res.Body.String(), res.Header().Get("Location")}
}

func (b browser) get(path string) page { b.t.Helper(); return b.do("GET", path, nil) }

// post sends a form with the token and the version of the page it is on, unless
// it brings its own.
func (b browser) post(on, path string, form url.Values) page {
	b.t.Helper()
	shown := b.get(on)
	send := url.Values{"_form": {shown.field("_form")}}
	if version := shown.field("version"); version != "" {
		send.Set("version", version)
	}
	for name, values := range form {
		send[name] = values
	}
	return b.do("POST", path, send)
}

// field is the value of the last hidden field of a name.
func (p page) field(name string) string {
	found := regexp.MustCompile(`name="`+name+`" value="([^"]*)"`).FindAllStringSubmatch(p.body, -1)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1][1]
}

func (p page) is(t *testing.T, status int, has ...string) page {
	t.Helper()
	if p.status != status {
		t.Fatalf("status = %d, want %d:\n%s", p.status, status, p.words())
	}
	for _, want := range has {
		if !strings.Contains(p.words(), want) {
			t.Errorf("the page lacks %q:\n%s", want, p.words())
		}
	}
	return p
}

func (p page) lacks(t *testing.T, texts ...string) page {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.words(), text) {
			t.Errorf("the page should not say %q:\n%s", text, p.words())
		}
	}
	return p
}

func (p page) leadsTo(t *testing.T, location string) page {
	t.Helper()
	if p.status != http.StatusSeeOther || p.location != location {
		t.Fatalf("status %d to %q, want 303 to %q:\n%s", p.status, p.location, location, p.words())
	}
	return p
}

// words is the text of the page, as it is read.
func (p page) words() string {
	text := regexp.MustCompile(`(?s)<head>.*?</head>|<[^>]*>`).ReplaceAllString(p.body, " ")
	text = strings.NewReplacer("&#39;", "'", "&amp;", "&", "&#34;", `"`).Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

func (h house) enter(t *testing.T, scope tenant.Scope, n int, edit ...func(*registration.Entry)) registration.Added {
	t.Helper()
	e := entry(n)
	for _, change := range edit {
		change(&e)
	}
	added, err := h.Add(ctx, scope, e)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func TestRegistrationList(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.browse(t, ours)
		b.get("/registrations").is(t, 200, "Nobody is registered yet", "Register your first NQSW")
		for n := range 27 {
			h.enter(t, ours, n+1)
		}
		h.enter(t, ours, 40, func(e *registration.Entry) { e.StartsOn = at("2024-09-02"); e.Identity.FamilyName = "Earlier" })
		h.enter(t, them, 50, func(e *registration.Entry) { e.Identity.FamilyName = "Elsewhere" })

		b.get("/registrations").is(t, 200, "Showing 1 to 25 of 27 registrations", "All 27", "Under way 27", "Export cohort 2026-27").
			lacks(t, "Earlier", "Elsewhere", "Overdue")
		b.get("/registrations?page=2").is(t, 200, "Showing 26 to 27 of 27")
		b.get("/registrations?cohort=all&status=overdue").is(t, 200, "Earlier", "Showing 1 to 1 of 1", "Outcome overdue 1", "All 28")
		b.get("/registrations?cohort=2024-25").is(t, 200, "Earlier").lacks(t, "Okafor")
		b.get("/registrations?cohort=all&q=EARLIER").is(t, 200, "Showing 1 to 1 of 1")
		b.get("/registrations?q=%25").is(t, 200, "Nobody matches")
		b.get("/registrations?programme=adults").is(t, 200, "Nobody matches", "Show everybody")
		down := b.get("/registrations?sort=name&down=yes&cohort=all").body
		if strings.Index(down, "Okafor9") > strings.Index(down, "Okafor8") {
			t.Error("sorted from the end, Okafor9 should come before Okafor8")
		}
		if !strings.Contains(down, `aria-sort="descending"`) {
			t.Error("the column by which the list is sorted should say so")
		}
	})
}

func TestRegistrationListDraft(t *testing.T) {
	h := onSQLite(t)
	h.browse(t, ours).post("/register/name", "/register/name", url.Values{"given_name": {"Siân"}, "family_name": {"Rees"}})
	h.browse(t, ours).get("/registrations").is(t, 200, "You have begun to register Siân Rees")
	h.browse(t, them).get("/registrations").is(t, 200).lacks(t, "Siân Rees")
}

func TestCards(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		show := cohort.Cards(h.Store)
		none, err := show(ctx, ours, at("2026-11-22"))
		if err != nil || len(none) != 0 {
			t.Fatalf("cards of an empty employer = %v, %v", none, err)
		}
		h.enter(t, ours, 1, func(e *registration.Entry) { e.StartsOn = at("2025-09-01") }) // overdue
		// The last day is in 30 days, and in 31.
		h.enter(t, ours, 2, func(e *registration.Entry) { e.StartsOn = at("2025-12-23") })
		h.enter(t, ours, 3, func(e *registration.Entry) { e.StartsOn = at("2025-12-24") })
		h.enter(t, them, 4, func(e *registration.Entry) { e.StartsOn = at("2025-09-01") })
		// Expected back in 14 days, and in 15.
		for n, day := range map[int]string{5: "2026-12-06", 6: "2026-12-07"} {
			added := h.enter(t, ours, n)
			err := h.Pause(ctx, ours, added.ID, 1, registration.Pause{Period: asye.Since(at("2026-11-02")), Reason: "sickness", ExpectedReturn: at(day)})
			if err != nil {
				t.Fatal(err)
			}
		}
		e := entry(5)
		if err := h.Claim(ctx, them, registration.Wanted{Number: e.Number, DateOfBirth: e.DateOfBirth, JoinsOn: at("2026-12-01")}); err != nil {
			t.Fatal(err)
		}
		cards, err := show(ctx, ours, at("2026-11-22"))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, card := range cards {
			got[card.Heading] = card.Count
			// The list that a card leads to shows as many as the card counts.
			if strings.HasPrefix(card.Href, "/registrations") {
				h.browse(t, ours).get(card.Href).is(t, 200, " of "+strconv.Itoa(card.Count)+" registrations")
			}
		}
		want := map[string]int{"Outcomes overdue": 1, "Transfers to answer": 1, "Returns from pause": 1, "Years that end soon": 1, "Details not confirmed": 5}
		for heading, n := range want {
			if got[heading] != n {
				t.Errorf("%s: %d, want %d", heading, got[heading], n)
			}
		}
	})
}

func TestRegisterJourney(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.browse(t, ours)
		b.get("/register").leadsTo(t, "/register/name")
		b.get("/register/year").leadsTo(t, "/register/name") // nothing is skipped
		b.post("/register/name", "/register/name", url.Values{"email": {"nonsense"}}).
			is(t, 422, "Enter the NQSW's first name", "Enter the NQSW's last name", "Enter an e-mail address in the correct form").
			lacks(t, "Social Work England number")
		steps := answers()
		for _, step := range []string{"name", "regulator", "qualification"} {
			b.post("/register/"+step, "/register/"+step, steps[step]).is(t, 303)
		}
		b = h.browse(t, ours) // they have signed out, and in again
		b.get("/register").leadsTo(t, "/register/year")
		for _, step := range []string{"year", "eligibility", "assessor"} {
			b.post("/register/"+step, "/register/"+step, steps[step]).is(t, 303)
		}
		check := b.get("/register/check").is(t, 200, "The year runs from 1 September 2026 to 31 August 2027", "the year can be funded", "Siân Rees", "14 June 2026",
			"An invitation will be sent to sian@example.org")

		form := url.Values{"_form": {check.field("_form")}}
		first := b.do("POST", "/register/check", form).is(t, 303)
		b.do("POST", "/register/check", form).leadsTo(t, first.location) // pressed twice
		if n := h.count(t, "enrolments"); n != 1 {
			t.Fatalf("%d registrations from one form", n)
		}
		b.get(first.location).is(t, 200, "Siân Rees is registered", "ASYE-", "An invitation is on its way to sian@example.org").
			lacks(t, "not funded", "national team")
		b.get("/register").leadsTo(t, "/register/name") // the draft is gone
		b.post("/register/name", "/register/name", steps["name"]).is(t, 303)
		b.post("/register/regulator", "/register/regulator", steps["regulator"]).is(t, 422, "is already registered, as ASYE-")
	})
}

// answers are the pages of a good registration.
func answers() map[string]url.Values {
	return map[string]url.Values{
		"name": {"given_name": {"Siân"}, "family_name": {"Rees"}, "email": {"sian@example.org"}},
		"regulator": {"regulator_number": {"sw 4321"}, "date_of_birth-day": {"27"}, "date_of_birth-month": {"3"},
			"date_of_birth-year": {"1998"}},
		"qualification": {"qualified_year": {"2026"}, "qualification": {"ma"}, "entry_route": {"other"}, "entry_route_other": {"A route of her own"}},
		"year": {"programme": {"child-and-family"}, "starts_on-day": {"1"}, "starts_on-month": {"9"}, "starts_on-year": {"2026"},
			"hours": {"37"}, "full_time_hours": {"37"}},
		"eligibility": {"eligibility_registered": {"yes"}, "eligibility_qualified-day": {"14"}, "eligibility_qualified-month": {"6"},
			"eligibility_qualified-year": {"2026"}, "eligibility_sector": {"yes"}, "eligibility_agency": {"no"}, "eligibility_already_funded": {"no"}},
		"current":  {"eligibility_current": {"yes"}},
		"assessor": {"team": {"North"}, "assessor_name": {"Helen Price"}},
	}
}

func TestRegisterEligibility(t *testing.T) {
	h := onSQLite(t)
	b := h.browse(t, ours)
	steps := answers()
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		b.post("/register/"+step, "/register/"+step, steps[step]).is(t, 303)
	}
	b.get("/register/eligibility").is(t, 200, "Is the person registered with Social Work England?",
		"Nobody can be registered on this programme without it", "Nobody is turned away for it", "Source: ").lacks(t, "knowledge is still current")
	b.post("/register/eligibility", "/register/eligibility", url.Values{}).is(t, 422, "Select yes or no: Is the person registered")

	blocked := answers()["eligibility"]
	blocked.Set("eligibility_registered", "no")
	b.post("/register/eligibility", "/register/eligibility", blocked).
		is(t, 422, "You need to be registered with Social Work England", "Nothing is lost")
	h.browse(t, ours).get("/register").leadsTo(t, "/register/eligibility")
	h.browse(t, ours).get("/register/name").is(t, 200)

	unfunded := answers()["eligibility"]
	unfunded.Set("eligibility_already_funded", "yes")
	b.post("/register/eligibility", "/register/eligibility", unfunded).leadsTo(t, "/register/assessor")
	b.post("/register/assessor", "/register/assessor", steps["assessor"]).leadsTo(t, "/register/check")
	b.get("/register/check").is(t, 200, "not funded", "An employer has already been paid")
	done := b.post("/register/check", "/register/check", nil).is(t, 303)
	b.get(done.location).is(t, 200, "The year is not funded", "An employer has already been paid")
}

// A year of qualifying that alone decides nothing is let through, and said.
func TestRegisterUnsettled(t *testing.T) {
	h := onSQLite(t)
	b := h.browse(t, ours)
	steps := answers()
	steps["qualification"].Set("qualified_year", "2022")
	for _, part := range []string{"-day", "-month", "-year"} {
		steps["eligibility"].Del("eligibility_qualified" + part)
	}
	for _, step := range []string{"name", "regulator", "qualification", "year", "eligibility", "assessor"} {
		b.post("/register/"+step, "/register/"+step, steps[step]).is(t, 303)
	}
	b.get("/register/check").is(t, 200, "is not settled", "The year 2022 alone does not decide this").lacks(t, "The NQSW is told")
	done := b.post("/register/check", "/register/check", nil).is(t, 303)
	b.get(done.location).is(t, 200, "It is not settled yet: The year 2022 alone")

	steps["qualification"].Set("qualified_year", "")
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		if step == "regulator" {
			steps[step].Set("regulator_number", "SW4322")
		}
		b.post("/register/"+step, "/register/"+step, steps[step]).is(t, 303)
	}
	b.post("/register/eligibility", "/register/eligibility", steps["eligibility"]).is(t, 422, "Enter the day of the award")
}

// An adults' year asks one more question of those who qualified long ago, and
// forgets no answer of the page before.
func TestRegisterRaisedQuestion(t *testing.T) {
	h := onSQLite(t)
	b := h.browse(t, ours)
	steps := answers()
	steps["year"].Set("programme", "adults")
	steps["eligibility"].Set("eligibility_qualified-year", "2023")
	steps["qualification"].Set("qualified_year", "2023")
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		b.post("/register/"+step, "/register/"+step, steps[step]).is(t, 303)
	}
	b.post("/register/eligibility", "/register/eligibility", steps["eligibility"]).leadsTo(t, "/register/current")
	b.get("/register/current").is(t, 200, "knowledge is still current")
	b.post("/register/current", "/register/current", steps["current"]).leadsTo(t, "/register/assessor")
	b.post("/register/assessor", "/register/assessor", steps["assessor"]).leadsTo(t, "/register/check")
	b.get("/register/check").is(t, 200, "the year can be funded")
}

// Somebody with the same number elsewhere is not named to either employer.
func TestRegisterTwin(t *testing.T) {
	h := onSQLite(t)
	h.enter(t, them, 1, func(e *registration.Entry) { e.Number = "SW4321"; e.Identity.FamilyName = "Secret" })
	b := h.browse(t, ours)
	for _, step := range []string{"name", "regulator", "qualification", "year", "eligibility", "assessor"} {
		b.post("/register/"+step, "/register/"+step, answers()[step]).is(t, 303)
	}
	done := b.post("/register/check", "/register/check", nil).is(t, 303)
	b.get(done.location).is(t, 200, "like those of another record", "The national team has been asked").lacks(t, "Secret", "Barnwell")
	h.browse(t, them).get(done.location).is(t, 404)
}

func TestRegisterRefusesAnAddressInUse(t *testing.T) {
	h := onSQLite(t)
	h.enter(t, them, 1, func(e *registration.Entry) { e.Identity.Email = "sian@example.org" })
	b := h.browse(t, ours)
	for _, step := range []string{"name", "regulator", "qualification", "year", "eligibility", "assessor"} {
		b.post("/register/"+step, "/register/"+step, answers()[step]).is(t, 303)
	}
	refused := b.post("/register/check", "/register/check", nil).is(t, 422, "There is a problem")
	if !strings.Contains(refused.body, `href="#email"`) || !strings.Contains(refused.body, `id="email"`) {
		t.Error("the error summary should lead to the answer that is refused")
	}
	b.get("/register/check").is(t, 200, "Siân Rees")
}

// A visitor who is not a coordinator gets none of these pages.
func TestPagesAreForCoordinators(t *testing.T) {
	h := onSQLite(t)
	added := h.enter(t, ours, 1)
	for _, path := range []string{"/registrations", "/register", paths.Registration(added.ID), paths.RegistrationDetails(added.ID),
		paths.RegistrationAllocation(added.ID), paths.RegistrationCheck(added.ID), paths.RegistrationHistory(added.ID), paths.RegistrationDone(added.ID)} {
		h.browse(t, team).get(path).is(t, 403, "This page is for: Coordinator")
		if got := h.browse(t, tenant.Nobody()).get(path); got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, "/sign-in") {
			t.Errorf("%s for a visitor: %d to %s", path, got.status, got.location)
		}
	}
}
