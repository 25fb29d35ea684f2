package crosstab

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"example.org/asye/internal/stat/figure"
)

// brute goes through every table with the same margins in whole numbers.
func brute(cells [][]int64) (ffh, ties, observed float64) {
	rows, cols := sums(cells)
	weigh := func(t [][]int64) *big.Int { // the product of factorials: the smaller, the likelier
		w := big.NewInt(1)
		for _, row := range t {
			for _, x := range row {
				w.Mul(w, new(big.Int).MulRange(1, x))
			}
		}
		return w
	}
	mine := weigh(cells)
	all, like, tied := new(big.Rat), new(big.Rat), new(big.Rat)
	limit := new(big.Rat).Mul(new(big.Rat).SetInt(mine), big.NewRat(10_000_000, 10_000_001))
	t := make([][]int64, len(rows))
	for i := range t {
		t[i] = make([]int64, len(cols))
	}
	var fill func(i, j int)
	fill = func(i, j int) {
		if j == len(cols) {
			w := weigh(t)
			p := new(big.Rat).SetFrac(big.NewInt(1), w)
			all.Add(all, p)
			if new(big.Rat).SetInt(w).Cmp(limit) >= 0 {
				like.Add(like, p)
			}
			if w.Cmp(mine) >= 0 {
				tied.Add(tied, p)
			}
			return
		}
		if i == len(rows)-1 {
			if cols[j] <= rows[i] {
				t[i][j] = cols[j]
				rows[i] -= cols[j]
				fill(0, j+1)
				rows[i] += cols[j]
			}
			return
		}
		for x := int64(0); x <= min(rows[i], cols[j]); x++ {
			t[i][j] = x
			rows[i] -= x
			cols[j] -= x
			fill(i+1, j)
			rows[i] += x
			cols[j] += x
		}
	}
	fill(0, 0)
	share := func(r *big.Rat) float64 { f, _ := new(big.Rat).Quo(r, all).Float64(); return f }
	return share(like), share(tied), share(new(big.Rat).SetFrac(big.NewInt(1), mine))
}

func near(t *testing.T, what string, got figure.Figure, want, bar float64) {
	t.Helper()
	if far := math.Abs(float64(got)/want - 1); !(far <= bar) {
		t.Errorf("%s is %.17g, want %.17g: off by %.2g", what, float64(got), want, far)
	}
}

func TestExactAgainstEveryTable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		rows, cols := 2+random.IntN(3), 2+random.IntN(3)
		most := []int64{0, 0, 0, 0, 8, 6, 4, 3, 3}[rows+cols]
		cells := make([][]int64, rows)
		for i := range cells {
			for range cols {
				cells[i] = append(cells[i], random.Int64N(most))
			}
		}
		r, err := Test(cells, Effort)
		if err != nil {
			continue
		}
		ffh, ties, observed := brute(cells)
		near(t, "ffh", r.FFH, ffh, 1e-12)
		near(t, "ffh_exact_ties", r.FFHTies, ties, 1e-12)
		near(t, "p_obs", r.Observed, observed, 1e-12)
		turned, _ := Test(turn(cells), Effort)
		near(t, "ffh of the table on its side", turned.FFH, ffh, 1e-12)
		near(t, "chisq of the table on its side", turned.ChiSq, float64(r.ChiSq), 1e-13)
		large := centredOnly(t, cells)
		near(t, "ffh by centred weights", figure.Figure(large), ffh, 1e-12)
	}
}

// centredOnly computes as for a table that counts too many people to sort its nodes.
func centredOnly(t *testing.T, cells [][]int64) float64 {
	t.Helper()
	c, err := read(cells)
	if err != nil {
		t.Fatal(err)
	}
	p, _, ok := c.lying().exactWith(Effort, 0)
	if !ok {
		t.Fatal("too much work")
	}
	return p
}

func turn(cells [][]int64) [][]int64 {
	out := make([][]int64, len(cells[0]))
	for _, row := range cells {
		for j, x := range row {
			out[j] = append(out[j], x)
		}
	}
	return out
}

func TestDeferrals(t *testing.T) { // the published figures of statistics on deferrals: 10 of 1110, 9 of 409, 5 of 141
	r, err := Test([][]int64{{10, 1100}, {9, 400}, {5, 136}}, Effort)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(float64(r.FFH)-0.01096) > 5e-6 {
		t.Errorf("ffh is %v", r.FFH)
	}
}

// TestDrawnIsExact: where both can be had, the interval about the drawn probability holds the exact one.
func TestDrawnIsExact(t *testing.T) {
	for _, cells := range [][][]int64{{{9, 27}, {6, 21}, {30, 100}, {9, 40}}, {{3, 1, 2}, {5, 5, 1}, {0, 4, 6}}, {{120, 90, 60}, {100, 99, 70}},
		{{30, 3000}, {20, 2900}, {25, 2000}}, {{1, 1, 1, 1}, {0, 2, 5, 1}}} {
		c, err := read(cells)
		if err != nil {
			t.Fatal(err)
		}
		exact, _, ok := c.lying().exact(Effort)
		drawn := c.lying().draw(fewer)
		if !ok || exact < float64(drawn.CI[0]) || exact > float64(drawn.CI[1]) {
			t.Errorf("%v: %v is not in %v to %v", cells, exact, drawn.CI[0], drawn.CI[1])
		}
	}
}

// TestTooMuch: nothing that can be done is refused beforehand, and what cannot be done is.
func TestTooMuch(t *testing.T) {
	c, _ := read([][]int64{{9, 27}, {6, 21}, {30, 100}, {9, 40}})
	steps := 0
	for effort := 1 << 20; effort > 0; effort /= 2 {
		if _, _, ok := c.lying().exact(effort); ok {
			steps = effort
		}
	}
	if c.lying().ordered().tooMuch(steps) {
		t.Errorf("%d steps are enough, and refused beforehand", steps)
	}
	six, _ := read([][]int64{{3, 5, 2, 6, 1, 8}, {2, 7, 3, 4, 9, 1}, {5, 5, 1, 1, 3, 6}, {2, 2, 8, 3, 1, 1}, {7, 1, 1, 9, 2, 3}, {1, 6, 3, 1, 5, 3}})
	if ways := six.lying().ordered().ways(); ways < Effort {
		t.Errorf("six by six are thought to take %v steps", ways)
	}
	large, _ := read([][]int64{{96000, 2704000}, {68000, 2132000}, {30000, 1000000}})
	if !large.lying().ordered().tooMuch(Effort) {
		t.Error("ten million are not refused beforehand")
	}
}

// TestMark: products have the sum of the marks of their factors.
func TestMark(t *testing.T) {
	for a := uint64(1); a < 200; a++ {
		for b := uint64(1); b < 200; b++ {
			if mark(a*b) != mark(a)+mark(b) {
				t.Fatalf("%d times %d", a, b)
			}
		}
	}
	if mark(25) != 2*scatter(5) || mark(49) != 2*scatter(7) || mark(1) != 0 || mark(7) != scatter(7) || mark(101) != scatter(101) {
		t.Error("the mark of a prime is not what stands for it")
	}
}

// TestChance: what was drawn stands in only where neither exact work nor chi-square can be had, since it cannot tell a
// chance below one in ten thousand.
func TestChance(t *testing.T) {
	for _, c := range []struct {
		cells  [][]int64
		effort int
		want   func(Result) figure.Figure
	}{
		{[][]int64{{9, 27}, {6, 21}, {30, 100}}, Effort, func(r Result) figure.Figure { return r.FFH }},
		{[][]int64{{96000, 2704000}, {68000, 2132000}, {30000, 1100000}}, Effort, func(r Result) figure.Figure { return r.P }},
		{[][]int64{{3, 9000000}, {1, 8000000}, {2, 7000000}}, 10, func(r Result) figure.Figure { return r.MonteCarlo.P }},
	} {
		r, err := Test(c.cells, c.effort)
		if r.MonteCarlo == nil && c.effort < Effort {
			t.Fatalf("%v was not drawn", c.cells)
		}
		if err != nil || r.Chance() != c.want(r) {
			t.Errorf("%v: %v %v", c.cells, r.Chance(), err)
		}
	}
}
