package publication

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/proof"
	"example.org/asye/internal/stat/disclosure"
)

// script draws what is released one after the other: cumulated years and single
// ones, regions and then their employers, one characteristic after another.
func script(draw *rand.Rand, cohorts int) []Plan {
	tables := [][]string{{"gender", "ethnicity"}, {"ethnic_group"}, {"ethnic_background", "disability"}, {"region"}, {"region", "employer"},
		{"employer", "employer_type"}, {"cohort", "gender"}, {"deferrals", "age_band", "route"}, {"gender", "region", "cohort"}}
	last := 2018 + cohorts - 1
	var out []Plan
	for range 3 + draw.IntN(3) {
		from := 2018 + draw.IntN(cohorts)
		to := from + draw.IntN(last-from+1)
		list := slices.Clone(tables[draw.IntN(len(tables))])
		if from == to {
			list = slices.DeleteFunc(list, func(key string) bool { return key == CohortTable })
		}
		if len(list) > 0 {
			out = append(out, plan(disclosure.TenFive, from, to, list...))
		}
	}
	return out
}

// seen is what came of all sets.
type seen struct{ sets, released, refused, ranges, found, facts int }

// one publishes a script of a made-up country, and attacks after each release.
func (s *seen) one(t *testing.T, seed uint64) {
	draw := rand.New(rand.NewPCG(seed, 23))
	m := mix{cohorts: 1 + draw.IntN(3), employers: 3 + draw.IntN(8), each: 4 + 40*draw.Float64(), fails: 0.02 + 0.2*draw.Float64()}
	cube := m.people(draw)
	b := &Book{Base: Counted(cube)}
	s.sets++
	for _, p := range script(draw, m.cohorts) {
		c, review, err := b.Prepare(p)
		if err != nil {
			s.refused++
			if strings.Contains(err.Error(), "cannot be proven safe") {
				t.Errorf("set %d, %s: what was hidden does not pass its own audit: %v", seed, p.Title, err)
			}
			continue
		}
		b.Past = append(b.Past, c)
		s.released++
		s.ranges += review.Ranges()
		a := attack(b.Base, b.Past)
		a.work()
		s.facts += len(a.order)
		if wrong := a.wrong(b.Base); len(wrong) > 0 {
			t.Fatalf("set %d: the attacker errs about %v", seed, wrong[0])
		}
		found := append(a.finds(b.Base), crossed(a, cube)...)
		s.found += len(found)
		if len(found) > 0 {
			t.Errorf("set %d, %s: the attacker knows %s", seed, p.Title, found[0])
		}
	}
}

// sets is how many countries are made up.
func sets() int {
	if n, err := strconv.Atoi(os.Getenv("SETS")); err == nil {
		return n
	}
	return 40
}

// TestPUB2_NothingCanBeWorkedOut releases figures of made-up countries, and
// attacks them with everything that is public.
func TestPUB2_NothingCanBeWorkedOut(t *testing.T) {
	var s seen
	for i := range sets() {
		s.one(t, uint64(i))
	}
	t.Logf("%+v", s)
	if s.released < s.sets || s.ranges < 10*s.sets {
		t.Errorf("%d releases of %d sets, with %d small counts: too few to say anything", s.released, s.sets, s.ranges)
	}
}

// TestPUB2_RealShapes releases figures of countries of the size of the real one:
// the published margins, and 202 employers.
func TestPUB2_RealShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("a country of 202 employers takes seconds")
	}
	began := time.Now()
	b, cube := real()
	for _, p := range []Plan{plan(disclosure.TenFive, 2018, 2020, "gender", "ethnicity", "deferrals"), plan(disclosure.TenFive, 2018, 2021, "gender", "ethnicity", "ethnic_group", "region"),
		plan(disclosure.TenFive, 2018, 2021, "employer", "cohort")} {
		c, review, err := b.Prepare(p)
		if err != nil {
			t.Errorf("%s: %v", p.Title, err)
			continue
		}
		b.Past = append(b.Past, c)
		t.Logf("%s: %d small counts, %.1f s", p.Title, review.Ranges(), time.Since(began).Seconds())
	}
	a := attack(b.Base, b.Past)
	a.work()
	if found := append(a.finds(b.Base), crossed(a, cube)...); len(found) > 0 || len(a.wrong(b.Base)) > 0 {
		t.Errorf("the attacker knows %v", found)
	}
}

// twins are the mistakes that the net must see.
var twins = []struct {
	what string
	edit []proof.Edit
}{
	{"secondary suppression switched off: the audit refuses", []proof.Edit{{File: "internal/equality/publication/prepare.go", Old: "	report, err := r.Audit(t)\n", New: tell + "	report, err := r.Audit(t)\n"}}},
	{"secondary suppression and the audit switched off: the attacker finds counts", []proof.Edit{{File: "internal/equality/publication/prepare.go", Old: "	report, err := r.Audit(t)\n",
		New: tell + "	report := disclosure.Report{Safe: true, Ranges: make([]disclosure.Range, 99)}\n"}}},
	{"earlier releases forgotten: the attacker finds counts", []proof.Edit{{File: "internal/equality/publication/book.go", Old: "	for _, c := range b.Past {\n		for _, t := range c.all() {", New: "	for _, c := range b.Past[:0] {\n		for _, t := range c.all() {"},
		{File: "internal/equality/publication/book.go", Old: "		out = append(out, c.Cohorts)\n", New: "		_ = c\n"}}},
}

// leftOver is one more: it takes more countries to see it.
var leftOver = proof.Edit{File: "internal/equality/publication/differences.go", Old: "	return append(out, s.together(cohorts)...)",
	New: "	_ = out\n	return s.together(cohorts)[:0]"}

// tell shows what only protects others.
const tell = "	for _, c := range r.Secondary {\n		r.Figures[c] = disclosure.Figure{Value: p.Value(t.Lattice.X[c])}\n	}\n"

// TestNetPublication is the net: many countries, and its twins.
func TestNetPublication(t *testing.T) {
	if testing.Short() || os.Getenv("SETS") == "" {
		t.Skip("runs with make net-publication; its short form is TestPUB2")
	}
	began := time.Now()
	var s seen
	for i := range sets() {
		s.one(t, uint64(i))
	}
	took := time.Since(began).Seconds()
	t.Setenv("SETS", "40")
	said := ""
	for _, twin := range twins {
		proof.Noticed(t, "./internal/equality/publication", "TestPUB2_NothingCanBeWorkedOut", twin.edit...)
		said += twin.what + ". "
	}
	t.Setenv("SETS", "200")
	proof.Noticed(t, "./internal/equality/publication", "TestPUB2_NothingCanBeWorkedOut", leftOver)
	said += "What is left when rows are taken from others forgotten: the attacker finds counts."
	proof.Keep(t, proof.Result{Net: "publication", Part: proof.NobodyIn,
		Promise: "Nobody who has every release, of every table and year, can work out a small count.",
		Saw: fmt.Sprintf("%d made-up countries, %d releases that passed the audit and %d that were refused, %d small counts proven to have a range at least 5 wide, in %.0f s; an attacker with all releases made %d facts by adding and subtracting, crossings of two characteristics among them: %d small counts found.",
			s.sets, s.released, s.refused, s.ranges, took, s.facts, s.found),
		Twin: said, Command: fmt.Sprintf("make net-publication SETS=%d", s.sets)})
}
