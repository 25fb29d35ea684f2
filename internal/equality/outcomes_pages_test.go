package equality

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

// lopsided is a cohort in which most of those who failed have given their sex,
// and half of the others have not; nine have a background that few share.
func lopsided(w world) {
	w.Employer("la1", asye.LocalAuthority, "London")
	for _, part := range []struct {
		n    int
		edit func(*record)
	}{
		{200, func(r *record) {}},
		{5, func(r *record) { r.result = "failed" }},
		{111, func(r *record) { r.sex = "male" }},
		{6, func(r *record) { r.sex, r.result = "male", "failed" }},
		{9, func(r *record) { r.sex, r.ethnicGroup, r.ethnicBackground = "male", "other", "other_arab" }},
		{300, func(r *record) { r.sex = "" }},
	} {
		for _, r := range some(part.n, part.edit) {
			w.add(one{record: r, cohort: 2020, employer: "la1"})
		}
	}
}

const smallWarning = "Do not publish it, and do not pass it on"

func lopsidedPage(t *testing.T, query string) webtest.Page {
	t.Helper()
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, lopsided)
	return open(t, d, analyst).Get("/outcomes" + query)
}

func TestOutcomesPage_EQU13_TheWholeStandsBesideTheGroups(t *testing.T) {
	lopsidedPage(t, "?by=gender").Is(200,
		"All: 11 of 631 failed, 1.7 in every 100.",
		"Female: 5 of 205 failed, 2.4 in every 100; Male: 6 of 126, 4.8; not known: 0 of 300, 0.0.",
		"Not known Failed 0 Total 300 Failed in every 100 0.0",
		"All Failed 11 Total 631 Failed in every 100 1.7",
		"Counts 331 of 631 records with an outcome (52.5%). The others may have ended differently").
		Lacks(smallWarning)
}

func TestOutcomesPage_EQU16_SmallGroups(t *testing.T) {
	p := lopsidedPage(t, "?by=ethnic_background&by=gender")
	p.Is(200, smallWarning, "11 of 631 failed, 1.7 in every 100. The table shows each group.",
		"Arab Failed 0 Total 9")
	if n := strings.Count(p.Text(), smallWarning); n != 1 {
		t.Errorf("%d tables are called small, want the one that is", n)
	}
	if strings.Contains(p.Body, ">Arab</text>") {
		t.Error("a group of nine is drawn like one of thousands")
	}
	if strings.Contains(p.Text(), "Arab: 0 of 9") || strings.Contains(p.Text(), "(Arab;") {
		t.Error("a sentence names a tiny group")
	}
}

func TestOutcomesPage_EQU16_WhatIsDrawn(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for deferrals, n := range []int{100, 100, 99, 0} {
			for _, r := range some(n, func(r *record) { r.deferrals = deferrals }) {
				w.add(one{record: r, cohort: 2020, employer: "la1"})
			}
		}
	})
	b := open(t, d, analyst)
	b.Get("/outcomes?by=deferrals").Is(200, "Not drawn, for they have fewer than 100 records: 2 deferrals.", "Not known Failed 0", "All Failed 0 Total 299").
		Has(">No deferrals</text>", ">1 deferral</text>").HasNot(">2 deferrals</text>")
	// one bar alone would look like all there is
	b.Get("/outcomes?by=ethnic_background").Is(200, "0 of 299 failed, 0.0 in every 100. The table shows each group.").HasNot("<svg class=\"asye-chart__picture\"").Lacks("Not drawn")
}

func TestOutcomesPage_OneAxis(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, report21)
	p := open(t, d, analyst).Get("/outcomes?complete=yes")
	if n := strings.Count(p.Body, `text-anchor="end">4</text>`); n != 3 {
		t.Errorf("%d of 3 charts end at 4 in every 100: the highest rate is 3.5", n)
	}
	if n := strings.Count(p.Body, ">Failed in every 100</text>"); n != 3 {
		t.Errorf("%d of 3 charts say what their axis counts", n)
	}
}

func TestOutcomesPage_EQU10_WhereEachComesFrom(t *testing.T) {
	lopsidedPage(t, "?by=gender&by=ethnicity").Is(200,
		"The answer to “What is your sex?”, which the published report calls gender.",
		"Minoritised ethnic groups are the other four: Mixed or multiple ethnic groups; Asian or Asian British; Black, African, Caribbean or Black British; Other ethnic group.")
	for _, c := range Characteristics() {
		if !strings.HasSuffix(c.Source, ".") {
			t.Errorf("%s does not say in a sentence where it comes from: %q", c.Key, c.Source)
		}
	}
}

func TestOutcomesPageProgrammes(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, report21)
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
	build(t, d, func(w world) {
		w.Employer("la1", asye.LocalAuthority, "London")
		for _, c := range []asye.Cohort{2021, 2025} {
			w.add(one{record: whole(), cohort: c, employer: "la1"})
		}
	})
	b := open(t, d, analyst)
	const missing = "No registrations are on record for 2022-23, 2023-24 and 2024-25."
	b.Get("/outcomes").Is(200, missing)
	b.Get("/registrations-by-cohort").Is(200, missing, "The people here are invented")
	build(t, d, func(w world) {
		for _, c := range []asye.Cohort{2022, 2023, 2024} {
			w.add(one{record: whole(), cohort: c, employer: "la1"})
		}
	})
	b.Get("/outcomes").Is(200).Lacks("No registrations are on record for")
}

func TestOutcomesPageNothingTicked(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, lopsided)
	b := open(t, d, analyst)
	b.Get("/outcomes?programme=child-and-family&boxes=child-and-family").
		Is(422, "Tick at least one cohort", "Tick at least one characteristic").Titled("Error: Outcomes by characteristic")
	b.Get("/outcomes?boxes=child-and-family&by=gender").Is(422, "Tick at least one cohort").Lacks("Tick at least one characteristic")
	b.Get("/outcomes?programme=child-and-family").Is(200, "11 of 631") // nobody was asked yet
	b.Get("/outcomes").Has(`name="boxes" value="child-and-family"`)
}

func TestOutcomesFileHasTheWhole(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	build(t, d, lopsided)
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
		got = append(got, strings.Join(append(row[3:5:5], row[6:]...), " "))
	}
	want := "group failed total failed_per_100 known with_outcome row small|Female 5 205 2.4 331 631 group no|" +
		"Male 6 126 4.8 331 631 group no|Not known 0 300 0.0 331 631 not_known no|All 11 631 1.7 331 631 all no"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if last := rows[len(rows)-1]; last[len(last)-1] != "yes" {
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
