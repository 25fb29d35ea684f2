package disclosure

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// scene is a population and the tables that are published of it one after the
// other.
type scene struct {
	name string
	make func(draw *rand.Rand) (dims []lattice.Dim, outcome *Outcome, asked []Asked)
}

func leaves(d lattice.Dim) []lattice.Group {
	var out []lattice.Group
	for i, name := range d.Leaves {
		out = append(out, lattice.Group{Name: name, Leaves: []int{i}})
	}
	return out
}

func withTotal(d lattice.Dim) []lattice.Group { return append(leaves(d), lattice.All(len(d.Leaves))) }

// regions are employers in pairs and threes, with the nation.
func regions(employers int) []lattice.Group {
	var out []lattice.Group
	for from := 0; from < employers; from += 3 {
		g := lattice.Group{Name: "region" + strconv.Itoa(from/3)}
		for i := from; i < min(from+3, employers); i++ {
			g.Leaves = append(g.Leaves, i)
		}
		out = append(out, g)
	}
	return append(out, lattice.All(employers))
}

// cumulated are all years up to each.
func cumulated(years int) []lattice.Group {
	var out []lattice.Group
	for y := 1; y <= years; y++ {
		g := lattice.All(y)
		g.Name = "to " + strconv.Itoa(y)
		out = append(out, g)
	}
	return out
}

var scenes = []scene{
	{"employer by ethnicity, then by gender", func(draw *rand.Rand) ([]lattice.Dim, *Outcome, []Asked) {
		e, g, s := dim("employer", 2+draw.IntN(4)), dim("ethnicity", 2+draw.IntN(2)), dim("gender", 2)
		return []lattice.Dim{e, g, s}, nil, []Asked{{withTotal(e), withTotal(g), nil}, {withTotal(e), nil, withTotal(s)}}
	}},
	{"nation and regions, then employers", func(draw *rand.Rand) ([]lattice.Dim, *Outcome, []Asked) {
		e, g := dim("employer", 4+draw.IntN(5)), dim("ethnicity", 2+draw.IntN(3))
		return []lattice.Dim{e, g}, nil, []Asked{{regions(len(e.Leaves)), withTotal(g)}, {append(regions(len(e.Leaves)), leaves(e)...), withTotal(g)}}
	}},
	{"cumulated years, then single years", func(draw *rand.Rand) ([]lattice.Dim, *Outcome, []Asked) {
		y, g := dim("year", 2+draw.IntN(3)), dim("ethnicity", 2+draw.IntN(3))
		return []lattice.Dim{y, g}, nil, []Asked{{cumulated(len(y.Leaves)), withTotal(g)}, {leaves(y), withTotal(g)}}
	}},
	{"all, then all without one employer", func(draw *rand.Rand) ([]lattice.Dim, *Outcome, []Asked) {
		e, g := dim("employer", 3+draw.IntN(4)), dim("ethnicity", 2+draw.IntN(3))
		n := len(e.Leaves)
		most := lattice.Group{Name: "all but one", Leaves: lattice.All(n - 1).Leaves}
		return []lattice.Dim{e, g}, nil, []Asked{{{lattice.All(n)}, withTotal(g)}, {{most}, withTotal(g)}, {withTotal(e), withTotal(g)}}
	}},
	{"outcomes by employer, nobody and everybody", func(draw *rand.Rand) ([]lattice.Dim, *Outcome, []Asked) {
		e, o := dim("employer", 3+draw.IntN(6)), dim("outcome", 2)
		return []lattice.Dim{e, o}, &Outcome{Dim: 1, Adverse: []int{1}}, []Asked{{append(regions(len(e.Leaves)), leaves(e)...), withTotal(o)}}
	}},
	{"three characteristics at once", func(draw *rand.Rand) ([]lattice.Dim, *Outcome, []Asked) {
		e, g, s := dim("employer", 2+draw.IntN(3)), dim("ethnicity", 2+draw.IntN(2)), dim("gender", 2)
		return []lattice.Dim{e, g, s}, nil, []Asked{{withTotal(e), withTotal(g), withTotal(s)}}
	}},
}

// tally is what came of all data sets.
type tally struct {
	released, refused, sensitive, narrow, found int
}

// play publishes the tables of a scene, and attacks after each.
func (s scene) play(t *testing.T, draw *rand.Rand, p Policy, sum *tally) {
	dims, outcome, asked := s.make(draw)
	n := 1
	for _, d := range dims {
		n *= len(d.Leaves)
	}
	c := counts(draw, n)
	ledger := &Ledger{Dims: dims, Outcome: outcome}
	var seen []Figure
	for i, q := range asked {
		tab, err := ledger.Table(c, q)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Suppress(tab, p)
		if err != nil {
			sum.refused++
			continue
		}
		report, err := ledger.Publish(strconv.Itoa(i), tab, r)
		if err != nil {
			t.Errorf("%s: %v %v", s.name, err, report.Narrow())
			return
		}
		sum.released++
		sum.sensitive += len(report.Ranges)
		sum.narrow += len(report.Narrow())
		seen = r.Figures
		sum.found += len(attackAll(tab, p, seen).finds(Primary(tab, p), tab.told, p.Width))
	}
}

// attackAll has the figures of a table and of all that came before it.
func attackAll(tab Table, p Policy, figures []Figure) *attacker {
	a := attack(tab.Lattice)
	for cell, f := range figures {
		if tab.shows(cell) {
			a.read(p, cell, f)
		}
	}
	for cell := range tab.Before {
		if tab.told(cell) {
			a.read(p, cell, Figure{Value: p.Value(tab.Lattice.X[cell])})
		}
	}
	a.work()
	return a
}

// TestNothingCanBeWorkedOut publishes ten thousand data sets and attacks every one;
// ASYE_DISCLOSURE_SETS says otherwise.
func TestNothingCanBeWorkedOut(t *testing.T) {
	sets := 10_000
	if testing.Short() {
		sets = 72
	}
	if n, err := strconv.Atoi(os.Getenv("ASYE_DISCLOSURE_SETS")); err == nil {
		sets = n
	}
	policies := []Policy{fives, {Audience: Employer, Method: Exact, Threshold: 5, Group: 5, Width: 5, Sharp: 3},
		{Audience: Public, Method: TenFive, Threshold: 10, Group: 10, Width: 5, Sharp: 3}}
	sums := make([]tally, len(scenes))
	for i := range sets {
		draw := rand.New(rand.NewPCG(uint64(i), 4))
		scenes[i%len(scenes)].play(t, draw, policies[i/len(scenes)%len(policies)], &sums[i%len(scenes)])
	}
	for i, s := range sums {
		t.Logf("%-44s %+v", scenes[i].name, s)
		if s.narrow > 0 || s.found > 0 {
			t.Errorf("%s: %d ranges are narrow and the attacker found %d", scenes[i].name, s.narrow, s.found)
		}
	}
}
