package figures

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/example/margins"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

var analyst = tenant.SignedIn("ana", "nat", asye.Analyst)

func open(t *testing.T, d *db.DB, scope tenant.Scope) *webtest.Browser {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	mount := func(m *web.Mux) { Mount(m, equality.NewStore(d, registration.Stages()...), catalogue) }
	return webtest.Pages{DB: d, Mount: mount, Site: web.Site{Demo: true}}.As(t, scope)
}

// whole is a record of which everything is known.
func whole() equalitytest.Record {
	return equalitytest.Record{Cohort: 2020, Employer: "la1", Result: "passed", BornOn: asye.MustDate("1995-09-01"), Sex: "female",
		EthnicGroup: "white", EthnicBackground: "white_irish", Disability: "no", Route: "step-up"}
}

func some(n int, edit func(*equalitytest.Record)) []equalitytest.Record {
	r := whole()
	edit(&r)
	return slices.Repeat([]equalitytest.Record{r}, n)
}

func report21(w *equalitytest.World) {
	var cells []equalitytest.Cell
	for _, c := range margins.Joint() {
		cells = append(cells, equalitytest.Cell(c))
	}
	equalitytest.Published(w, cells)
}

func TestWhoMayOpenWhat(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	for _, role := range asye.Roles() {
		b := open(t, d, tenant.SignedIn("p1", "la1", role))
		paths := []string{"/outcomes/download?format=csv", "/registrations-by-cohort"}
		for _, one := range all() {
			paths = append(paths, one.at(nil))
		}
		for _, path := range paths {
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
	equalitytest.Build(t, d, report21)
	b.Get("/outcomes").Is(200, "Registrations", "Count what the published report counts", "invented too", "None of them says why", "3 deferrals: too few records to be compared so")

	const published = "/outcomes?cohorts=2018-19&cohorts=2019-20&cohorts=2020-21&complete=yes"
	p := b.Get(published)
	p.Is(200, "White: 10 of 1,188 failed, 0.8 in every 100; Minoritised ethnic groups: 14 of 472, 3.0.",
		"Female Failed 18 Total 1,486 Failed in every 100 1.2 (0.8 to 1.9) More or fewer in every 100 compared with this Times as often compared with this Published 18 of 1,486, 1.2: matches",
		"Minoritised ethnic groups Failed 14 Total 472 Failed in every 100 3.0 (1.8 to 4.9) More or fewer in every 100 +2.1 (+0.7 to +4.1) Times as often 3.52 (1.58 to 8.08) Published",
		"2 deferrals Failed 5 Total 141 Failed in every 100 3.5 (1.5 to 8.0) More or fewer in every 100 +2.6 (+0.5 to +7.2) Times as often 3.94 (1.26 to 11.04) Published 5 of 141, 3.5: matches",
		"All Failed 24 Total 1,660 Failed in every 100 1.4 (1.0 to 2.1) More or fewer in every 100 – Times as often – Published 24 of 1,660: matches",
		"Counts 1,660 of 1,666 records with an outcome (99.6%).")
	if strings.Count(p.Body, "<svg class=\"asye-chart__picture\"") != 3 || strings.Contains(p.Text(), "differs") {
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
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for c := range 3 {
			r := whole()
			r.Cohort = asye.Cohort(2018 + c)
			w.Add(r)
		}
	})
	open(t, d, analyst).Get("/outcomes?complete=yes").Is(200, "Female Failed 0 Total 3", "Published 18 of 1,486, 1.2: differs", "Published 24 of 1,660: differs")
}

func TestRegistrationsPage(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := open(t, d, tenant.SignedIn("n", "nat", asye.National))
	b.Get("/registrations-by-cohort").Is(200, "Nobody is registered yet")
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		w.Employer("nhs1", asye.NHSBody, "")
		for i := range 3 {
			w.Add(equalitytest.Record{Cohort: 2020 + asye.Cohort(i%2)*2, Employer: []string{"la1", "nhs1"}[i%2]})
		}
	})
	b.Get("/registrations-by-cohort").Is(200, "The largest cohort is 2020-21, with 2 registrations.",
		"2020-21 (cohort 9) 2 0 2 2,799 Differs: 2,797 fewer here", "2022-23 (cohort 11) 0 1 1 – Not published")
}

// lopsided is a cohort in which most of those who failed have given their sex,
// and half of the others have not; nine have a background that few share.
func lopsided(w *equalitytest.World) {
	w.Employer("la1", asye.LocalAuthority, "London")
	for _, part := range []struct {
		n    int
		edit func(*equalitytest.Record)
	}{
		{200, func(r *equalitytest.Record) {}},
		{5, func(r *equalitytest.Record) { r.Result = "failed" }},
		{111, func(r *equalitytest.Record) { r.Sex = "male" }},
		{6, func(r *equalitytest.Record) { r.Sex, r.Result = "male", "failed" }},
		{9, func(r *equalitytest.Record) { r.Sex, r.EthnicGroup, r.EthnicBackground = "male", "other", "other_arab" }},
		{300, func(r *equalitytest.Record) { r.Sex = "" }},
	} {
		for _, r := range some(part.n, part.edit) {
			w.Add(r)
		}
	}
}

const smallWarning = "Do not publish it, and do not pass it on"

func lopsidedPage(t *testing.T, query string) webtest.Page {
	t.Helper()
	return lopsidedAt(t, "/outcomes"+query)
}

func lopsidedAt(t *testing.T, path string) webtest.Page {
	t.Helper()
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, lopsided)
	return open(t, d, analyst).Get(path)
}

func TestEQU13_OutcomesPage_TheWholeStandsBesideTheGroups(t *testing.T) {
	lopsidedPage(t, "?by=gender").Is(200,
		"All: 11 of 631 failed, 1.7 in every 100.",
		"Female: 5 of 205 failed, 2.4 in every 100; Male: 6 of 126, 4.8; not known: 0 of 300, 0.0.",
		"Not known Failed 0 Total 300 Failed in every 100 0.0 (0.0 to 1.3)",
		"All Failed 11 Total 631 Failed in every 100 1.7 (1.0 to 3.1)",
		"Counts 331 of 631 records with an outcome (52.5%). The others may have ended differently").
		Lacks(smallWarning)
}

func TestEQU16_OutcomesPage_SmallGroups(t *testing.T) {
	p := lopsidedPage(t, "?by=ethnic_background&by=gender")
	p.Is(200, smallWarning, "11 of 631 failed, 1.7 in every 100. The table shows each group.",
		"Arab Failed 0 Total 9")
	if n := strings.Count(p.Text(), smallWarning); n != 1 {
		t.Errorf("%d tables are called small, want the one that is", n)
	}
	// what is said of a group of nine stands with all that its counts agree with
	p.Is(200, "Arab 0 of 9: 0.0 (0.0 to 29.9)", "Arab: 0 of 9 failed", "so they do not tell in which group more fail")
	if strings.Contains(p.Text(), "(Arab;") {
		t.Error("a heading names a tiny group")
	}
}

func TestEQU16_OutcomesPage_WhatIsDrawn(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for deferrals, n := range []int{100, 100, 9} {
			for _, r := range some(n, func(r *equalitytest.Record) { r.Deferrals = deferrals }) {
				w.Add(r)
			}
		}
	})
	p := open(t, d, analyst).Get("/outcomes?by=deferrals").Is(200, "2 deferrals 0 of 9: 0.0 (0.0 to 29.9)", "Not known Failed 0", "All Failed 0 Total 209").
		Has(">No deferrals</text>", ">1 deferral</text>", ">2 deferrals</text>")
	// the interval of nine does not stretch the axis: it goes on past its end
	if !strings.Contains(p.Body, `text-anchor="end">4</text>`) || strings.Count(p.Body, `class="asye-chart__whisker"`) != 8 {
		t.Error("the axis ends at 4, where the intervals of the large groups do, and one line of three has no end")
	}
}

func TestOutcomesPage_OneAxis(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	p := open(t, d, analyst).Get("/outcomes?complete=yes")
	if n := strings.Count(p.Body, `text-anchor="end">10</text>`); n != 3 {
		t.Errorf("%d of 3 charts end at 10 in every 100: the interval of 2 deferrals ends at 8.0", n)
	}
	if n := strings.Count(p.Body, ">Failed in every 100</text>"); n != 3 {
		t.Errorf("%d of 3 charts say what their axis counts", n)
	}
}

func TestEQU10_OutcomesPage_WhereEachComesFrom(t *testing.T) {
	lopsidedPage(t, "?by=gender&by=ethnicity").Is(200,
		"The answer to “What is your sex?”, which the published report calls gender.",
		"Minoritised ethnic groups are the other four: Mixed or multiple ethnic groups; Asian or Asian British; Black, African, Caribbean or Black British; Other ethnic group.")
	for _, c := range equality.Characteristics() {
		if !strings.HasSuffix(c.Source, ".") {
			t.Errorf("%s does not say in a sentence where it comes from: %q", c.Key, c.Source)
		}
	}
}

func TestOutcomesPageProgrammes(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	b := open(t, d, analyst)
	b.Get("/outcomes").Is(200, "Child and family ASYE, whole country", "Programme", "Adults' ASYE")
	b.Get("/outcomes?programme=adults").Is(200, "Adults' ASYE, whole country", "All: 1 of 1 failed")
	// boxes that were ticked for one programme say nothing of another's cohorts
	b.Get("/outcomes?programme=adults&boxes=child-and-family&cohorts=2018-19&by=gender").Is(200, "All: 1 of 1 failed")
	b.Get("/outcomes?programme=cookery").Is(422, `There is no programme "cookery"`)
	b.Get("/outcomes/download?programme=adults&format=json").Has(`"programme": "adults"`)
	b.Get("/registrations-by-cohort").Is(200, "Child and family ASYE, whole country", "565", "Adults' ASYE")
	b.Get("/registrations-by-cohort?programme=adults").Is(200, "Adults' ASYE, whole country", "2019-20 (cohort 8) 1 1").Lacks("2018-19")
	b.Get("/registrations-by-cohort?programme=cookery").Is(422, `There is no programme "cookery"`)
}

func TestOutcomesPageMissingCohorts(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for _, c := range []asye.Cohort{2021, 2025} {
			r := whole()
			r.Cohort = c
			w.Add(r)
		}
	})
	b := open(t, d, analyst)
	const missing = "No registrations are on record for 2022-23, 2023-24 and 2024-25."
	b.Get("/outcomes").Is(200, missing)
	b.Get("/registrations-by-cohort").Is(200, missing, "The people here are invented")
	equalitytest.Build(t, d, func(w *equalitytest.World) {
		for _, c := range []asye.Cohort{2022, 2023, 2024} {
			r := whole()
			r.Cohort = c
			w.Add(r)
		}
	})
	b.Get("/outcomes").Is(200).Lacks("No registrations are on record for")
}

func TestOutcomesPageNothingTicked(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, lopsided)
	b := open(t, d, analyst)
	b.Get("/outcomes?programme=child-and-family&boxes=child-and-family").
		Is(422, "Tick at least one cohort", "Tick at least one characteristic").Titled("Error: Outcomes by characteristic")
	b.Get("/outcomes?boxes=child-and-family&by=gender").Is(422, "Tick at least one cohort").Lacks("Tick at least one characteristic")
	b.Get("/outcomes?programme=child-and-family").Is(200, "11 of 631") // nobody was asked yet
	b.Get("/outcomes").Has(`name="boxes" value="child-and-family"`)
}

func TestOutcomesWorkbook(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	b := open(t, d, analyst)
	for _, format := range []string{"ods", "xlsx"} {
		p := b.Get("/outcomes/download?" + complete + "&by=gender&by=region&format=" + format)
		if p.Status != 200 || p.Header.Get("Content-Disposition") != `attachment; filename="outcomes-child-and-family-2018-19-to-2020-21-complete.`+format+`"` {
			t.Errorf("%s: %d %v", format, p.Status, p.Header)
		}
		zipped, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
		if err != nil {
			t.Fatal(err)
		}
		whole := ""
		for _, f := range zipped.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, _ := io.ReadAll(in)
			whole += string(part)
		}
		for _, want := range []string{"Table 2: Outcomes by gender", "1,660 of 1,666", "do not publish them"} {
			if !strings.Contains(strings.ToLower(whole), strings.ToLower(want)) {
				t.Errorf("the %s lacks %q", format, want)
			}
		}
	}
	if p := b.Get("/outcomes/download?programme=adults&format=ods"); p.Status != 200 {
		t.Errorf("one record: %d", p.Status)
	}
}

func TestOutcomesFileHasTheWhole(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, lopsided)
	b := open(t, d, analyst)
	p := b.Get("/outcomes/download?by=gender&by=ethnic_background&format=csv")
	if got := p.Header.Get("Content-Disposition"); got != `attachment; filename="outcomes-child-and-family-2020-21.csv"` {
		t.Error(got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.Body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows[:5] {
		got = append(got, strings.Join(append(row[3:5:5], row[6:12]...), " "))
	}
	want := "group failed total failed_per_100 known with_outcome row small|Female 5 205 2.4 331 631 group no|" +
		"Male 6 126 4.8 331 631 group no|Not known 0 300 0.0 331 631 not_known no|All 11 631 1.7 331 631 all no"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if last := rows[len(rows)-1]; last[11] != "yes" {
		t.Errorf("the small table is not marked: %v", last)
	}
	var file struct {
		All    map[string]any
		Tables []struct {
			NotKnown map[string]any `json:"not_known"`
			All      map[string]any
			Small    bool
			Groups   []any
		}
	}
	if err := json.Unmarshal([]byte(b.Get("/outcomes/download?by=gender&by=ethnic_background&format=json").Body), &file); err != nil {
		t.Fatal(err)
	}
	gender := file.Tables[0]
	if file.All["failed"] != 11.0 || gender.NotKnown["failed"] != 0.0 || gender.NotKnown["total"] != 300.0 || gender.All["total"] != 631.0 || len(gender.Groups) != 2 {
		t.Errorf("%+v", file)
	}
	if gender.Small || !file.Tables[1].Small {
		t.Error("EQU-16: the small table is the second")
	}
}
