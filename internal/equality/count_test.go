package equality

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/equality/published"
	"example.org/asye/internal/example/margins"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// report21 is 1,660 complete records that fit the published margins, over three
// cohorts, and around them everything that must not be counted with them.
func report21(w world) {
	var cells []equalitytest.Cell
	for _, c := range margins.Joint() {
		cells = append(cells, equalitytest.Cell(c))
	}
	equalitytest.Published(w.World, cells)
}

var threeCohorts = []asye.Cohort{2018, 2019, 2020}

func TestPublishedTable(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		build(t, d, report21)
		s := NewStore(d)
		complete, err := s.Count(ctx, analyst, Query{Cohorts: threeCohorts, CompleteOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if complete.Registrations != 1672 || complete.Complete != 1660 || complete.Failed != 24 || complete.WithOutcome != 1666 || complete.Withdrawn != 2 {
			t.Errorf("%+v", complete)
		}
		if !complete.Comparable() {
			t.Error("the published figures do not stand beside it")
		}
		want := map[string]map[string][2]int{
			"gender":    {"Female": {18, 1486}, "Male": {6, 174}},
			"ethnicity": {"White": {10, 1188}, "Minoritised ethnic groups": {14, 472}},
			"deferrals": {"0": {10, 1110}, "1": {9, 409}, "2": {5, 141}},
		}
		for _, table := range complete.Tables {
			groups := want[table.Characteristic.Key]
			if len(table.Groups) != len(groups) || table.Known != 1660 || table.Of != 1666 {
				t.Errorf("%s: %+v", table.Characteristic.Key, table)
			}
			for _, c := range table.Groups {
				if got := [2]int{c.Failed, c.Total()}; got != groups[c.Group] {
					t.Errorf("%s %s: %v, want %v", table.Characteristic.Key, c.Group, got, groups[c.Group])
				}
				p, found := published.Read().Outcomes.Find(table.Characteristic.Key, c.Group)
				if !found || Matches(c, p) != "matches" {
					t.Errorf("%s %s %s against %+v", table.Characteristic.Key, c.Group, Matches(c, p), p)
				}
			}
		}

		all, err := s.Count(ctx, analyst, Query{Cohorts: threeCohorts})
		if err != nil {
			t.Fatal(err)
		}
		gender, deferrals := all.Tables[0], all.Tables[2]
		if all.Failed != 30 || all.Comparable() || gender.Known != 1662 || gender.Groups[0].Failed != 20 || deferrals.Known != 1666 || len(deferrals.Groups) != 4 {
			t.Errorf("EQU-13: every record: %+v", all)
		}
		if one, err := s.Count(ctx, analyst, Query{Cohorts: []asye.Cohort{2017}}); err != nil || one.Registrations != 1 || one.Failed != 1 {
			t.Errorf("one cohort: %+v %v", one, err)
		}
		if have, err := s.Cohorts(ctx, analyst, ""); err != nil || cohortNames(have, " ") != "2017-18 2018-19 2019-20 2020-21 2021-22" {
			t.Errorf("cohorts %v %v", have, err)
		}
		if adults, err := s.Count(ctx, system, Query{Programme: "adults"}); err != nil || adults.Registrations != 1 {
			t.Errorf("the adults' programme: %+v %v", adults, err)
		}
		golden(t, s)
	})
}

// golden holds every format to a file, the same for both engines.
func golden(t *testing.T, s *Store) {
	t.Helper()
	for name, q := range map[string]Query{
		"published": {Cohorts: threeCohorts, CompleteOnly: true},
		"every":     {Cohorts: threeCohorts, By: strings.Split(strings.ReplaceAll(characteristicKeys(), " ", ""), ",")},
	} {
		report, err := s.Count(ctx, analyst, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []Format{Text, JSON, CSV} {
			var got bytes.Buffer
			if err := Release(report).Write(&got, f); err != nil {
				t.Fatal(err)
			}
			if f == JSON {
				text, statistics, _ := strings.Cut(got.String(), ",\n  \"statistics\":") // thousands of lines, which nobody would read
				if name == "published" && !strings.Contains(statistics, `"midp_two_sided": 0.0419214102240247`) {
					t.Error("the statistics lack the chance of a gap as wide between women and men")
				}
				got = *bytes.NewBufferString(text)
			}
			path := filepath.Join("testdata", "outcomes_"+name+"."+string(f)+".golden")
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s differs (run with -update and read the difference): %v", path, err)
			}
		}
	}
}

func TestWriteJSONShape(t *testing.T) {
	var out bytes.Buffer
	report := counted(Query{Cohorts: []asye.Cohort{2018}, By: []string{"gender"}}, whole())
	if err := Release(report).Write(&out, JSON); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Cohorts                         []string
		Registrations, Complete, Failed int
		Tables                          []struct {
			Characteristic string
			Groups         []map[string]any
			Known, Of      int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Cohorts[0] != "2018-19" || got.Registrations != 1 || got.Complete != 1 || got.Tables[0].Characteristic != "gender" || got.Tables[0].Of != 1 {
		t.Errorf("%s", out.String())
	}
	if g := got.Tables[0].Groups[1]; g["group"] != "Male" || g["failed"] != 0.0 || g["total"] != 0.0 || g["failed_per_100"] != nil {
		t.Errorf("an empty group is %v", g)
	}
	out.Reset()
	if err := Release(counted(Query{})).Write(&out, JSON); err != nil || !strings.Contains(out.String(), `"cohorts": []`) || !strings.Contains(out.String(), `"tables": []`) {
		t.Errorf("nothing at all is %s", out.String())
	}
}

func TestWriteCSVIsInert(t *testing.T) {
	var out bytes.Buffer
	r := whole()
	r.region = "=1+1"
	if err := Release(counted(Query{By: []string{"region"}}, r)).Write(&out, CSV); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	if err != nil || rows[len(rows)-3][3] != "'=1+1" {
		t.Errorf("%q %v", rows[len(rows)-3], err)
	}
}

func TestWriteRefusesOtherFormats(t *testing.T) {
	err := Release(Report{}).Write(&bytes.Buffer{}, "pdf")
	if err == nil || !strings.Contains(err.Error(), "text, json, csv") {
		t.Errorf("%v", err)
	}
}

func TestRegistrationsByCohort(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		build(t, d, func(w world) {
			w.Employer("la1", asye.LocalAuthority, "London")
			w.Employer("nhs1", asye.NHSBody, "")
			for i, cohort := range []asye.Cohort{2019, 2019, 2019, 2020} {
				w.add(one{cohort: cohort, employer: []string{"la1", "nhs1"}[i%2], record: record{startsOn: asye.NewDate(int(cohort), 9, 1)}})
			}
			w.add(one{cohort: 2020, employer: "la1", programme: "adults", record: record{startsOn: asye.MustDate("2020-09-01")}})
		})
		got, err := NewStore(d).RegistrationsByCohort(ctx, analyst, ChildAndFamily)
		if err != nil || len(got) != 2 {
			t.Fatalf("%+v %v", got, err)
		}
		if a := got[0]; a.Cohort != 2019 || a.Total != 3 || a.ByType[asye.LocalAuthority] != 2 || a.ByType[asye.NHSBody] != 1 {
			t.Errorf("%+v", a)
		}
		if b := got[1]; b.Cohort != 2020 || b.Total != 1 {
			t.Errorf("%+v", b)
		}
		for year, want := range map[asye.Cohort]int{2019: 3065, 2020: 2799, 2021: 3052} {
			if n, found := published.Read().Registrations.For(year); n != want || !found {
				t.Errorf("published for %s: %d", year, n)
			}
		}
		if _, found := published.Read().Registrations.For(2022); found {
			t.Error("2022-23 was not published")
		}
	})
}
