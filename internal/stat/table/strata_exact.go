package table

import (
	"math"

	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/hypergeometric"
)

// StrataExact is what the tables tell when the margins of each are fixed. Source: Gart, Biometrika 57 (1970) 471-475. It
// is not defined where it would take too much work.
type StrataExact struct {
	TwoSided    figure.Figure `json:"exact_p_two_sided"` // ties as R has them
	Less        figure.Figure `json:"exact_p_less"`
	Greater     figure.Figure `json:"exact_p_greater"`
	MidTwoSided figure.Figure `json:"exact_midp_two_sided"`
	OR          figure.Figure `json:"exact_or_cmle"`
	ORCI        figure.Pair   `json:"exact_or_ci"`
	ORMidP      figure.Pair   `json:"exact_or_midp_ci"`
}

func (k strata) exact() StrataExact {
	u := figure.Undefined
	out := StrataExact{u, u, u, u, u, figure.Nowhere, figure.Nowhere}
	var tables []hypergeometric.Stratum
	for _, t := range k {
		tables = append(tables, hypergeometric.Stratum{Margins: t.margins(), A: t.A})
	}
	s := hypergeometric.Together(tables)
	out.OR = figure.Figure(s.ConditionalOR())
	if central, ok := s.Central(); ok {
		below, at, above := central.Tails()
		out.TwoSided, out.Less, out.Greater = figure.Figure(central.TwoSided()), figure.Figure(min(1, below+at)), figure.Figure(min(1, above+at))
		out.MidTwoSided = figure.Figure(min(1, 2*min(below+at/2, above+at/2)))
	}
	if near, ok := s.Near(); ok {
		alpha := 1 - strataLevel
		out.ORCI, out.ORMidP = figure.Between(near.Limits(alpha, 1)), figure.Between(near.Limits(alpha, 0.5))
	}
	if math.IsNaN(float64(out.OR)) {
		out.ORCI, out.ORMidP = figure.Between(0, math.Inf(1)), figure.Between(0, math.Inf(1))
	}
	return out
}
