package equality

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

func whole() record {
	return record{result: "passed", startsOn: asye.MustDate("2020-09-01"), bornOn: asye.MustDate("1995-09-01"), sex: "female",
		ethnicGroup: "white", ethnicBackground: "white_irish", disability: "no", route: "step-up", employerType: "nhs", region: "London"}
}

func TestCharacteristics(t *testing.T) {
	tests := []struct {
		key, want string
		edit      func(*record)
	}{
		{"gender", "Female", func(r *record) {}},
		{"gender", "Male", func(r *record) { r.sex = "male" }},
		{"gender", "", func(r *record) { r.sex = PreferNot }},
		{"gender", "", func(r *record) { r.sex = "" }},
		{"ethnicity", "White", func(r *record) {}},
		{"ethnicity", "Minoritised ethnic groups", func(r *record) { r.ethnicGroup = "mixed" }},
		{"ethnicity", "Minoritised ethnic groups", func(r *record) { r.ethnicGroup = "other" }},
		{"ethnicity", "", func(r *record) { r.ethnicGroup = PreferNot }},
		{"ethnicity", "", func(r *record) { r.ethnicGroup = "" }},
		{"ethnic_group", "Black, African, Caribbean or Black British", func(r *record) { r.ethnicGroup = "black" }},
		{"ethnic_background", "Irish", func(r *record) {}},
		{"ethnic_background", "", func(r *record) { r.ethnicBackground = PreferNot }},
		{"deferrals", "0", func(r *record) {}},
		{"deferrals", "11", func(r *record) { r.deferrals = 11 }},
		{"age_band", "25 to 29", func(r *record) {}}, // 25 on the day
		{"age_band", "Under 25", func(r *record) { r.bornOn = r.bornOn.AddDays(1) }},
		{"age_band", "25 to 29", func(r *record) { r.bornOn = asye.MustDate("1990-09-02") }},
		{"age_band", "30 to 34", func(r *record) { r.bornOn = asye.MustDate("1990-09-01") }},
		{"age_band", "35 to 44", func(r *record) { r.bornOn = asye.MustDate("1985-09-01") }},
		{"age_band", "45 to 54", func(r *record) { r.bornOn = asye.MustDate("1975-09-01") }},
		{"age_band", "45 to 54", func(r *record) { r.bornOn = asye.MustDate("1965-09-02") }},
		{"age_band", "55 and over", func(r *record) { r.bornOn = asye.MustDate("1965-09-01") }},
		{"age_band", "", func(r *record) { r.bornOn = asye.Date{} }},
		{"disability", "Not disabled", func(r *record) {}},
		{"disability", "Disabled", func(r *record) { r.disability = "yes" }},
		{"disability", "", func(r *record) { r.disability = PreferNot }},
		{"route", "Step Up to Social Work", func(r *record) {}},
		{"route", "", func(r *record) { r.route = "" }},
		{"employer_type", "NHS body", func(r *record) {}},
		{"region", "London", func(r *record) {}},
		{"region", "", func(r *record) { r.region = "" }},
	}
	asked := map[string]bool{}
	for _, tt := range tests {
		rule := "EQU-10 "
		if tt.want == "" {
			rule = "EQU-12 not known, "
		}
		t.Run(rule+tt.key+" "+tt.want, func(t *testing.T) {
			r := whole()
			tt.edit(&r)
			c, found := characteristic(tt.key)
			if !found {
				t.Fatalf("there is no %s", tt.key)
			}
			if got := c.of(r); got != tt.want {
				t.Errorf("%s = %q, want %q", tt.key, got, tt.want)
			}
			if tt.want != "" && c.groups != nil && !slices.Contains(c.groups, tt.want) {
				t.Errorf("%s has no group %q: %v", tt.key, tt.want, c.groups)
			}
		})
		asked[tt.key] = true
	}
	if len(asked) != len(Characteristics()) {
		t.Errorf("%d characteristics are tested of %d", len(asked), len(Characteristics()))
	}
}

func TestAgeOn29February(t *testing.T) {
	born := asye.MustDate("2000-02-29")
	for on, want := range map[string]int{"2025-02-28": 24, "2025-03-01": 25, "2024-02-28": 23, "2024-02-29": 24} {
		if got := ageOn(born, asye.MustDate(on)); got != want {
			t.Errorf("on %s the age is %d, want %d", on, got, want)
		}
	}
}

func TestIsComplete(t *testing.T) {
	tests := []struct {
		name string
		edit func(*record)
		want bool
	}{
		{"EQU-11 all known", func(r *record) {}, true},
		{"EQU-11 no gender", func(r *record) { r.sex = "" }, false},
		{"EQU-11 gender not said", func(r *record) { r.sex = PreferNot }, false},
		{"EQU-11 no ethnic group", func(r *record) { r.ethnicGroup = "" }, false},
		{"EQU-11 ethnic group not said", func(r *record) { r.ethnicGroup = PreferNot }, false},
		{"EQU-11 background not said", func(r *record) { r.ethnicBackground = PreferNot }, true},
		{"EQU-11 no age, route or disability", func(r *record) { r.bornOn, r.route, r.disability = asye.Date{}, "", "" }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := whole()
			tt.edit(&r)
			if got := counted(Query{}, r).Complete == 1; got != tt.want {
				t.Errorf("complete = %v", got)
			}
		})
	}
}

func counted(q Query, records ...record) Report {
	builder, add := cross(q, once(append(completing(), append([]string{"deferrals", ByCohort}, q.By...)...)))
	for _, r := range records {
		add(r)
	}
	return reportOf(q, builder.Cube())
}

func some(n int, edit func(*record)) []record {
	r := whole()
	edit(&r)
	return slices.Repeat([]record{r}, n)
}

func TestTally(t *testing.T) {
	records := slices.Concat(
		some(3, func(r *record) {}),
		some(1, func(r *record) { r.result = "failed" }),
		some(2, func(r *record) { r.sex, r.result = "", "failed" }),
		some(4, func(r *record) { r.result = "withdrawn" }),
		some(5, func(r *record) { r.result = "" }),
	)
	all := counted(Query{By: []string{"gender"}}, records...)
	if all.Registrations != 15 || all.WithOutcome != 6 || all.Withdrawn != 4 || all.NoOutcome() != 5 || all.Complete != 4 || all.Failed != 3 {
		t.Errorf("EQU-8, EQU-9: %+v", all)
	}
	if g := all.Tables[0]; g.Known != 4 || g.Of != 6 || g.Groups[0] != (Count{"Female", 3, 1}) || g.Groups[1] != (Count{"Male", 0, 0}) ||
		g.NotKnown != (Count{"Not known", 0, 2}) || g.All() != (Count{"All", 3, 3}) {
		t.Errorf("EQU-13: %+v", g)
	}
	region := counted(Query{By: []string{"region"}, CompleteOnly: true}, records...)
	if g := region.Tables[0]; g.Known != 4 || g.Of != 6 || region.Failed != 1 || region.Counted() != 4 {
		t.Errorf("EQU-13: %+v", region)
	}
	for _, group := range counted(Query{By: []string{"region"}}, records...).Tables[0].Groups {
		if group.Group == "London" && group.Total() != 6 {
			t.Errorf("EQU-13: without complete only, London has %d", group.Total())
		}
	}
}

func TestGroupsAreInOrder(t *testing.T) {
	var records []record
	for _, n := range []int{10, 2, 0, 1} {
		records = append(records, some(1, func(r *record) { r.deferrals = n })...)
	}
	var got []string
	for _, c := range counted(Query{By: []string{"deferrals"}}, records...).Tables[0].Groups {
		got = append(got, c.Group)
	}
	if strings.Join(got, " ") != "0 1 2 10" {
		t.Errorf("deferrals in the order %v", got)
	}
}

func TestRateText(t *testing.T) {
	for want, c := range map[string]Count{"1.2": {"", 1468, 18}, "3.4": {"", 168, 6}, "0.8": {"", 1178, 10}, "3.0": {"", 458, 14},
		"0.9": {"", 1100, 10}, "2.2": {"", 400, 9}, "3.5": {"", 136, 5}, "–": {}, "0.0": {"", 1, 0}, "100.0": {"", 0, 1}} {
		if got := c.RateText(); got != want {
			t.Errorf("%d of %d is %s, want %s", c.Failed, c.Total(), got, want)
		}
	}
}

func TestAsked(t *testing.T) {
	have := []asye.Cohort{2018, 2019}
	q, err := Asked(Query{}, have)
	if err != nil || q.Programme != ChildAndFamily || !slices.Equal(q.Cohorts, have) || !slices.Equal(q.By, Published()) {
		t.Errorf("an open query becomes %+v %v", q, err)
	}
	q, err = Asked(Query{Cohorts: []asye.Cohort{2019, 2018, 2019}, By: []string{"route", "route"}}, have)
	if err != nil || !slices.Equal(q.Cohorts, have) || len(q.By) != 1 {
		t.Errorf("a query said twice becomes %+v %v", q, err)
	}
	_, err = Asked(Query{Cohorts: []asye.Cohort{2031}, By: []string{"shoe_size"}}, have)
	got := fault.ProblemsOf(err)
	if len(got) != 2 || !strings.Contains(got.For("by"), "gender, ethnicity, ethnic_group, ethnic_background, deferrals, age_band") ||
		!strings.Contains(got.For("cohorts"), "Choose from 2018-19, 2019-20") {
		t.Errorf("an unknown query gives %v", err)
	}
	if _, err = Asked(Query{Cohorts: []asye.Cohort{2031}}, nil); !strings.Contains(err.Error(), "No cohort has any yet") {
		t.Errorf("on an empty database: %v", err)
	}
	if _, err = Asked(Query{}, nil); err != nil {
		t.Errorf("on an empty database an open query gives %v", err)
	}
	if _, err = ReadCohorts([]string{"2018-19", "2018"}); len(fault.ProblemsOf(err)) != 1 {
		t.Errorf("an unreadable cohort gives %v", err)
	}
}

func TestFinding(t *testing.T) {
	women := func(failed, passed int) []record {
		return append(some(passed, func(*record) {}), some(failed, func(r *record) { r.result = "failed" })...)
	}
	men := func(failed, passed int) []record {
		return append(some(passed, func(r *record) { r.sex = "male" }), some(failed, func(r *record) { r.sex, r.result = "male", "failed" })...)
	}
	unknown := func(n int) []record { return some(n, func(r *record) { r.sex = PreferNot }) }
	delayed := func(most int) (out []record) {
		for n := range most + 1 {
			out = append(out, some(100, func(r *record) { r.deferrals = n })...)
		}
		return out
	}
	const whole = " The table shows each group."
	tests := []struct {
		name, by, want string
		records        []record
	}{
		{"EQU-16 two groups of 100", "gender", "Female: 1 of 100 failed, 1.0 in every 100; Male: 5 of 100, 5.0.", append(women(1, 99), men(5, 95)...)},
		{"EQU-16 one of 99", "gender", "6 of 199 failed, 3.0 in every 100." + whole, append(women(1, 99), men(5, 94)...)},
		{"EQU-16 an empty group", "gender", "1 of 100 failed, 1.0 in every 100." + whole, women(1, 99)},
		{"EQU-16 three groups", "deferrals", "No deferrals: 0 of 100 failed, 0.0 in every 100; 1 deferral: 0 of 100, 0.0; 2 deferrals: 0 of 100, 0.0.", delayed(2)},
		{"EQU-16 four groups", "deferrals", "0 of 400 failed, 0.0 in every 100." + whole, delayed(3)},
		{"EQU-13 nine in ten known", "gender", "Female: 0 of 100 failed, 0.0 in every 100; Male: 0 of 107, 0.0.", slices.Concat(women(0, 100), men(0, 107), unknown(23))},
		{"EQU-13 fewer than nine in ten known", "gender", "Female: 0 of 100 failed, 0.0 in every 100; Male: 0 of 107, 0.0; not known: 0 of 24, 0.0.", slices.Concat(women(0, 100), men(0, 107), unknown(24))},
		{"nobody is known", "gender", "No record that is counted has this characteristic yet.", unknown(3)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := counted(Query{By: []string{tt.by}}, tt.records...).Tables[0].Finding(); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestSmall(t *testing.T) {
	tests := []struct {
		name  string
		group Count
		want  bool
	}{
		{"EQU-16 nobody", Count{"a", 0, 0}, false},
		{"EQU-16 one record", Count{"a", 1, 0}, true},
		{"EQU-16 nine records", Count{"a", 9, 0}, true},
		{"EQU-16 ten records", Count{"a", 10, 0}, false},
		{"EQU-16 one failed", Count{"a", 1000, 1}, true},
		{"EQU-16 four failed", Count{"a", 1000, 4}, true},
		{"EQU-16 five failed", Count{"a", 1000, 5}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			large := Count{"b", 1000, 10}
			if got := (Table{Groups: []Count{large, tt.group}}).Small(); got != tt.want {
				t.Errorf("small = %v", got)
			}
			if got := (Table{Groups: []Count{large}, NotKnown: tt.group}).Small(); got != tt.want {
				t.Errorf("not known: small = %v", got)
			}
		})
	}
}

func TestMissingCohorts(t *testing.T) {
	for want, have := range map[string][]asye.Cohort{"": nil, "2019-20 2020-21": {2018, 2021, 2022}} {
		if got := cohortNames(Missing(have), " "); got != want {
			t.Errorf("%v lack %q, want %q", have, got, want)
		}
	}
}
