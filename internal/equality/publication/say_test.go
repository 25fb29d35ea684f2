package publication

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
)

func shown(n int) Figure { return Figure{N: n} }

func two(failed, total, failed2, total2 int) (Content, Table) {
	t := Table{Key: "gender", Name: "Gender", Rows: []Row{{Key: "Female", Name: "Female", Sort: Group, Failed: shown(failed2), Total: shown(total2)},
		{Key: "Male", Name: "Male", Sort: Group, Failed: shown(failed), Total: shown(total)}, {Key: All, Name: All, Sort: Whole, Failed: shown(failed + failed2), Total: shown(total + total2)}}}
	return Content{Title: "T", Method: disclosure.TenFive, Cohorts: []string{"2018-19"}, Tables: []Table{t}}, t
}

func TestPUB7_SentencesSayNoMoreThanIntervals(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, n, b, m int
		has, not   string
	}{
		{"a large difference", 60, 600, 60, 3000, "8.0 more in every 100 than in Female; the counts agree with", "do not tell"},
		{"none to be told", 15, 600, 60, 3000, "do not tell which group has the higher rate", "That is"},
		{"the ratio may be none", 15, 580, 50, 4265, "do not tell which group has the higher rate", "That is"},
		{"fewer", 10, 1500, 90, 3000, "fewer in every 100 than in Female; the counts agree with", "do not tell"},
	} {
		content, table := two(c.a, c.n, c.b, c.m)
		said := strings.Join(content.Said(table), " ")
		if !strings.Contains(said, c.has) || strings.Contains(said, c.not) || strings.Contains(said, "ignifican") {
			t.Errorf("%s: %s", c.name, said)
		}
		for _, counts := range []int{c.a, c.n, c.b, c.m} {
			if !strings.Contains(said, Thousands(counts)) {
				t.Errorf("%s: no count %d in %s", c.name, counts, said)
			}
		}
	}
}

func TestPUB7_MarksInPlaceOfRates(t *testing.T) {
	content, _ := two(10, 200, 20, 400)
	for _, c := range []struct {
		failed, total Figure
		mark          Mark
		text          string
	}{
		{Figure{Mark: Confidential}, shown(100), Confidential, "c"},
		{shown(10), Figure{Mark: Confidential}, Confidential, "c"},
		{shown(0), shown(0), NotApplied, "z"},
		{shown(0), shown(20), NotAvailable, "x"},
		{shown(10), shown(95), Unreliable, "10.5 u"},
		{shown(10), shown(200), Shown, "5.0"},
		{shown(10), shown(50000), Low, "low"},
	} {
		rate := content.Rate(Row{Failed: c.failed, Total: c.total, Sort: Group})
		if rate.Mark != c.mark || rate.Text() != c.text {
			t.Errorf("%v of %v: %q %q", c.failed, c.total, rate.Mark, rate.Text())
		}
		if rate.Known() && (rate.Low > rate.Of || rate.High < rate.Of) {
			t.Errorf("%v of %v: %v is outside its interval", c.failed, c.total, rate)
		}
	}
}

// TestPUB7_TheIntervalCoversRounding: what 8 to 12 of 198 to 202 can be.
func TestPUB7_TheIntervalCoversRounding(t *testing.T) {
	content, _ := two(10, 200, 20, 400)
	rounded := content.Rate(Row{Failed: shown(10), Total: shown(200)})
	content.Method = disclosure.Exact
	exact := content.Rate(Row{Failed: shown(12), Total: shown(198)})
	if rounded.High < exact.High {
		t.Errorf("10 of 200, rounded, has %v; 12 of 198, which it may be, has %v", rounded, exact)
	}
}

func TestPUB7_FilesHaveTheSameFigures(t *testing.T) {
	content, _ := two(10, 200, 20, 400)
	content.Tables[0].Rows[1].Failed = Figure{N: 0, Mark: Confidential}
	content.Standing = Table{Key: StandingTable, Rows: []Row{{Name: All, Sort: Whole, Total: shown(700)}}}
	var out bytes.Buffer
	if err := content.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%v %v", err, rows)
	}
	for _, want := range []string{"T,2018-19,10-5,gender,Female,group,20,400,5.0", ",gender,Male,group,c,200,c,c,c", ",standing,All,all,z,700,z,z,z"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestPUB1_Plans(t *testing.T) {
	have := []asye.Cohort{2018, 2019}
	good := plan(disclosure.TenFive, 2018, 2019, "gender", "employer", "cohort")
	got, err := Planned(good, have)
	if err != nil || strings.Join(got.Tables, " ") != "gender employer cohort" {
		t.Errorf("%v %v", err, got.Tables)
	}
	for name, change := range map[string]func(*Plan){
		"title":   func(p *Plan) { p.Title = " " },
		"period":  func(p *Plan) { p.Period = strings.Repeat("x", 151) },
		"cohorts": func(p *Plan) { p.Cohorts = []asye.Cohort{2030} },
		"tables":  func(p *Plan) { p.Tables = []string{"shoe_size"} },
		"method":  func(p *Plan) { p.Method = disclosure.Exact },
	} {
		p := good
		change(&p)
		_, err := Planned(p, have)
		if fault.ProblemsOf(err).For(name) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, p := range []Plan{plan(disclosure.HESA, 2018, 2019, "employer"), plan(disclosure.TenFive, 2018, 2018, "cohort"), plan(disclosure.TenFive, 2018, 2019)} {
		if _, err := Planned(p, have); fault.ProblemsOf(err).For("tables") == "" {
			t.Errorf("%v is let through: %v", p.Tables, err)
		}
	}
}
