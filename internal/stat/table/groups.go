package table

import (
	"strconv"

	"example.org/asye/internal/stat/figure"
)

// Groups is everything that is told of two groups.
type Groups struct {
	P1                  figure.Figure `json:"p1"`
	P0                  figure.Figure `json:"p0"`
	RD                  figure.Figure `json:"rd"`
	RR                  figure.Figure `json:"rr"`
	OR                  figure.Figure `json:"or"`
	RRPass              figure.Figure `json:"rr_pass"`              // (1 - p1)/(1 - p0)
	RepresentationRatio figure.Figure `json:"representation_ratio"` // share of events over share of people
	Exact
	ConditionalOR figure.Figure `json:"or_cmle"`
	Large
	CI map[string]Intervals `json:"ci"` // by level, such as "0.95"
}

// Intervals are those of two groups at one level.
type Intervals struct {
	P1Wilson   figure.Pair      `json:"p1_wilson"`
	P1CP       figure.Pair      `json:"p1_cp"`
	P1Jeffreys figure.Pair      `json:"p1_jeffreys"`
	P1MidP     figure.Pair      `json:"p1_midp"`
	P0Wilson   figure.Pair      `json:"p0_wilson"`
	P0CP       figure.Pair      `json:"p0_cp"`
	P0Jeffreys figure.Pair      `json:"p0_jeffreys"`
	P0MidP     figure.Pair      `json:"p0_midp"`
	Newcombe   figure.Pair      `json:"rd_newcombe"`
	RDMN       figure.Pair      `json:"rd_mn"`
	RDSCAS     figure.Pair      `json:"rd_scas"`
	Katz       figure.Pair      `json:"rr_katz"`
	RRMN       figure.Pair      `json:"rr_mn"`
	Koopman    figure.Pair      `json:"rr_koopman"`
	SCAS       figure.Pair      `json:"rr_scas"`
	Woolf      figure.Pair      `json:"or_woolf"`
	Haldane    [3]figure.Figure `json:"or_haldane"` // estimate, low, high
	ORMN       figure.Pair      `json:"or_mn"`
	ORExact    figure.Pair      `json:"or_exact"`
	ORMidP     figure.Pair      `json:"or_midp"`
}

// Levels are the levels of the intervals when nobody asks for others.
func Levels() []float64 { return []float64{0.9, 0.95, 0.99} }

// LevelName is the key of a level.
func LevelName(level float64) string { return strconv.FormatFloat(level, 'g', -1, 64) }

// Compare tells everything of two groups, with intervals at levels between 0 and 1. It refuses a table that
// counts nobody, a negative number or more than a billion.
func Compare(t TwoByTwo, levels []float64) (Groups, error) {
	if err := t.Check(); err != nil {
		return Groups{}, err
	}
	conditional := t.conditional()
	g := Groups{
		P1: figure.Figure(quotient(float64(t.A), t.n1())), P0: figure.Figure(quotient(float64(t.C), t.n0())),
		RD: figure.Figure(t.Difference()), RR: figure.Figure(t.Ratio()), OR: figure.Figure(t.Odds()),
		RRPass:              figure.Figure(quotient(float64(t.B)*t.n0(), float64(t.D)*t.n1())),
		RepresentationRatio: figure.Figure(quotient(float64(t.A)*t.people(), t.events()*t.n1())),
		Exact:               t.Exact(), ConditionalOR: figure.Figure(conditional.ConditionalOR()), Large: t.Large(),
		CI: map[string]Intervals{},
	}
	for _, level := range levels {
		i := t.intervals(level)
		i.ORExact = figure.Between(conditional.Limits(1-level, 1))
		i.ORMidP = figure.Between(conditional.Limits(1-level, 0.5))
		g.CI[LevelName(level)] = i
	}
	return g, nil
}

func (t TwoByTwo) intervals(level float64) Intervals {
	one, zero := Rate(t.A, t.A+t.B, level), Rate(t.C, t.C+t.D, level)
	estimate, low, high := t.Haldane(level)
	i := Intervals{
		P1Wilson: one.Wilson, P1CP: one.CP, P1Jeffreys: one.Jeffreys, P1MidP: one.MidP,
		P0Wilson: zero.Wilson, P0CP: zero.CP, P0Jeffreys: zero.Jeffreys, P0MidP: zero.MidP,
		Newcombe: figure.Nowhere, RDMN: figure.Nowhere, RDSCAS: figure.Nowhere, RRMN: figure.Nowhere, Koopman: figure.Nowhere, SCAS: figure.Nowhere,
		Katz: figure.Nowhere, Woolf: figure.Between(t.Woolf(level)),
		Haldane: [3]figure.Figure{figure.Figure(estimate), figure.Figure(low), figure.Figure(high)},
		ORMN:    figure.Between(t.MNOdds(level)),
	}
	if t.n1() > 0 && t.n0() > 0 {
		i.Newcombe, i.RDMN = figure.Between(t.Newcombe(level)), figure.Between(t.MNDifference(level))
		i.RDSCAS = figure.Between(t.SCASDifference(level))
		i.Katz, i.RRMN = figure.Between(t.Katz(level)), figure.Between(t.RatioInterval(level, MN))
		i.Koopman, i.SCAS = figure.Between(t.RatioInterval(level, Koopman)), figure.Between(t.RatioInterval(level, SCAS))
	}
	return i
}
