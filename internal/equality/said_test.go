package equality

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/stat/figure"
)

// split is records of women and men who failed and passed.
func split(women, womenFailed, men, menFailed int) []record {
	return slices.Concat(some(women-womenFailed, func(*record) {}), some(womenFailed, func(r *record) { r.result = "failed" }),
		some(men-menFailed, func(r *record) { r.sex = "male" }), some(menFailed, func(r *record) { r.sex, r.result = "male", "failed" }))
}

func compared(t *testing.T, records []record) (Table, analyse.Comparison) {
	t.Helper()
	r := counted(Query{By: []string{"gender"}}, records...)
	study, err := r.Study()
	if err != nil {
		t.Fatal(err)
	}
	if len(study.Tables) != 1 || len(study.Tables[0].Comparisons) != 1 || study.Tables[0].Reference != "Female" {
		t.Fatalf("%+v", study.Tables)
	}
	return r.Tables[0], study.Tables[0].Comparisons[0]
}

func TestSaid(t *testing.T) {
	for name, tt := range map[string]struct {
		records []record
		want    string
	}{
		"EQU-17 the published figures": {split(1486, 18, 174, 6), "Male: 6 of 174 failed, 3.4 in every 100; Female: 18 of 1,486, 1.2. " +
			"That is 2.2 more fails in every 100, and the counts agree with anything from 0.3 to 6.1 more."},
		"EQU-17 fewer": {split(174, 6, 1486, 18), "Male: 18 of 1,486 failed, 1.2 in every 100; Female: 6 of 174, 3.4. " +
			"That is 2.2 fewer fails in every 100, and the counts agree with anything from 0.3 to 6.1 fewer."},
		"EQU-17 not told apart": {split(80, 1, 20, 1), "Male: 1 of 20 failed, 5.0 in every 100; Female: 1 of 80, 1.2. That is 3.8 more fails in every 100, " +
			"and the counts agree with anything from 3.1 fewer to 22.4 more, so they do not tell in which group more fail."},
		"EQU-17 nobody failed": {split(80, 0, 20, 0), "Male: 0 of 20 failed, 0.0 in every 100; Female: 0 of 80, 0.0. That is the same rate, " +
			"and the counts agree with anything from 4.6 fewer to 16.1 more, so they do not tell in which group more fail."},
		"EQU-17 a limit near none": {split(1110, 10, 409, 9), "Male: 9 of 409 failed, 2.2 in every 100; Female: 10 of 1,110, 0.9. That is 1.3 more fails in every 100, " +
			"and the counts agree with anything from 0.02 to 3.3 more; but as a ratio with anything from 0.98 to 6.02 times, so they do not tell in which group more fail."},
	} {
		t.Run(name, func(t *testing.T) {
			table, c := compared(t, tt.records)
			if got := table.Said(c); got != tt.want {
				t.Errorf("%q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestEQU18_Chance_InWordsWithEveryLookCounted(t *testing.T) {
	table, c := compared(t, split(1486, 18, 174, 6))
	if got := table.Chance(c, 1); got != "If Male and Female really failed at one rate, chance alone would still put them as far apart as this in 42 of 1,000 such sets of records." {
		t.Error(got)
	}
	if got := table.Chance(c, 3); !strings.HasSuffix(got, "with the 3 comparisons of this table taken into account, 42 of 1,000.") {
		t.Error(got)
	}
	for want, p := range map[string]figure.Figure{"42 of 100": 0.42, "nearly all": 1, "10 of 100": 0.0999, "2 of 1,000": 0.002245, "3 of 10,000": 0.0003,
		"fewer than 1 of 10,000": 1e-9, "an unknown number of": figure.Undefined} {
		if got := OutOf(p); got != want {
			t.Errorf("%v is %q, want %q", p, got, want)
		}
	}
}

func TestEQU18_CouldShow(t *testing.T) {
	table, c := compared(t, split(1486, 18, 174, 6))
	if got := table.CouldShow(c); got != "With 174 and 1,486 records, a difference would be found in 8 of 10 such sets only if Male failed in at least 4.8 of every 100, 4.0 times as often as Female." {
		t.Error(got)
	}
	table, c = compared(t, split(80, 0, 20, 1))
	if got := table.CouldShow(c); got != "" {
		t.Errorf("from a rate of nothing: %q", got)
	}
}

func TestModel(t *testing.T) {
	r := counted(Query{By: []string{"gender", "ethnicity"}}, split(1486, 18, 174, 6)...)
	m, err := r.Model([]string{"gender", "deferrals"})
	if err != nil {
		t.Fatal(err)
	}
	if m.Model.N != 1660 || m.Model.Events != 24 || m.Model.Names[1] != "genderMale" {
		t.Errorf("%+v", m.Model)
	}
}
