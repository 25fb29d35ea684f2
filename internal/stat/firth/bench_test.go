package firth

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// nation is people in patterns of six characteristics with 26 coefficients,
// spread unevenly, with about one event in seventy.
func nation(people int, seed uint64) Data {
	r := rand.New(rand.NewPCG(seed, 4))
	var d Data
	for j, levels := range []int{3, 6, 5, 3, 4, 10} {
		t := Term{Name: fmt.Sprintf("c%d_", j)}
		for l := range levels {
			t.Levels = append(t.Levels, fmt.Sprint(l))
		}
		d.Terms = append(d.Terms, t)
	}
	at := map[[6]int]int{}
	for range people {
		var k [6]int
		eta := -4.6
		for j, t := range d.Terms {
			k[j] = min(int(r.ExpFloat64()*1.2), len(t.Levels)-1)
			if j == 5 || k[j] == len(t.Levels)-1 {
				k[j] = r.IntN(len(t.Levels))
			}
			eta += 0.15 * float64(k[j]*(j%3))
		}
		i, seen := at[k]
		if !seen {
			i = len(d.Patterns)
			at[k] = i
			p := Pattern{Values: make([]float64, 6)}
			for j, l := range k {
				p.Values[j] = float64(l)
			}
			d.Patterns = append(d.Patterns, p)
		}
		d.Patterns[i].Total++
		if pi, _ := expit(eta); r.Float64() < pi {
			d.Patterns[i].Events++
		}
	}
	return d
}

func BenchmarkFirthFit(b *testing.B) {
	d := nation(865_000, 1)
	patterns, _ := d.grouped()
	b.ResetTimer()
	for range b.N {
		des := newDesign(d.Terms, patterns)
		s := newSurface(des, true)
		if _, err := s.summit(make([]float64, s.p)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(patterns)), "patterns")
}

func BenchmarkEverything(b *testing.B) {
	d := nation(865_000, 1)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			for range b.N {
				m, err := Fit(d, Options{Workers: workers})
				if err != nil || len(m.Names) != 26 {
					b.Fatal(m, err)
				}
			}
		})
	}
}
