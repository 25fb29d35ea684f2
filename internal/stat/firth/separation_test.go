package firth

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestSeparationNamed(t *testing.T) {
	ethnic := Term{"ethnicity", []string{"White", "Black", "Asian"}}
	x := Term{Name: "x"}
	for _, c := range []struct {
		name     string
		terms    []Term
		patterns []Pattern
		want     string
	}{
		{"a level without events", []Term{ethnic}, []Pattern{{[]float64{0}, 3, 30}, {[]float64{1}, 0, 4}, {[]float64{2}, 2, 9}}, "map[ethnicityBlack:-1]"},
		{"a level of events only", []Term{ethnic}, []Pattern{{[]float64{0}, 3, 30}, {[]float64{1}, 1, 4}, {[]float64{2}, 1, 1}}, "map[ethnicityAsian:1]"},
		{"a reference without events", []Term{ethnic}, []Pattern{{[]float64{0}, 0, 30}, {[]float64{1}, 1, 4}, {[]float64{2}, 2, 9}}, "map[(Intercept):-1 ethnicityAsian:1 ethnicityBlack:1]"},
		{"a number", []Term{x}, []Pattern{{[]float64{2018}, 0, 3}, {[]float64{2019}, 0, 1}, {[]float64{2021}, 4, 4}}, "map[(Intercept):-1 x:1]"},
		{"a number that meets", []Term{x}, []Pattern{{[]float64{2018}, 0, 3}, {[]float64{2019}, 1, 2}, {[]float64{2021}, 4, 4}}, "map[(Intercept):-1 x:1]"},
		{"a number that overlaps", []Term{x}, []Pattern{{[]float64{2018}, 1, 1}, {[]float64{2019}, 0, 2}, {[]float64{2021}, 4, 4}}, "map[]"},
		{"one cell of two terms", []Term{ethnic, sex}, []Pattern{{[]float64{0, 0}, 1, 3}, {[]float64{0, 1}, 2, 3}, {[]float64{1, 0}, 0, 3}, {[]float64{1, 1}, 1, 2}, {[]float64{2, 1}, 0, 5}, {[]float64{2, 0}, 0, 1}}, "map[ethnicityAsian:-1]"},
	} {
		got := fmt.Sprint(mustFit(t, Data{Terms: c.terms, Patterns: c.patterns}).Separation)
		if got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
}

// On tables of two binary terms and their combination, every direction of
// recession has small whole numbers: all are tried.
func TestSeparationByTrying(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 3000 {
		terms := []Term{{"a", []string{"0", "1"}}, {"b", []string{"0", "1"}}, {"c", []string{"0", "1"}}}
		var patterns []Pattern
		for range 2 + r.IntN(7) {
			n := int64(1 + r.IntN(2))
			patterns = append(patterns, Pattern{[]float64{float64(r.IntN(2)), float64(r.IntN(2)), float64(r.IntN(2))}, r.Int64N(n + 1), n})
		}
		data := Data{Terms: terms, Patterns: patterns}
		grouped, _ := data.grouped()
		d := newDesign(terms, grouped)
		may := tried(d)
		for j, sign := range d.separation() {
			both := may[j][0] && may[j][1]
			if sign != 0 && !may[j][int(sign+1)/2] || sign == 0 && (may[j][0] || may[j][1]) && !both {
				t.Fatalf("%v: coefficient %s goes to %v, and may go down %v and up %v", patterns, d.cols[j].name, sign, may[j][0], may[j][1])
			}
		}
	}
}

// tried tells for each coefficient whether some direction that no pattern forbids
// takes it down, and up.
func tried(d *design) [][2]bool {
	p := len(d.cols)
	may := make([][2]bool, p)
	total := 1
	for range p {
		total *= 5
	}
	for code := range total {
		u := make([]float64, p)
		for j, rest := 0, code; j < p; j, rest = j+1, rest/5 {
			u[j] = float64(rest%5 - 2)
		}
		if !allowed(d, u) {
			continue
		}
		for j, x := range u {
			may[j][0] = may[j][0] || x < 0
			may[j][1] = may[j][1] || x > 0
		}
	}
	return may
}

func allowed(d *design, u []float64) bool {
	for i := range d.n {
		along := dot(d.dense(i, 1), u)
		if along > 0 && d.y[i] < d.n[i] || along < 0 && d.y[i] > 0 {
			return false
		}
	}
	return true
}
