package mine

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

func open(t *testing.T, d *db.DB, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	mount := func(m *web.Mux) { Mount(m, equality.NewStore(d), journey.NewStore(d)) }
	return webtest.Pages{DB: d, Mount: mount, Site: web.Site{Demo: true}}.As(t, scope)
}

func asNQSW(person asye.PersonID) tenant.Scope { return tenant.SignedIn(person, "la1", asye.NQSW) }

func TestMyEquality(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	var me asye.PersonID
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		me = w.Add(equalitytest.Record{Cohort: 2026, Employer: "la1"})
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
	b.Fill("/my/equality/disability", "disability="+equality.PreferNot).LeadsTo("/my/equality/check")
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
	if err := d.QueryRow(t.Context(), `select count(*) from journey_drafts`).Scan(&drafts); err != nil || drafts != 0 {
		t.Errorf("%d drafts are left: %v", drafts, err)
	}
	b.Get("/my/equality").LeadsTo("/my/equality/check")
	b.Get("/my/equality/check").Is(200, "Thai", "Delete my answers")
	b.Fill("/my/equality/sex?return=check", "sex=female").LeadsTo("/my/equality/check")
	b.Fill("/my/equality/check").LeadsTo("/my/equality/done")
	if a, err := equality.NewStore(d).Mine(t.Context(), asNQSW(me)); err != nil || a.Sex != "female" || a.EthnicDetail != "Thai" || a.Version != 2 {
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
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		me = w.Add(equalitytest.Record{Cohort: 2026, Employer: "la1"})
	})
	s, b := equality.NewStore(d), open(t, d, asNQSW(me))
	if err := s.Answer(t.Context(), asNQSW(me), equality.Answers{Sex: "male", GenderSame: "no", GenderIdentity: "qqidentity"}); err != nil {
		t.Fatal(err)
	}
	b.Fill("/my/equality/sex?return=check", "sex=female").LeadsTo("/my/equality/check")
	if err := s.Answer(t.Context(), asNQSW(me), equality.Answers{Version: 1, Sex: equality.PreferNot}); err != nil {
		t.Fatal(err)
	}
	b.Fill("/my/equality/check").Is(409)
	if a, _ := s.Mine(t.Context(), asNQSW(me)); a.Sex != equality.PreferNot {
		t.Errorf("overwritten with %q", a.Sex)
	}
}

func TestWhoMayOpenWhat(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	mine := []string{"/my/equality", "/my/equality/sex", "/my/equality/check", "/my/equality/done", "/my/equality/wipe"}
	for _, role := range asye.Roles() {
		b := open(t, d, tenant.SignedIn("p1", "la1", role))
		for _, path := range mine {
			if got := b.Get(path).Status; (got == 403) != (role != asye.NQSW) {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
	}
}
