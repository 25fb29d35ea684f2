package firth

import (
	"math"
	"math/rand/v2"
	"testing"
)

// scattered is a model of two categories and a number with little data.
func scattered(seed uint64, people int) Data {
	r := rand.New(rand.NewPCG(seed, 1))
	d := Data{Terms: []Term{{"a", []string{"x", "y", "z"}}, {"n", nil}, {"b", []string{"u", "v"}}}}
	for range people {
		n := int64(1 + r.IntN(4))
		d.Patterns = append(d.Patterns, Pattern{[]float64{float64(r.IntN(3)), float64(r.IntN(5)) + 2020, float64(r.IntN(2))}, r.Int64N(n + 1), n})
	}
	return d
}

func surfaceOf(t *testing.T, d Data, penalised bool) *surface {
	t.Helper()
	patterns, err := d.grouped()
	if err != nil {
		t.Fatal(err)
	}
	return newSurface(newDesign(d.Terms, patterns), penalised)
}

// Slopes and second derivatives are those that differences of the value show.
func TestDerivatives(t *testing.T) {
	s := surfaceOf(t, scattered(1, 40), true)
	at := []float64{-0.4, 0.3, -0.8, 0.6, 1.1}
	s.at(at, anew)
	grad, hess := append([]float64{}, s.grad...), append([]float64{}, s.hess...)
	const h = 1e-5
	for j := range at {
		up, down := append([]float64{}, at...), append([]float64{}, at...)
		up[j] += h
		down[j] -= h
		s.at(up, anew)
		value, slope := s.ll, append([]float64{}, s.grad...)
		s.at(down, anew)
		close(t, "slope", grad[j], (value-s.ll)/(2*h), 1e-8)
		for k := range at {
			close(t, "second derivative", -hess[j*s.p+k], (slope[k]-s.grad[k])/(2*h), 1e-7)
		}
	}
}

// Without penalty the same surface is the likelihood of a table.
func TestTableLikelihood(t *testing.T) {
	s := surfaceOf(t, twoByTwo(6, 168, 18, 1468), false)
	s.at([]float64{math.Log(18. / 1468), math.Log(6. * 1468 / 168 / 18)}, anew)
	close(t, "likelihood", s.ll, 6*math.Log(6./174)+168*math.Log(168./174)+18*math.Log(18./1486)+1468*math.Log(1468./1486), 1e-14)
	if longest(s.grad) > 1e-11 {
		t.Errorf("the slope at the top is %v", s.grad)
	}
}

func TestChisqUpper(t *testing.T) {
	// Quantiles as tables have them, to more digits; with two degrees, exp(-x/2).
	for _, c := range []struct {
		x    float64
		df   int
		want float64
	}{{3.841458820694124, 1, 0.05}, {5.991464547107979, 2, 0.05}, {11.344866730144373, 3, 0.01}, {24.99579013972863, 15, 0.05}, {0, 7, 1}, {1400, 2, math.Exp(-700)}} {
		got := chisqUpper(c.x, c.df)
		if math.Abs(got-c.want) > 1e-12*c.want {
			t.Errorf("chi-square %v with %d: %.15g, not %.15g", c.x, c.df, got, c.want)
		}
	}
}
