package publication

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/stat/disclosure"
)

// group is how many of a row passed and failed.
type group struct {
	row            string
	passed, failed int
}

// put counts the people of a cohort by gender, and as everybody.
func (b Base) put(cohort int, groups ...group) {
	for _, g := range groups {
		for result, n := range map[string]int{equality.Passed: g.passed, equality.Failed: g.failed} {
			c := asye.Cohort(cohort)
			b.add(Place{"gender", g.row, c, result}, Amount{People: n})
			b.add(Place{byCohort, c.String(), c, result}, Amount{People: n})
			b.add(Place{Family: bySitting, Leaf: Decided, Cohort: c}, Amount{People: n})
		}
	}
}

// release publishes a table by gender.
func (b *Book) release(t *testing.T, from, to int) {
	t.Helper()
	c, _, err := b.Prepare(plan(disclosure.TenFive, from, to, "gender"))
	if err != nil {
		return // which is safe
	}
	b.Past = append(b.Past, c)
}

// attacked fails if somebody with the releases of a book knows a small count.
func (b *Book) attacked(t *testing.T) {
	t.Helper()
	a := attack(b.Base, b.Past)
	a.work()
	if wrong := a.wrong(b.Base); len(wrong) > 0 {
		t.Fatalf("the attacker errs about %v", wrong)
	}
	for _, found := range a.finds(b.Base) {
		t.Errorf("the attacker knows %s, of %+v", found, b.Past[len(b.Past)-1].Tables)
	}
}

// TestPUB2_HiddenIsNotNone: a total of 0 is shown, and so one that is hidden is
// 1 or more; so are the fails of 10 people or more. That makes the range of a count narrower than without.
func TestPUB2_HiddenIsNotNone(t *testing.T) {
	for _, groups := range [][]group{{{"a", 12, 12}, {"b", 1, 0}, {"c", 17, 4}}, {{"a", 12, 10}, {"b", 30, 3}, {"c", 22, 30}}} {
		b := &Book{Base: Base{}}
		b.Base.put(2018, groups...)
		b.release(t, 2018, 2018)
		b.attacked(t)
	}
}

// TestPUB2_RowsTogether: two small rows are a small count together, which is
// what is left when the other two, of 10 to 12 each, are taken from all.
func TestPUB2_RowsTogether(t *testing.T) {
	b := &Book{Base: Base{}}
	b.Base.put(2018, group{"a", 10, 10}, group{"b", 12, 5}, group{"c", 17, 4}, group{"d", 5, 10})
	b.release(t, 2018, 2018)
	b.attacked(t)
}

// TestPUB2_MissingRows: whoever has a table knows that nobody was in the rows
// that it does not have, also when a later year has them.
func TestPUB2_MissingRows(t *testing.T) {
	for seed := range uint64(100) {
		draw := rand.New(rand.NewPCG(seed, 78))
		b := &Book{Base: Base{}}
		sizes := []int{0, 1, 2, 3, 4, 5, 7, 10, 11, 12, 12, 12, 14, 17}
		fails := append(slices.Clone(sizes), 0, 0, 0, 0, 0, 0)
		for year := range 2 {
			for row := range 3 + draw.IntN(2) {
				if g := (group{strconv.Itoa(row), sizes[draw.IntN(len(sizes))], fails[draw.IntN(len(fails))]}); draw.IntN(3) > 0 {
					g.passed += 12 * boolean(g.passed+g.failed == 0)
					b.Base.put(2018+year, g)
				}
			}
		}
		all := b.Base
		b.Base = all.Of([]asye.Cohort{2018}) // of the second year nothing is known when the first is released
		b.release(t, 2018, 2018)
		b.Base = all
		b.release(t, 2018, 2019)
		b.release(t, 2019, 2019)
		if len(b.Past) > 0 {
			b.attacked(t)
		}
	}
}

// TestPUB2_RowsOfOthers: that a row is there tells nothing of other cohorts.
func TestPUB2_RowsOfOthers(t *testing.T) {
	b := &Book{Base: Base{}}
	b.Base.put(2018, group{"a", 20, 12}, group{"of 2018 alone", 1, 0})
	b.Base.put(2019, group{"a", 20, 12}, group{"c", 20, 12})
	b.release(t, 2019, 2019)
	if _, there := b.Past[0].Tables[0].Row("of 2018 alone", Group); there {
		t.Error("a table of 2019-20 has a row for somebody of 2018-19, of which nothing was released")
	}
}

// TestPUB2_AnEmployerKnowsItsOwn: of a region of two employers, one takes off
// its own, which it sees exactly (EQU-19), and has the other's.
func TestPUB2_AnEmployerKnowsItsOwn(t *testing.T) {
	b := &Book{Base: Base{}}
	for leaf, g := range map[string]group{"e1|London|x": {"", 40, 12}, "e2|London|x": {"", 40, 4}, "e3|Leeds|x": {"", 40, 15}, "e4|Leeds|x": {"", 40, 15},
		"e5|York|x": {"", 40, 15}, "e6|York|x": {"", 40, 15}} {
		b.Base.put(2018, group{"a", g.passed, g.failed})
		for result, n := range map[string]int{equality.Passed: g.passed, equality.Failed: g.failed} {
			b.Base.add(Place{byPlace, leaf, 2018, result}, Amount{People: n})
		}
	}
	c, _, err := b.Prepare(plan(disclosure.TenFive, 2018, 2018, "region"))
	if err != nil {
		t.Fatal(err)
	}
	if r, _ := c.Tables[0].Row("London", Group); r.Failed.Mark == Shown {
		t.Errorf("16 who failed are shown as %d: the employer that knows of its 12 knows that 1 to 5 failed at the other", r.Failed.N)
	}
}

// TestPUB2_AnEmployerKnowsAllOthers: the same with the whole country, whose
// totals are taken to be known.
func TestPUB2_AnEmployerKnowsAllOthers(t *testing.T) {
	b := &Book{Base: Base{}}
	b.Base.put(2018, group{"a", 80, 16})
	for leaf, failed := range map[string]int{"e1|London|x": 12, "e2|Leeds|x": 4} {
		b.Base.add(Place{byPlace, leaf, 2018, equality.Passed}, Amount{People: 40})
		b.Base.add(Place{byPlace, leaf, 2018, equality.Failed}, Amount{People: failed})
	}
	if _, _, err := b.Prepare(plan(disclosure.TenFive, 2018, 2018, "gender")); fault.ProblemsOf(err).For("cohorts") == "" {
		t.Errorf("16 failed, 12 of them at one employer, and the answer is %v", err)
	}
}
