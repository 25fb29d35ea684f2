package table

import (
	"fmt"
	"math"
	"sort"

	"example.org/asye/internal/stat/figure"
)

// Adjusted is p-values corrected for how many there are, each in the order given.
type Adjusted struct {
	Bonferroni []figure.Figure `json:"bonferroni"`
	Holm       []figure.Figure `json:"holm"`     // Holm, Scandinavian J. Statistics 6 (1979) 65-70
	Hochberg   []figure.Figure `json:"hochberg"` // Hochberg, Biometrika 75 (1988) 800-802
	BH         []figure.Figure `json:"bh"`       // Benjamini and Hochberg, J. Royal Statistical Society B 57 (1995) 289-300
	BY         []figure.Figure `json:"by"`       // Benjamini and Yekutieli, Annals of Statistics 29 (2001) 1165-1188
}

// Adjust corrects p-values. It refuses an empty list and what does not lie between 0 and 1.
func Adjust(p []float64) (Adjusted, error) {
	if len(p) == 0 {
		return Adjusted{}, fmt.Errorf("The list of p-values is empty.")
	}
	for i, v := range p {
		if !(v >= 0 && v <= 1) {
			return Adjusted{}, fmt.Errorf("The p-value number %d is %v: it needs to lie between 0 and 1.", i+1, v)
		}
	}
	n := float64(len(p))
	harmonic := 0.0
	for k := n; k >= 1; k-- {
		harmonic += 1 / k
	}
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return p[order[a]] < p[order[b]] })
	return Adjusted{
		Bonferroni: rising(p, order, func(float64) float64 { return n }),
		Holm:       rising(p, order, func(rank float64) float64 { return n - rank + 1 }),
		Hochberg:   falling(p, order, func(rank float64) float64 { return n - rank + 1 }),
		BH:         falling(p, order, func(rank float64) float64 { return n / rank }),
		BY:         falling(p, order, func(rank float64) float64 { return n * harmonic / rank }),
	}, nil
}

// rising multiplies each p-value by a factor of its rank, and lets none be less than one before it.
func rising(p []float64, order []int, factor func(rank float64) float64) []figure.Figure {
	out := make([]figure.Figure, len(p))
	top := 0.0
	for rank, i := range order {
		top = max(top, min(1, p[i]*factor(float64(rank+1))))
		out[i] = figure.Figure(top)
	}
	return out
}

// falling does so from the largest down, and lets none be more than one after it.
func falling(p []float64, order []int, factor func(rank float64) float64) []figure.Figure {
	out := make([]figure.Figure, len(p))
	least := math.Inf(1)
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, 1, p[i]*factor(float64(rank)))
		out[i] = figure.Figure(least)
	}
	return out
}
