package analyse_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"example.org/asye/internal/analyse"
)

// published is a file with the published counts: who failed, of whom, by gender
// and by deferrals, and some whose year has not ended.
func published() string {
	var b strings.Builder
	b.WriteString("employer,gender,deferrals,region,outcome\n")
	line := 0
	add := func(gender, deferrals, outcome string, n int) {
		for range n {
			fmt.Fprintf(&b, "E%d,%s,%s,%s,%s\n", line%7, gender, deferrals, []string{"North", "South"}[line%2], outcome)
			line++
		}
	}
	add("Female", "0", "fail", 8)
	add("Female", "1", "fail", 7)
	add("Female", "2", "fail", 3)
	add("Male", "0", "fail", 2)
	add("Male", "1", "fail", 2)
	add("Male", "2", "fail", 2)
	add("Female", "0", "pass", 1000)
	add("Female", "1", "pass", 350)
	add("Female", "2", "pass", 118)
	add("Male", "0", "pass", 100)
	add("Male", "1", "pass", 50)
	add("Male", "2", "pass", 18)
	add("", "0", "pass", 5)
	add("Female", "0", "in progress", 9)
	return b.String()
}

var asked = analyse.Request{Outcome: "outcome", Event: "fail", Among: []string{"pass", "fail"}, By: []string{"gender", "deferrals"},
	Reference: map[string]string{"gender": "Female", "deferrals": "0"}, Trend: []string{"deferrals"}, Stratify: "region",
	Model: []analyse.Term{{Column: "gender"}, {Column: "deferrals", Number: true}}, Employers: "employer", Level: 0.95, Bad: 0.01}

func look(t *testing.T, text string, r analyse.Request) *analyse.Analysis {
	t.Helper()
	a, err := analyse.File(t.Context(), strings.NewReader(text), r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-4*math.Abs(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestPublishedFigures(t *testing.T) {
	a := look(t, published(), asked)
	if a.Records != 1674 || a.Total != 1665 || a.Events != 24 {
		t.Fatalf("%d records, %d count, %d events", a.Records, a.Total, a.Events)
	}
	gender := a.Tables[0]
	if len(gender.Groups) != 3 || !gender.Groups[0].Missing || gender.Reference != "Female" || len(gender.Comparisons) != 1 {
		t.Fatalf("%+v", gender.Groups)
	}
	c := gender.Comparisons[0]
	near(t, "the difference", float64(c.RD), 6.0/174-18.0/1486)
	near(t, "its lower limit", float64(c.CI["0.95"].Newcombe[0]), 0.00252657)
	near(t, "Fisher's p", float64(c.TwoSided), 0.03284)
	near(t, "mid-p", float64(c.MidTwoSided), 0.04192)
	near(t, "the odds ratio", float64(c.ConditionalOR), 2.910)
	if c.Strata == nil {
		t.Errorf("no strata: %s", c.Why)
	}
	deferrals := a.Tables[1]
	if deferrals.Trend == nil || deferrals.Whole == nil {
		t.Fatalf("no trend (%s) or no test of all", deferrals.TrendError)
	}
	if a.Model == nil || a.Model.Dropped != 5 || a.Model.N != 1660 || a.Model.Names[1] != "genderMale" {
		t.Errorf("the model: %+v", a.Model)
	}
	if a.Employers == nil || len(a.Employers.Employers) != 7 {
		t.Errorf("the employers: %+v", a.Employers)
	}
	if len(a.Family) != 2 {
		t.Errorf("%d looks", len(a.Family))
	}
}

// One binary term gives the odds ratio of the table with 0.5 in each cell.
func TestModelOfOneTerm(t *testing.T) {
	r := asked
	r.Model, r.Employers = []analyse.Term{{Column: "gender"}}, ""
	a := look(t, published(), r)
	near(t, "the penalised odds ratio", math.Exp(a.Model.Firth.Coef[1]), 6.5/168.5*1468.5/18.5)
}

func TestFormats(t *testing.T) {
	a := look(t, published(), asked)
	for format, wanted := range map[string][]string{
		"text": {"Male: 6 of 174 (3.4%). Female: 18 of 1,486 (1.2%).", "the counts agree with 0.3 to 6.1 more", "Known of 1,660 of the 1,665"},
		"csv":  {"characteristic,group,events", "gender,Male,6,174,174,"},
		"html": {"<h2>gender</h2>", "<svg", "6 of 174", "No employer is named"},
		"json": {`"characteristic":"gender"`, `"rr_scas":`, `"profile_ci_95":`, `"fisher_two_sided":`, `"theta0":`},
	} {
		var out bytes.Buffer
		if err := a.Write(&out, format); err != nil {
			t.Fatal(err)
		}
		for _, text := range wanted {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%s lacks %q", format, text)
			}
		}
		for _, text := range []string{"ignificant", "NaN", "%!"} {
			if strings.Contains(out.String(), text) {
				t.Errorf("%s says %q", format, text)
			}
		}
		if format == "json" && !json.Valid(out.Bytes()) {
			t.Error("what is written as JSON is none")
		}
	}
}

func TestRefused(t *testing.T) {
	change := func(f func(*analyse.Request)) analyse.Request { r := asked; f(&r); return r }
	for want, r := range map[string]analyse.Request{
		`no column "sex". Its columns are employer, gender`:      change(func(r *analyse.Request) { r.By = []string{"sex"}; r.Reference, r.Trend = nil, nil }),
		`no record has "failed" in the column outcome`:           change(func(r *analyse.Request) { r.Event, r.Among = "failed", nil }),
		`the event "fail" is not among those who count`:          change(func(r *analyse.Request) { r.Among = []string{"pass"} }),
		`no record has "Woman" in the column gender`:             change(func(r *analyse.Request) { r.Reference = map[string]string{"gender": "Woman"} }),
		"nothing is asked for":                                   {Outcome: "outcome", Event: "fail", Level: 0.95},
		"give a number between 0 and 1":                          change(func(r *analyse.Request) { r.Level = 95 }),
		"the column gender has no numbers":                       change(func(r *analyse.Request) { r.Model = []analyse.Term{{Column: "gender", Number: true}} }),
		`a reference group is given for "region", which is neit`: change(func(r *analyse.Request) { r.Reference = map[string]string{"region": "North"} }),
	} {
		if _, err := analyse.File(t.Context(), strings.NewReader(published()), r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	if _, err := analyse.File(t.Context(), strings.NewReader("a,outcome\n"), analyse.Request{Outcome: "outcome", Event: "fail", By: []string{"a"}, Level: 0.95}); err == nil || !strings.Contains(err.Error(), "no records after the header") {
		t.Errorf("nothing but a header line: %v", err)
	}
	if _, err := analyse.ReadTerms("a,b:linear"); err == nil {
		t.Error("a term of an unknown kind is taken")
	}
	if _, _, err := analyse.ReadOutcome("outcome"); err == nil {
		t.Error("an outcome without its value is taken")
	}
}

// Whoever asks for a trend asks for the characteristic too.
func TestTrendAlone(t *testing.T) {
	a := look(t, "d,o\n0,pass\n0,pass\n1,pass\n1,fail\n", analyse.Request{Outcome: "o", Event: "fail", Trend: []string{"d"}, Level: 0.95})
	if len(a.Tables) != 1 || a.Tables[0].Characteristic != "d" || a.Tables[0].Trend == nil {
		t.Errorf("%+v", a.Tables)
	}
}

// Nobody has the event, or everybody, or there is one group: nothing breaks.
func TestEnds(t *testing.T) {
	for _, text := range []string{"g,o\na,pass\nb,pass\n,fail\n", "g,o\na,fail\nb,fail\n", "g,o\na,fail\na,pass\n", "g,o\n,fail\n"} {
		a := look(t, text, analyse.Request{Outcome: "o", Event: "fail", By: []string{"g"}, Level: 0.9, Model: nil})
		for _, format := range analyse.Formats() {
			var out bytes.Buffer
			if err := a.Write(&out, format); err != nil || strings.Contains(out.String(), "NaN") {
				t.Errorf("%q as %s: %v\n%s", text, format, err, out.String())
			}
		}
	}
}
