package table

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"
)

func close(t *testing.T, what string, got, want, bar float64) {
	t.Helper()
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return
	}
	if far := math.Abs(got-want) / math.Abs(want); !(far <= bar) {
		t.Errorf("%s is %.17g, want %.17g: off by %.2g", what, got, want, far)
	}
}

// TestSwapping: with the groups the other way round ratios turn over and differences change their sign.
func TestSwapping(t *testing.T) {
	for _, c := range [][4]int64{{6, 168, 18, 1468}, {0, 20, 3, 77}, {300, 1, 1, 300}, {5, 0, 0, 5}, {1, 3, 2, 900000}} {
		one := TwoByTwo{c[0], c[1], c[2], c[3]}
		g, _ := Compare(one, []float64{0.95})
		h, _ := Compare(one.swapped(), []float64{0.95})
		a, b := g.CI["0.95"], h.CI["0.95"]
		close(t, "Fisher", float64(g.TwoSided), float64(h.TwoSided), 1e-12)
		close(t, "mid-p", float64(g.MidTwoSided), float64(h.MidTwoSided), 1e-12)
		close(t, "one tail", float64(g.Less), float64(h.Greater), 1e-12)
		close(t, "odds ratio", float64(g.ConditionalOR), 1/float64(h.ConditionalOR), 1e-12)
		close(t, "its interval", float64(a.ORExact[0]), 1/float64(b.ORExact[1]), 1e-12)
		close(t, "SCAS", float64(a.SCAS[1]), 1/float64(b.SCAS[0]), 1e-12)
		close(t, "Newcombe", float64(a.Newcombe[0]), -float64(b.Newcombe[1]), 1e-12)
		close(t, "Miettinen-Nurminen", float64(a.RDMN[0]), -float64(b.RDMN[1]), 1e-11)
		turned, _ := Compare(TwoByTwo{c[1], c[0], c[3], c[2]}, []float64{0.95})
		close(t, "the odds of the others", float64(g.ConditionalOR), 1/float64(turned.ConditionalOR), 1e-12)
		close(t, "their Fisher", float64(g.TwoSided), float64(turned.TwoSided), 1e-12)
	}
}

// TestPublished has the figures of the published comparison by gender.
func TestPublished(t *testing.T) {
	g, err := Compare(TwoByTwo{6, 168, 18, 1468}, Levels())
	if err != nil {
		t.Fatal(err)
	}
	i := g.CI["0.95"]
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"Fisher", float64(g.TwoSided), 0.03284}, {"mid-p", float64(g.MidTwoSided), 0.04192}, {"odds ratio", float64(g.ConditionalOR), 2.910},
		{"exact low", float64(i.ORExact[0]), 0.932}, {"exact high", float64(i.ORExact[1]), 7.787}, {"mid-p low", float64(i.ORMidP[0]), 1.045},
		{"SCAS low", float64(i.SCAS[0]), 1.06}, {"SCAS high", float64(i.SCAS[1]), 6.78}, {"Newcombe low", 100 * float64(i.Newcombe[0]), 0.25},
	} {
		if math.Abs(c.got-c.want) > 0.011*math.Abs(c.want) {
			t.Errorf("%s is %v, want %v", c.what, c.got, c.want)
		}
	}
}

// TestEnds: zeros give what is defined for them, and never a number that is none.
func TestEnds(t *testing.T) {
	for a := int64(0); a < 3; a++ {
		for b := int64(0); b < 3; b++ {
			for c := int64(0); c < 3; c++ {
				for d := int64(0); d < 3; d++ {
					g, err := Compare(TwoByTwo{a, b, c, d}, Levels())
					if a+b+c+d == 0 {
						if err == nil {
							t.Error("a table of nobody was computed")
						}
						continue
					}
					text, err := json.Marshal(g)
					if err != nil || strings.Contains(string(text), "NaN") {
						t.Errorf("%d %d %d %d: %v %s", a, b, c, d, err, text)
					}
					if !g.TwoSided.Defined() || !g.Observed.Defined() {
						t.Errorf("%d %d %d %d has no exact test", a, b, c, d)
					}
					inside(t, g)
				}
			}
		}
	}
	for _, bad := range []TwoByTwo{{-1, 2, 3, 4}, {1 << 40, 1, 1, 1}, {1 << 29, 1 << 29, 1 << 29, 1}, {math.MaxInt64, 1, 1, 1}} {
		if _, err := Compare(bad, Levels()); err == nil {
			t.Errorf("%v was computed", bad)
		}
	}
}

// inside holds that every interval holds its estimate, and grows with the level.
func inside(t *testing.T, g Groups) {
	t.Helper()
	var before Intervals
	for n, level := range Levels() {
		i := g.CI[LevelName(level)]
		for _, c := range []struct {
			what            string
			low, high, mean float64
			wider           float64
		}{
			{"difference", float64(i.RDMN[0]), float64(i.RDMN[1]), float64(g.RD), float64(before.RDMN[1])},
			{"SCAS difference", float64(i.RDSCAS[0]), float64(i.RDSCAS[1]), float64(g.RD), float64(before.RDSCAS[1])},
			{"Newcombe", float64(i.Newcombe[0]), float64(i.Newcombe[1]), float64(g.RD), float64(before.Newcombe[1])},
			{"ratio", float64(i.SCAS[0]), float64(i.SCAS[1]), float64(g.RR), float64(before.SCAS[1])},
			{"odds", float64(i.ORMidP[0]), float64(i.ORMidP[1]), float64(g.ConditionalOR), float64(before.ORMidP[1])},
			{"rate", float64(i.P1CP[0]), float64(i.P1CP[1]), float64(g.P1), float64(before.P1CP[1])},
		} {
			if c.mean < c.low-1e-12 || c.mean > c.high+1e-12 || n > 0 && c.wider > c.high {
				t.Errorf("%s: %v is not in %v to %v, after %v", c.what, c.mean, c.low, c.high, c.wider)
			}
		}
		before = i
	}
}

func TestAdjust(t *testing.T) {
	a, err := Adjust([]float64{0.033, 0.0022, 0.0058}) // gender, ethnicity and deferrals, as published
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0.033, 0.0066, 0.0116} {
		close(t, "Holm", float64(a.Holm[i]), want, 1e-12)
	}
	b, _ := Adjust([]float64{0.01, 0.04, 0.03, 0.005, 0.5})
	for i, want := range []float64{0.025, 0.05, 0.05, 0.025, 0.5} {
		close(t, "Benjamini-Hochberg", float64(b.BH[i]), want, 1e-12)
	}
	// The example of Benjamini and Hochberg (1995): four of fifteen stand at 5%.
	c, _ := Adjust([]float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1})
	for i, want := range []float64{0.0015, 0.003, 0.0095, 0.035625, 0.0603} {
		close(t, "Benjamini-Hochberg", float64(c.BH[i]), want, 1e-12)
	}
	for _, bad := range [][]float64{nil, {-0.1}, {1.1}, {math.NaN()}} {
		if _, err := Adjust(bad); err == nil {
			t.Errorf("%v was adjusted", bad)
		}
	}
}

func TestMeasure(t *testing.T) {
	m, err := Measure([]Group{{14, 472}, {10, 1188}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	close(t, "relative likelihood", float64(m[0].LikelihoodReference), 14.0/472/(10.0/1188), 1e-14)
	close(t, "share of events", float64(m[0].ShareEvents), 14.0/24, 1e-14)
	close(t, "excess", float64(m[0].Excess), 14-472*10.0/1188, 1e-14)
	if math.Abs(float64(m[0].Representation)-2.05) > 0.005 || !m[0].Outside {
		t.Errorf("%+v", m[0])
	}
}

func FuzzCompare(f *testing.F) {
	f.Add(int64(6), int64(168), int64(18), int64(1468))
	f.Add(int64(0), int64(0), int64(1), int64(0))
	f.Add(int64(300), int64(1), int64(1), int64(300))
	f.Add(int64(3), int64(900000000), int64(0), int64(5))
	f.Fuzz(func(t *testing.T, a, b, c, d int64) {
		g, err := Compare(TwoByTwo{a, b, c, d}, []float64{0.9, 0.95, 0.99})
		if err != nil {
			return
		}
		if _, err := json.Marshal(g); err != nil {
			t.Fatal(err)
		}
		inside(t, g)
	})
}

// TestTrendTooLarge: what would take too much work is told so at once, and all that was computed before still is.
func TestTrendTooLarge(t *testing.T) {
	for _, c := range []struct {
		x, n   []int64
		scores []float64
		exact  bool
	}{
		{[]int64{10, 9, 5}, []int64{1110, 409, 141}, []float64{0, 1, 2}, true},
		{[]int64{100, 90, 50, 30}, []int64{11100, 4090, 1410, 300}, []float64{0, 1, 2, 3}, true},
		{[]int64{12, 9, 5, 4}, []int64{1110, 409, 141, 40}, []float64{0, 1.37, 2.913, 4.0001}, true},
		{[]int64{40_000, 30_000, 20_000}, []int64{3_000_000, 2_000_000, 1_000_000}, []float64{0, 1, 2}, false},
		{[]int64{400_000_000, 100}, []int64{900_000_000, 500}, []float64{0, 1}, true},
		{[]int64{400_000_000, 3, 50_000_000}, []int64{800_000_000, 5, 100_000_000}, []float64{0, 1, 5}, false},
	} {
		began := time.Now()
		got, err := TrendOf(c.x, c.n, c.scores)
		if err != nil || got.Exact.AbsDev.Defined() != c.exact || !got.Exact.T.Defined() {
			t.Errorf("%v of %v: %+v %v", c.x, c.n, got.Exact, err)
		}
		t.Logf("%v of %v: %v", c.x, c.n, time.Since(began))
	}
}
