package crosstab

import (
	"math/rand/v2"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/hypergeometric"
)

// samples is how many tables are drawn, and seed where the drawing begins. Where
// chi-square may be trusted, a tenth of them is enough to see that it may.
const (
	samples = 100_000
	fewer   = 10_000
	seed    = 20260901
	sure    = 0.99
)

// MonteCarlo is a probability estimated from tables that were drawn at random with the same margins.
type MonteCarlo struct {
	P       figure.Figure `json:"p"`     // (1 + how many were no likelier) / (1 + samples); Davison and Hinkley (1997)
	CI      figure.Pair   `json:"ci"`    // Clopper and Pearson
	Level   figure.Figure `json:"level"` // of the interval
	Samples int64         `json:"samples"`
	Seed    uint64        `json:"seed"`
}

// draw estimates the probability of tables that are no likelier than the observed one.
func (t counts) draw(samples int64) MonteCarlo {
	random := rand.New(rand.NewPCG(seed, seed))
	limit := t.score(t.cells) + slack
	drawn := make([][]int64, len(t.rows))
	for i := range drawn {
		drawn[i] = make([]int64, len(t.cols))
	}
	hits := int64(0)
	for range samples {
		t.fillRandom(random, drawn)
		if t.score(drawn) <= limit {
			hits++
		}
	}
	low, high := distribution.Trial{X: hits, N: samples}.ClopperPearson(1 - sure)
	return MonteCarlo{P: figure.Figure(float64(hits+1) / float64(samples+1)), CI: figure.Between(low, high),
		Level: sure, Samples: samples, Seed: seed}
}

// fillRandom fills the columns one after the other, each cell from a hypergeometric distribution.
func (t counts) fillRandom(random *rand.Rand, drawn [][]int64) {
	rest := append([]int64(nil), t.rows...)
	people := t.n
	for j, c := range t.cols {
		others := people
		for i := range rest {
			others -= rest[i]
			m := hypergeometric.Margins{Row1: rest[i], Row0: others, Events: c}
			x := m.Draw(random)
			drawn[i][j] = x
			rest[i] -= x
			c -= x
		}
		people -= t.cols[j]
	}
}

// score is the logarithm of the probability of a table, but for a constant.
func (t counts) score(cells [][]int64) float64 {
	sum := 0.0
	n := float64(t.n)
	for i, row := range cells {
		for j, x := range row {
			product := t.rows[i] * t.cols[j]
			sum += distribution.LogPoisson(float64(x), float64(product)/n, float64(x*t.n-product)/n)
		}
	}
	return sum
}
