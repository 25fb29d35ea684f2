package firth

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func mustFit(t testing.TB, d Data) *Model {
	t.Helper()
	m, err := Fit(d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func close(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, not %.15g", what, got, want)
	}
}

var sex = Term{"gender", []string{"Female", "Male"}}

func twoByTwo(a, b, c, d int64) Data {
	return Data{Terms: []Term{sex}, Patterns: []Pattern{{[]float64{1}, a, a + b}, {[]float64{0}, c, c + d}}}
}

// With one binary term, exp(coef) is the odds ratio of the table; by Firth, that
// with half a person added to each cell.
func TestOneBinaryTerm(t *testing.T) {
	for _, x := range [][4]int64{{6, 168, 18, 1468}, {14, 458, 10, 1178}, {1, 1, 1, 1}, {3, 999997, 5, 8}, {0, 20, 3, 30}, {0, 5, 9, 0}, {0, 5, 0, 8}, {7, 0, 4, 0}, {0, 0, 2, 3}} {
		m := mustFit(t, twoByTwo(x[0], x[1], x[2], x[3]))
		out, err := json.Marshal(m)
		if err != nil || strings.Contains(string(out), "NaN") {
			t.Fatal(string(out), err)
		}

		if x[0]+x[1] == 0 {
			continue
		}
		f := func(k int) float64 { return float64(x[k]) + 0.5 }
		close(t, "Firth", m.Firth.Coef[1], math.Log(f(0)*f(3)/f(1)/f(2)), 1e-9)
		if m.ML.Exists {
			close(t, "ML", m.ML.Coef[1], math.Log(float64(x[0])*float64(x[3])/float64(x[1])/float64(x[2])), 1e-9)
		}
	}
}
