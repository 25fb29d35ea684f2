package publication

import (
	"math/rand/v2"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
)

func made1(seed uint64, m mix) *Book {
	return &Book{Base: Counted(m.people(rand.New(rand.NewPCG(seed, 5))))}
}

// TestPUB2_SmallTotals: a cohort of which fewer than ten failed is not released
// by itself, nor as the difference of two groups of cohorts.
func TestPUB2_SmallTotals(t *testing.T) {
	b := made1(3, mix{cohorts: 3, employers: 4, each: 40, fails: 0.05})
	failed := func(from, to int) int {
		c := texts(from, to)
		return b.Base.sum(byCohort, c, c, []string{"failed"}).People
	}
	if n := failed(2020, 2020); n == 0 || n >= Threshold || failed(2018, 2019) < Threshold {
		t.Fatalf("the country does not fit: %d failed in the last cohort, %d before", n, failed(2018, 2019))
	}
	_, _, err := b.Prepare(plan(disclosure.TenFive, 2020, 2020, "gender"))
	if fault.ProblemsOf(err).For("cohorts") == "" {
		t.Errorf("a cohort with a small total is released: %v", err)
	}
	c, _, err := b.Prepare(plan(disclosure.TenFive, 2018, 2020, "gender"))
	if err != nil {
		t.Fatal(err)
	}
	b.Past = append(b.Past, c)
	if _, _, err = b.Prepare(plan(disclosure.TenFive, 2018, 2019, "gender")); fault.ProblemsOf(err).For("cohorts") == "" {
		t.Errorf("two releases differ by a cohort with a small total: %v", err)
	}
}

func texts(from, to int) []string {
	return Texts(plan(disclosure.TenFive, from, to).Cohorts)
}

// TestPUB1_OneMethod: what was released with one method stays with it.
func TestPUB1_OneMethod(t *testing.T) {
	b := made1(4, mix{cohorts: 2, employers: 6, each: 60, fails: 0.1})
	for _, m := range Methods() {
		b.Past = nil
		c, _, err := b.Prepare(plan(m, 2018, 2019, "gender", "ethnicity"))
		if err != nil {
			t.Errorf("%s: %v", m, err)
			continue
		}
		b.Past = []Content{c}
		for _, other := range Methods() {
			_, _, err := b.Prepare(plan(other, 2018, 2019, "gender"))
			if (err != nil) != (other != m) {
				t.Errorf("%s after %s: %v", other, m, err)
			}
		}
	}
}

// TestPUB2_Methods: what each does to counts.
func TestPUB2_Methods(t *testing.T) {
	b := made1(5, mix{cohorts: 1, employers: 6, each: 50, fails: 0.1})
	for _, m := range Methods() {
		c, review, err := b.Prepare(plan(m, 2018, 2018, "gender", "disability"))
		if err != nil {
			t.Errorf("%s: %v", m, err)
			continue
		}
		for _, table := range c.Tables {
			for _, r := range table.Rows {
				if m != disclosure.CellKey && (r.Failed.N%5 != 0 || r.Total.N%5 != 0) || m == disclosure.HESA && r.Failed.Mark != Shown {
					t.Errorf("%s: %s %+v", m, table.Name, r)
				}
			}
		}
		if m == disclosure.HESA {
			for _, f := range review.Families {
				for _, x := range f.Report.Ranges {
					if x.High-x.Low < 2 {
						t.Errorf("%s: %s is known", m, x.Label)
					}
				}
			}
		}
	}
}

// TestPUB2_NoiseIsRefused: with noise, a release of which a group, less one that
// was released before, is a few people is refused: the men of one cohort.
func TestPUB2_NoiseIsRefused(t *testing.T) {
	b := made1(6, mix{cohorts: 2, employers: 6, each: 12, fails: 0.5})
	c, _, err := b.Prepare(plan(disclosure.CellKey, 2018, 2019, "gender"))
	if err != nil {
		t.Fatal(err)
	}
	b.Past = []Content{c}
	_, _, err = b.Prepare(plan(disclosure.CellKey, 2018, 2018, "gender"))
	if err == nil || !strings.Contains(err.Error(), "differ by fewer than 10 people") {
		t.Errorf("the men of 2019-20 are a few, and the answer is %v", err)
	}
}

// TestPUB4_AgainTheSame: the same records give the same release to the last bit,
// or nobody could approve what they saw.
func TestPUB4_AgainTheSame(t *testing.T) {
	p := plan(disclosure.TenFive, 2018, 2019, "gender", "ethnicity", "ethnic_background", "region", "employer", "cohort")
	first := ""
	for range 4 {
		b := made1(8, mix{cohorts: 2, employers: 14, each: 30, fails: 0.06})
		c, _, err := b.Prepare(p)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = c.Hash()
		}
		if c.Hash() != first {
			t.Fatal("the same records give another release")
		}
	}
}
