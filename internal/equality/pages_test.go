package equality

import (
	"encoding/csv"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/schema"
)

func open(t *testing.T, d *db.DB, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	mount := func(m *web.Mux) { Mount(m, NewStore(d), journey.NewStore(d), catalogue) }
	return webtest.Pages{DB: d, Mount: mount, Site: web.Site{Demo: true}}.As(t, scope)
}

func TestMyEquality(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	var me asye.PersonID
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
	})
	b := open(t, d, asNQSW(me))
	b.Get("/my/equality").LeadsTo("/my/equality/about")
	b.Get("/my/equality/check").LeadsTo("/my/equality/about")
	b.Get("/my/equality/done").LeadsTo("/my/equality")
	b.Get("/my/equality/about").Is(200, "Every question is optional", "never what you said", "never see a name beside an answer")
	b.Fill("/my/equality/about").LeadsTo("/my/equality/sex")
	b.Get("/my/equality/sex").Is(200, "What is your sex?", "Female Male or Prefer not to say", "You can leave this blank")
	b.Fill("/my/equality/sex", "sex=robot").Is(422, "Choose your sex from the list").
		Titled("Error: What is your sex?")
	b.Fill("/my/equality/sex").LeadsTo("/my/equality/gender")
	b.Fill("/my/equality/gender", "gender_same=no", "gender_identity="+strings.Repeat("x", 101)).
		Is(422, "must be 100 characters or fewer")
	b.Fill("/my/equality/gender", "gender_same=no", "gender_identity=non-binary").LeadsTo("/my/equality/ethnic-group")
	b.Fill("/my/equality/ethnic-group", "ethnic_group=black").LeadsTo("/my/equality/ethnic-background")
	b.Get("/my/equality/ethnic-background").Is(200, "Which one best describes your Black, African, Caribbean or Black British background?",
		"African Caribbean Any other Black, African or Caribbean background")
	b.Fill("/my/equality/ethnic-background", "ethnic_background=black_caribbean").LeadsTo("/my/equality/disability")
	b.Fill("/my/equality/disability", "disability="+PreferNot).LeadsTo("/my/equality/check")
	b.Get("/my/equality/check").Is(200, "Sex Left blank", "non-binary", "Caribbean", "Disabled Prefer not to say")

	// another group leads back to the backgrounds of that group
	b.Fill("/my/equality/ethnic-group?return=check", "ethnic_group=asian").LeadsTo("/my/equality/ethnic-background")
	b.Fill("/my/equality/ethnic-background?return=check", "ethnic_background=asian_other", "ethnic_detail=Thai").
		LeadsTo("/my/equality/check")
	check := b.Get("/my/equality/check").Is(200, "In your own words Thai")
	check.Submit().LeadsTo("/my/equality/done")
	check.Submit().LeadsTo("/my/equality/done") // sent twice, it has one effect
	b.Get("/my/equality/done").Is(200, "Your answers are kept", "22 November 2026", "change your answers")

	var drafts int
	if err := d.QueryRow(ctx, `select count(*) from journey_drafts`).Scan(&drafts); err != nil || drafts != 0 {
		t.Errorf("%d drafts are left: %v", drafts, err)
	}
	b.Get("/my/equality").LeadsTo("/my/equality/check")
	b.Get("/my/equality/check").Is(200, "Thai", "Delete my answers")
	b.Fill("/my/equality/sex?return=check", "sex=female").LeadsTo("/my/equality/check")
	b.Fill("/my/equality/check").LeadsTo("/my/equality/done")
	if a, err := NewStore(d).Mine(ctx, asNQSW(me)); err != nil || a.Sex != "female" || a.EthnicDetail != "Thai" || a.Version != 2 {
		t.Errorf("kept %+v %v", a, err)
	}
	b.Get("/my/equality/wipe").Is(200, "Delete your equality answers?")
	b.Fill("/my/equality/wipe").LeadsTo("/home")
	b.Get("/my/equality").LeadsTo("/my/equality/about")
}

// A draft that began before the answers were changed elsewhere does not
// overwrite them.
func TestMyEqualityStale(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	var me asye.PersonID
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
	})
	s, b := NewStore(d), open(t, d, asNQSW(me))
	if err := s.Answer(ctx, asNQSW(me), given); err != nil {
		t.Fatal(err)
	}
	b.Fill("/my/equality/sex?return=check", "sex=female").LeadsTo("/my/equality/check")
	if err := s.Answer(ctx, asNQSW(me), Answers{Version: 1, Sex: PreferNot}); err != nil {
		t.Fatal(err)
	}
	b.Fill("/my/equality/check").Is(409)
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
			if got := b.Get(path).Status; (got == 403) != (role != asye.NQSW) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
		for _, path := range counts {
			if got := b.Get(path).Status; (got == 200) != (role == asye.Analyst || role == asye.National) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
	}
}

func TestOutcomesPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := open(t, d, analyst)
	b.Get("/outcomes").Is(200, "Nobody is registered yet")
	build(t, d, report21)
	b.Get("/outcomes").Is(200, "Registrations", "Count what the published report counts", "invented too", "They do not say whether")

	const published = "/outcomes?cohorts=2018-19&cohorts=2019-20&cohorts=2020-21&complete=yes"
	p := b.Get(published)
	p.Is(200, "White: 10 of 1,188 failed, 0.8 in every 100; Minoritised ethnic groups: 14 of 472, 3.0.",
		"Female Failed 18 Total 1,486 Failed in every 100 1.2 Published 18 of 1,486, 1.2 Comparison Matches",
		"2 deferrals Failed 5 Total 141 Failed in every 100 3.5 Published 5 of 141, 3.5 Comparison Matches",
		"All Failed 24 Total 1,660 Failed in every 100 1.4 Published 24 of 1,660 Comparison Matches",
		"Counts 1,660 of 1,666 records with an outcome (99.6%).")
	if strings.Count(p.Body, "<svg class=\"asye-chart__picture\"") != 3 || strings.Contains(p.Text(), "Differs") {
		t.Error("a chart is missing, or a figure differs")
	}
	b.Get("/outcomes?by=age_band&by=region&by=route").Is(200, "Under 25", "No record that is counted has this characteristic yet")
	b.Get("/outcomes?by=shoe_size").Is(422, "There is no characteristic \"shoe_size\"", "ethnic_background")
	b.Get("/outcomes?cohorts=2031-32").Is(422, "The cohort 2031-32 has no registrations", "Choose from 2017-18, 2018-19")
	b.Get("/outcomes?cohorts=twenty").Is(422, "is not a cohort")

	file := strings.Replace(published, "/outcomes", "/outcomes/download", 1)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.Get(file+"&format=csv").Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 14 || rows[6][3] != "Minoritised ethnic groups" || rows[6][4] != "14" {
		t.Errorf("%v %v", rows, err)
	}
	if got := b.Get(file + "&format=json").Body; !strings.Contains(got, `"total": 472`) {
		t.Error(got)
	}
	b.Get(file+"&format=pdf").Is(422, "Choose from text, json, csv")
}

func TestOutcomesPageDiffers(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for c := range 3 {
			r := whole()
			w.add(one{record: r, cohort: asye.Cohort(2018 + c), employer: "la1"})
		}
	})
	open(t, d, analyst).Get("/outcomes?complete=yes").Is(200, "Failed 0 Total 3 Failed in every 100 0.0 Published 18 of 1,486, 1.2 Comparison Differs", "All Failed 0 Total 3 Failed in every 100 0.0 Published 24 of 1,660 Comparison Differs")
}

func TestRegistrationsPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := open(t, d, tenant.SignedIn("n", "nat", asye.National))
	b.Get("/registrations-by-cohort").Is(200, "Nobody is registered yet")
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		w.Employer("nhs1", asye.NHSBody, "")
		for i := range 3 {
			w.add(one{cohort: 2020 + asye.Cohort(i%2)*2, employer: []string{"la1", "nhs1"}[i%2], record: record{startsOn: asye.MustDate("2020-09-01")}})
		}
	})
	b.Get("/registrations-by-cohort").Is(200, "The largest cohort is 2020-21, with 2 registrations.",
		"2020-21 (cohort 9) 2 0 2 2,799 Differs: 2,797 fewer here", "2022-23 (cohort 11) 0 1 1 – Not published")
}

func TestCards(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d)
	var me asye.PersonID
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
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
