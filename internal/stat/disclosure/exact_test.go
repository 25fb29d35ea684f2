package disclosure

import (
	"math/rand/v2"
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// everyTable visits every table of n whole counts with a sum.
func everyTable(n, sum int, visit func([]int)) {
	at := make([]int, n)
	var fill func(i, left int)
	fill = func(i, left int) {
		if i == n-1 {
			at[i] = left
			visit(at)
			return
		}
		for at[i] = 0; at[i] <= left; at[i]++ {
			fill(i+1, left-at[i])
		}
	}
	fill(0, sum)
}

// allowed is what figures say about a table, from first principles.
func allowed(tab Table, p Policy, figures []Figure, x []int, sharp bool) bool {
	for cell, f := range figures {
		truth := tab.Lattice.X[cell]
		switch {
		case tab.Shown != nil && !tab.Shown[cell]:
		case sharp && f.Hidden && truth > 0 && x[cell] < 1:
			return false
		case f.Hidden:
		case p.Method == Exact && x[cell] != f.Value:
			return false
		case p.Method == HESA && (x[cell]+2)/5*5 != f.Value:
			return false
		case p.Method == TenFive && f.Value == 0 && x[cell] != 0:
			return false
		case p.Method == TenFive && f.Value > 0 && (x[cell] < p.Threshold || (x[cell]+2)/5*5 != f.Value):
			return false
		}
	}
	return true
}

// byForce holds every range of an audit against all tables that there can be.
func byForce(t *testing.T, tab Table, p Policy, figures []Figure) int {
	t.Helper()
	report, err := Audit(tab, p, figures)
	if err != nil {
		t.Fatal(err)
	}
	low, high, sharpLow, sharpHigh := map[int]int{}, map[int]int{}, map[int]int{}, map[int]int{}
	leaves := len(tab.Lattice.Leaves())
	total := tab.Lattice.X[tab.Lattice.Cells()-1]
	most := total + 4
	if p.Method == Exact {
		most = total
	}
	for sum := max(0, total-4); sum <= most; sum++ {
		everyTable(leaves, sum, func(at []int) {
			x := tab.Lattice.Sums(at)
			if allowed(tab, p, figures, x, false) {
				widen(report.Ranges, x, low, high)
			}
			if allowed(tab, p, figures, x, true) {
				widen(report.Ranges, x, sharpLow, sharpHigh)
			}
		})
	}
	for _, r := range report.Ranges {
		if !r.Exact || int(r.Low) != low[r.Cell] || int(r.High) != high[r.Cell] {
			t.Errorf("%s: [%d, %d] exact %v, by force [%d, %d]", r.Label, r.Low, r.High, r.Exact, low[r.Cell], high[r.Cell])
		}
		if sharp := sharpHigh[r.Cell] - sharpLow[r.Cell]; p.Sharp > 0 && int(r.Sharp) != sharp {
			t.Errorf("%s: %d wide to the sharp attacker, by force %d", r.Label, r.Sharp, sharp)
		}
		if d, ok := r.Certificate.Distance(tab, p, figures); !ok || d != int(r.High-r.Low) {
			t.Errorf("%s: the certificate is %d wide (%v), the range %d", r.Label, d, ok, r.High-r.Low)
		}
	}
	return len(report.Ranges)
}

func widen(ranges []Range, x []int, low, high map[int]int) {
	for _, r := range ranges {
		if old, ok := low[r.Cell]; !ok || x[r.Cell] < old {
			low[r.Cell] = x[r.Cell]
		}
		high[r.Cell] = max(high[r.Cell], x[r.Cell])
	}
}

func TestRangesAgainstEveryTable(t *testing.T) {
	shapes := [][]lattice.Dim{
		{dim("a", 2), dim("b", 3)}, {dim("a", 3), dim("b", 2)}, {dim("a", 2), dim("b", 2), dim("c", 2)}, {dim("a", 6)},
		{{Name: "a", Leaves: []string{"1", "2", "3"}, Groups: []lattice.Group{{Name: "12", Leaves: []int{0, 1}}, {Name: "23", Leaves: []int{1, 2}}, lattice.All(3)}}, dim("b", 2)},
	}
	draw := rand.New(rand.NewPCG(1, 9))
	seen := 0
	for round := range 75 {
		dims := shapes[round%len(shapes)]
		n := 1
		for _, d := range dims {
			n *= len(d.Leaves)
		}
		c := make([]int, n)
		for range 5 + draw.IntN(7) {
			c[draw.IntN(n)]++
		}
		tab := table(t, c, dims...)
		p := []Policy{fives, {Audience: Public, Method: TenFive, Threshold: 3, Width: 5, Sharp: 3}, {Audience: Public, Method: HESA, Threshold: 5, Width: 2}}[round%3]
		tab.Shown = make([]bool, tab.Lattice.Cells())
		figures := make([]Figure, tab.Lattice.Cells())
		for cell, x := range tab.Lattice.X {
			last := cell == len(figures)-1
			tab.Shown[cell] = last || draw.IntN(4) > 0
			figures[cell] = Figure{Value: p.Value(x), Hidden: !tab.Shown[cell] || !last && p.Hides() && (x > 0 && x < p.Threshold || draw.IntN(3) == 0)}
		}
		seen += byForce(t, tab, p, figures)
	}
	t.Logf("%d ranges", seen)
}
