package crosstab

import (
	"math"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
)

// Result is everything that is told of a table.
type Result struct {
	ChiSq        figure.Figure     `json:"chisq"` // Pearson (1900)
	DF           int               `json:"df"`
	P            figure.Figure     `json:"p"`
	G            figure.Figure     `json:"G"` // twice the log likelihood ratio
	PG           figure.Figure     `json:"p_G"`
	CramersV     figure.Figure     `json:"cramers_v"`     // Cramer (1946)
	CramersVBC   figure.Figure     `json:"cramers_v_bc"`  // Bergsma, J. Korean Statistical Society 42 (2013) 323-328
	AdjResiduals [][]figure.Figure `json:"adj_residuals"` // Haberman, Biometrics 29 (1973) 205-220
	MinExpected  figure.Figure     `json:"min_expected"`
	FFH          figure.Figure     `json:"ffh"`            // ties as R has them; not defined where drawn at random instead
	FFHTies      figure.Figure     `json:"ffh_exact_ties"` // ties in whole numbers
	Observed     figure.Figure     `json:"p_obs"`          // the probability of the table given its margins
	MonteCarlo   *MonteCarlo       `json:"ffh_mc,omitempty"`
	Dropped      []string          `json:"dropped,omitempty"` // rows and columns of zeros, counted from 1
}

// Test tells everything of a table of counts; effort is how many steps exact work may take, Effort for the usual. It
// refuses a table that has fewer than two rows or columns with people in them, a negative count or more than a
// billion people.
func Test(cells [][]int64, effort int) (Result, error) {
	t, err := read(cells)
	if err != nil {
		return Result{}, err
	}
	r := t.large()
	r.Dropped = t.dropped
	r.Observed = figure.Figure(math.Exp(t.logP()))
	p, ties, ok := t.lying().exact(effort)
	if ok {
		r.FFH, r.FFHTies = figure.Figure(p), figure.Figure(ties)
		return r, nil
	}
	many := int64(samples)
	if r.MinExpected >= 5 {
		many = fewer
	}
	drawn := t.lying().draw(many)
	r.FFH, r.FFHTies, r.MonteCarlo = figure.Undefined, figure.Undefined, &drawn
	return r, nil
}

// Chance is the probability of counts at least as far apart if there were no difference: the exact one, or that of
// chi-square where every expected count is 5 or more, or the one that was drawn.
func (r Result) Chance() figure.Figure {
	switch {
	case r.FFH.Defined():
		return r.FFH
	case r.MinExpected >= 5 || r.MonteCarlo == nil:
		return r.P
	}
	return r.MonteCarlo.P
}

func (t counts) large() Result {
	chi, g, least := 0.0, 0.0, math.Inf(1)
	n := float64(t.n)
	residuals := make([][]figure.Figure, len(t.rows))
	for i := range t.rows {
		for j := range t.cols {
			e, off := t.expected(i, j)
			chi += off / e * off
			g += 2 * distribution.Deviance(float64(t.cells[i][j]), e, off)
			least = min(least, e)
			spread := e * float64(t.n-t.rows[i]) / n * float64(t.n-t.cols[j]) / n
			residuals[i] = append(residuals[i], figure.Figure(off/math.Sqrt(spread)))
		}
	}
	r, c := float64(len(t.rows)), float64(len(t.cols))
	df := (len(t.rows) - 1) * (len(t.cols) - 1)
	// Bergsma: phi^2 and both dimensions less what they have by chance.
	phi := max(0, chi/n-float64(df)/(n-1))
	rows, cols := r-(r-1)*(r-1)/(n-1), c-(c-1)*(c-1)/(n-1)
	corrected := figure.Undefined
	if smaller := min(rows, cols) - 1; smaller > 0 {
		corrected = figure.Figure(math.Sqrt(phi / smaller))
	}
	return Result{ChiSq: figure.Figure(chi), DF: df, P: figure.Figure(distribution.ChiSquareUpper(chi, df)),
		G: figure.Figure(g), PG: figure.Figure(distribution.ChiSquareUpper(g, df)),
		CramersV: figure.Figure(math.Sqrt(chi / n / (min(r, c) - 1))), CramersVBC: corrected,
		AdjResiduals: residuals, MinExpected: figure.Figure(least)}
}

// logP is the logarithm of the probability of the table given its margins.
func (t counts) logP() float64 {
	sum := level(t.n)
	for _, n := range t.rows {
		sum -= level(n)
	}
	for _, n := range t.cols {
		sum -= level(n)
	}
	for i := range t.rows {
		for j := range t.cols {
			e, off := t.expected(i, j)
			sum += distribution.LogPoisson(float64(t.cells[i][j]), e, off)
		}
	}
	return sum
}

// level is the logarithm of the Poisson probability of n where n is expected.
func level(n int64) float64 { return distribution.LogPoisson(float64(n), float64(n), 0) }
