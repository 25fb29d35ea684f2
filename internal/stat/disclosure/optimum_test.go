package disclosure

import (
	"math/rand/v2"
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// safeWith tells whether hiding these cells protects a table: by the audit,
// which knows nothing of how they were chosen.
func safeWith(t testing.TB, tab Table, p Policy, primary map[int]Reason, extra []int) bool {
	hidden := map[int]bool{}
	for cell := range primary {
		hidden[cell] = true
	}
	for _, cell := range extra {
		hidden[cell] = true
	}
	figures := make([]Figure, tab.Lattice.Cells())
	for cell, x := range tab.Lattice.X {
		figures[cell] = Figure{Value: p.Value(x), Hidden: hidden[cell]}
	}
	report, err := Audit(tab, p, figures)
	if err != nil {
		t.Fatal(err)
	}
	return report.Safe
}

// fewestByForce tries every choice of at most most cells, smallest first.
func fewestByForce(t testing.TB, tab Table, p Policy, most int) int {
	primary := Primary(tab, p)
	var may []int
	for cell, x := range tab.Lattice.X {
		if _, is := primary[cell]; !is && x > 0 {
			may = append(may, cell)
		}
	}
	var choose func(from, left int, chosen []int) bool
	choose = func(from, left int, chosen []int) bool {
		if left == 0 {
			return safeWith(t, tab, p, primary, chosen)
		}
		for i := from; i <= len(may)-left; i++ {
			if choose(i+1, left-1, append(chosen, may[i])) {
				return true
			}
		}
		return false
	}
	for k := 0; k <= most; k++ {
		if choose(0, k, nil) {
			return k
		}
	}
	return -1
}

// near compares Suppress with the proven optimum over random small tables.
func near(t *testing.T, tables, most int, shape func(*rand.Rand) []lattice.Dim) {
	draw := rand.New(rand.NewPCG(7, 7))
	within, proven, best, mine := 0, 0, 0, 0
	for range tables {
		dims := shape(draw)
		n := 1
		for _, d := range dims {
			n *= len(d.Leaves)
		}
		tab := table(t, counts(draw, n), dims...)
		r, err := Suppress(tab, fives)
		if err != nil {
			t.Fatal(err)
		}
		if report, err := r.Audit(tab); err != nil || !report.Safe {
			t.Fatalf("not safe: %v %v", err, report.Narrow())
		}
		k := fewestByForce(t, tab, fives, min(most, len(r.Secondary)))
		if k < 0 {
			continue
		}
		proven++
		best += k
		mine += len(r.Secondary)
		if len(r.Secondary) <= k+1 {
			within++
		}
	}
	ratio := float64(mine) / float64(best)
	t.Logf("%d of %d proven; within one cell %d; ratio %.3f (%d for %d)", proven, tables, within, ratio, mine, best)
	if within*10 < proven*9 || ratio > 1.15 || proven*2 < tables {
		t.Errorf("too far from the fewest: %d of %d within one, ratio %.3f", within, proven, ratio)
	}
}

func TestFewestTwoWay(t *testing.T) {
	near(t, 40, 4, func(draw *rand.Rand) []lattice.Dim {
		return []lattice.Dim{dim("a", 3+draw.IntN(2)), dim("b", 3+draw.IntN(2))}
	})
}

// TestFewestThreeWay takes the optimum from the search by cuts, where it ends:
// trying all choices of seven cells and more is out of reach.
func TestFewestThreeWay(t *testing.T) {
	draw := rand.New(rand.NewPCG(7, 7))
	within, proven, best, mine := 0, 0, 0, 0
	for range 12 {
		tab := table(t, counts(draw, 8), dim("a", 2), dim("b", 2), dim("c", 2))
		r, err := Suppress(tab, fives)
		if err != nil {
			t.Fatal(err)
		}
		primary := Primary(tab, fives)
		k, ends := len(r.Secondary), true
		if k > 0 {
			k, ends = fewestByCuts(tab, fives, primary, k)
		}
		if !ends {
			continue
		}
		proven++
		best, mine = best+k, mine+len(r.Secondary)
		if len(r.Secondary) <= k+1 {
			within++
		}
	}
	ratio := float64(mine) / float64(best)
	t.Logf("%d of 12 proven; within one cell %d; ratio %.3f (%d for %d)", proven, within, ratio, mine, best)
	if within*10 < proven*9 || ratio > 1.15 || proven < 6 {
		t.Errorf("too far from the fewest: %d of %d within one, ratio %.3f", within, proven, ratio)
	}
}

// fewestByCuts runs the search to its end, from nothing.
func fewestByCuts(tab Table, p Policy, primary map[int]Reason, most int) (int, bool) {
	h := &hunt{pl: tab.plan(p, primary, tab.withCuts), never: map[int]bool{}, checks: 60_000}
	h.risk = h.pl.primary
	for h.depth = 0; h.depth <= most; h.depth++ {
		h.limit = 1 << 62
		if h.visit(0); h.best != nil {
			return h.depth, true
		}
		if h.checks <= 0 {
			return 0, false
		}
	}
	return most, false
}
