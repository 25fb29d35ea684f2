package figures

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

const complete = "cohorts=2018-19&cohorts=2019-20&cohorts=2020-21&complete=yes"

func TestEQU21_OverTime(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	b := open(t, d, analyst)
	b.Get("/outcomes/over-time").Is(200, "Nobody is registered yet")
	equalitytest.Build(t, d, report21)
	b.Get("/outcomes/over-time?"+complete).Is(200, "Everybody", "chance would make the rates rise or fall as steadily as this",
		"Male against Female, compared within each cohort and put together: +2.2 (−0.5 to +5.0) in every 100.",
		"If the ratio of odds were the same in every cohort", "Outcomes by cohort and gender", "Female: failed").Lacks("NaN", "significant")
	b.Get("/outcomes/over-time?cohorts=2021-22").Is(200, "With one cohort there is no telling whether the rate rises or falls.")
}

func TestEQU22_HeldEqual(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	b := open(t, d, analyst)
	b.Get("/outcomes/held-equal?"+complete).Is(200, "Of 1,660 people everything asked for is known, and 24 of them failed. Nobody is left out.",
		"By itself", "Others held equal", "Deferrals held equal too", "One deferral more", "If everybody were of one group",
		"Gender: Male Failed 6 of 174 By itself 2.91 (1.05 to 7.23)",
		"Male (6 of 174 failed) against Female (18 of 1,486 failed): the ratio of odds is 2.91 by itself, ", " with deferrals held equal too. ", "by the last of these the counts")
	b.Get("/outcomes/held-equal?by=gender&"+complete).Is(200, "Tick two characteristics or more")
	b.Get("/outcomes/held-equal?by=deferrals&"+complete).Is(200, "One deferral more").Lacks("Others held equal Deferrals held equal too")
	b.Get("/outcomes/held-equal?programme=adults").Is(200, "Nobody failed, or everybody did")
}

func TestEQU23_Combined(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	b := open(t, d, analyst)
	b.Get("/outcomes/combined?by=gender&by=ethnicity&"+complete).Is(200, "Female, White", "Male, Minoritised ethnic groups", "Drawn-in rate",
		"in every 100 beyond what the two differences add up to.", "nothing is ranked").Lacks("NaN")
	b.Get("/outcomes/combined?by=gender&by=ethnicity&by=deferrals&by=age_band&"+complete).Is(200, "Only the first three characteristics are crossed")
	b.Get("/outcomes/combined?by=disability&"+complete).Is(200, "There are not two combinations")
}

func TestEQU24_NotKnown(t *testing.T) {
	lopsidedAt(t, "/outcomes/not-known?by=gender").Is(200,
		"Of those not known 0 of 300 failed, of those known 11 of 331. That is 3.3 fewer fails in every 100, and the counts agree with anything from 1.4 to 5.9 fewer.",
		"Known Failed 11 Total 331", "Not answered Failed 0 Total 300", "The gap as counted, Male less Female, is +2.3 in every 100.", "Known least often: gender, of 331 of the 631 records")
	lopsidedAt(t, "/outcomes/not-known?by=gender&by=deferrals&complete=yes").Is(200, "Count every record with an outcome", "records that are counted is known, of the 631 with an outcome").
		Lacks("Known least often", "Everybody’s group is known")
}

func TestEQU25_Representation(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	open(t, d, analyst).Get("/outcomes/representation?by=ethnicity&"+complete).Is(200,
		"Of those who failed 14 of 24 (58.3%)", "Of those who passed or failed 472 of 1,660 (28.4%)", "Share of fails over share of passed or failed 2.05", "Nobody but NQSWs is asked the equality questions")
}

func TestEQU26_Employers_NamesForTheNationalTeamAlone(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	page := "/outcomes/employers?" + complete
	open(t, d, analyst).Get(page).Is(200, "2 employers together: 24 of 1,660 NQSWs failed, 1.4 in every 100.", "This page ranks nobody").Lacks("nhs1", "Employers by name")
	open(t, d, tenant.SignedIn("nia", "nat", asye.National)).Get(page).Is(200, "Employers by name", "nhs1", "Within the lines")
	open(t, d, analyst).Get("/outcomes/employers?programme=adults").Is(200, "1 employer together")
}

func TestEQU20_StagesPage(t *testing.T) {
	lopsidedAt(t, "/outcomes/stages?by=gender&by=ethnicity").Is(200, "By gender.", "By ethnicity", "Everybody who registered, whether their year has ended or not")
}

func TestEQU19_OurOutcomes(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	cora := open(t, d, tenant.SignedIn("cora", "la1", asye.Coordinator))
	cora.Get("/organisation/outcomes").Is(200, "Nobody is registered yet", "Register an NQSW")
	dora := open(t, d, tenant.SignedIn("dora", "la1", asye.Director))
	dora.Get("/organisation/outcomes").Is(200, "Nobody is registered yet").Lacks("Register an NQSW")
	equalitytest.Build(t, d, func(w *equalitytest.World) { // the employers of the report are two: a rate of all would tell that of the other
		report21(w)
		w.Employer("la3", asye.LocalAuthority, "London")
		for i := range 300 {
			w.Add(equalitytest.Record{Cohort: 2019, Employer: "la3", Result: []string{"failed", "passed", "passed", "passed"}[min(i%30, 3)]})
		}
	})
	cora.Get("/organisation/outcomes").Is(200, "Where you stand", "of all employers together", "By what you have on record", "Your outcomes by deferrals", "Nothing is shown by what NQSWs say of themselves").Lacks("nhs1", "la3", "NaN")
	dora.Get("/organisation/outcomes").Is(200, "Where you stand", "Your outcomes by deferrals").Lacks("nhs1", "la3", "NaN")
	open(t, d, tenant.SignedIn("vic", "nhs2", asye.Coordinator)).Get("/organisation/outcomes").Is(200, "Nobody is registered yet")
	open(t, d, analyst).Get("/organisation/outcomes").Is(403)
}

func TestNoPageSaysSignificant(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	b := open(t, d, analyst)
	for _, one := range all() {
		p := b.Get(one.at(nil)).Is(200)
		if strings.Contains(strings.ToLower(p.Text()), "significan") || strings.Contains(p.Body, "NaN") {
			t.Errorf("EQU-18: %s says too much", one.title)
		}
		p.Has(`href="/statistics`)
	}
}

func TestEQU15_TheTablesOfEachPageAreAFileToo(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	equalitytest.Build(t, d, report21)
	b := open(t, d, analyst)
	for _, one := range all()[1:] {
		p := b.Get(one.at(nil)).Is(200).Has("format=csv")
		query := "?format=csv&by=gender&by=ethnicity&" + complete
		file := b.Get(one.at(nil) + query)
		if file.Status != 200 || !strings.HasPrefix(file.Body, "\ufeffprogramme,cohorts,records,table,row,column,value\r\n") || strings.Count(file.Body, "\n") < 5 {
			t.Errorf("%s: %d\n%s", one.title, file.Status, file.Body)
		}
		if name := file.Header.Get("Content-Disposition"); !strings.Contains(name, `"outcomes-`+one.file+"-child") {
			t.Errorf("%s is called %s", p.Path(), name)
		}
	}
	if text := b.Get("/outcomes/employers?format=csv&" + complete).Body; strings.Contains(text, "nhs1") {
		t.Error("EQU-14: the file tells an analyst which employer is which")
	}
}
