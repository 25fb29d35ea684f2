package releases

import (
	"math/rand/v2"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/equality/publication"
	"example.org/asye/internal/equality/publication/question"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/schema"
)

var (
	analyst = tenant.SignedIn("ana", "nat", asye.Analyst)
	nation  = tenant.SignedIn("nia", "nat", asye.National)
)

func open(t *testing.T, d *db.DB, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	counts := equality.NewStore(d)
	s := publication.NewStore(d, counts)
	mount := func(m *web.Mux) { Mount(m, s, question.NewStore(d, counts, s), catalogue) }
	return webtest.Pages{DB: d, Mount: mount}.As(t, scope)
}

// house has people enough to release figures of.
func house(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.OpenSQLite(t, schema.All())
	draw := rand.New(rand.NewPCG(7, 7))
	pick := func(from ...string) string { return from[draw.IntN(len(from))] }
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("nat", asye.NationalBody, "")
		w.Employer("e1", asye.LocalAuthority, "London")
		w.Employer("e2", asye.LocalAuthority, "North West")
		for _, id := range []string{"ana", "nia"} {
			w.Exec(`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at) values ($1, $1, 'Work', $2, $1, $1, '2026-01-01T09:00:00Z')`, id, id+"@example.org")
		}
		for i := range 600 {
			r := equalitytest.Record{Cohort: 2018, Employer: pick("e1", "e1", "e2"), Result: equality.Passed, StartsOn: asye.MustDate("2018-09-01"),
				Sex: pick("female", "female", "female", "male", ""), EthnicGroup: pick("white", "asian")}
			if i%9 == 0 {
				r.Result = equality.Failed
			}
			w.Add(r)
		}
	})
	return d
}

// wanted is what is wanted in a release.
var wanted = []string{"title=How the year ended", "period=outcomes by today", "cohorts=2018-19", "tables=gender", "tables=ethnicity", "method=10-5"}

func TestPUB10_WhoMayOpenWhat(t *testing.T) {
	d := house(t)
	for _, role := range asye.Roles() {
		b := open(t, d, tenant.SignedIn("ana", "nat", role))
		status := 403
		if role == asye.Analyst || role == asye.National {
			status = 200
		}
		for _, page := range []string{"/publication", "/publication/new", "/questions"} {
			b.Get(page).Is(status)
		}
		b.Get("/releases").Is(200, "Nothing is published yet")
	}
	open(t, d, tenant.Nobody()).Get("/releases").Is(200, "Nothing is published yet")
}

// cards holds how many releases the home page tells of.
func cards(t *testing.T, d *db.DB, scope tenant.Scope, want int) {
	t.Helper()
	got, err := Cards(publication.NewStore(d, equality.NewStore(d)))(t.Context(), scope, asye.Date{})
	n := 0
	for _, c := range got {
		n += c.Count
	}
	if err != nil || n != want {
		t.Errorf("%d releases to approve, %v, want %d", n, err, want)
	}
}

// follow goes where a form leads.
func follow(b *webtest.Browser, p webtest.Page) webtest.Page { return b.Get(p.Is(303).Location) }

func TestReleasePages(t *testing.T) {
	d := house(t)
	a, n, everybody := open(t, d, analyst), open(t, d, nation), open(t, d, tenant.Nobody())
	a.Get("/publication/new").Answer("/publication/new", wanted[1:]...).Is(422, "Enter a title that says what the release is about").Has(`value="outcomes by today"`)
	a.Get("/publication/new").Answer("/publication/new", append(wanted[:3:3], "method=10-5")...).Is(422, "Tick at least one table")
	check := follow(a, a.Get("/publication/new").Answer("/publication/new", wanted...)).Is(200, "0 of 2 approvals", "How it is protected", "the group is not known of about", "Look at the tables above first")
	page := check.Path()
	a.Get("/publication").Is(200, "How the year ended", "0 of 2 approvals")
	cards(t, d, nation, 1)
	everybody.Get("/releases/" + page[len("/publication/"):]).Is(404)
	cards(t, d, tenant.SignedIn("cora", "e1", asye.Coordinator), 0)
	follow(a, a.Get(page).Answer(page+"/approve")).Is(200, "1 of 2 approvals", "You have approved this release already")
	cards(t, d, analyst, 0) // who has approved waits for the other
	follow(n, n.Get(page).Is(200, "Approve and publish").Answer(page+"/approve")).Is(200, "Withdraw it").Lacks("How it is protected")
	public := "/releases/" + page[len("/publication/"):]
	everybody.Get("/releases").Is(200, "How the year ended")
	everybody.Get(public).Is(200, "How complete the figures are", "Failed, by gender", "rounded to the nearest 5", "What the marks mean", "in every 100 than in").
		Lacks("ana Work").Lacks("ignifican").Lacks("it is from 1 to 9").Has("<svg")
	file := everybody.Get(public + "/download").Is(200).Body
	if !strings.Contains(file, "gender,Female,group,") {
		t.Errorf("the file has %s", file)
	}
	for _, format := range []string{"ods", "xlsx"} {
		if len(everybody.Get(public+"/download?format="+format).Is(200).Body) < 2000 {
			t.Errorf("there is hardly anything in the workbook %s", format)
		}
	}
	everybody.Get(public+"/download?format=doc").Is(422, "Choose from csv, ods, xlsx")
	a.Get(page+"/withdraw").Answer(page+"/withdraw").Is(422, "Say why the release is withdrawn")
	follow(a, a.Get(page+"/withdraw").Answer(page+"/withdraw", "reason=Two regions were mixed up.")).Is(200, "Withdrawn")
	everybody.Get(public).Is(200, "This release was withdrawn on", "Two regions were mixed up.")
	everybody.Get("/releases").Is(200, "withdrawn on")
}

func TestQuestionPages(t *testing.T) {
	d := house(t)
	a, n := open(t, d, analyst), open(t, d, nation)
	a.Get("/questions").Is(200, "100 more different questions", "Nobody has asked anything yet").Answer("/questions").Is(422, "Tick at least one cohort", "Choose what to count by")
	a.Get("/questions").Answer("/questions", "cohorts=2018-19", "by=gender", "and=gender").Is(422, "is asked for already")
	a.Get("/questions").Answer("/questions", "cohorts=2018-19", "by=gender", "only=nobody").Is(422)
	answer := follow(a, a.Get("/questions").Answer("/questions", "cohorts=2018-19", "by=gender", "and=ethnicity")).Is(200, "Failed, by ethnicity and gender", "White, Female", "changed by up to 3")
	n.Get(answer.Path()).Is(200, "Asked by ana Work")
	n.Get("/questions").Is(200, "ana Work", "100 more different questions")
	a.Get("/questions").Is(200, "99 more different questions")
	a.Get("/questions/nothing").Is(404)
}
