package table

import (
	"math"

	"example.org/asye/internal/stat/hypergeometric"
	"example.org/asye/internal/stat/root"
)

// Odds is the sample odds ratio ad/(bc): infinite when only bc is zero, not defined when both products are.
func (t TwoByTwo) Odds() float64 {
	return quotient(float64(t.A)*float64(t.D), float64(t.B)*float64(t.C))
}

// ConditionalOdds is the odds ratio at which a is what one expects given the margins, with its exact and mid-p
// intervals. Source: Cornfield, Proc. Third Berkeley Symposium 4 (1956) 135-148.
func (t TwoByTwo) conditional() *hypergeometric.Observed {
	return hypergeometric.Observe(t.margins(), t.A)
}

// Woolf is the interval of the odds ratio on the log scale, where no cell is zero. Source: Woolf (1955).
func (t TwoByTwo) Woolf(level float64) (low, high float64) {
	if t.A == 0 || t.B == 0 || t.C == 0 || t.D == 0 {
		return math.NaN(), math.NaN()
	}
	return aroundLog(t.Odds(), zOf(level)*logOddsError(float64(t.A), float64(t.B), float64(t.C), float64(t.D)))
}

// Haldane is the odds ratio with 0.5 added to each cell, with Woolf's interval. Source: Haldane (1955).
func (t TwoByTwo) Haldane(level float64) (estimate, low, high float64) {
	a, b, c, d := t.halved()
	estimate = a / b * d / c
	low, high = aroundLog(estimate, zOf(level)*logOddsError(a, b, c, d))
	return estimate, low, high
}

func logOddsError(a, b, c, d float64) float64 { return math.Sqrt(1/a + 1/b + 1/c + 1/d) }

// MNOdds is the score interval of the odds ratio with the factor N/(N-1). Source: Miettinen and Nurminen (1985).
func (t TwoByTwo) MNOdds(level float64) (low, high float64) {
	z := zOf(level)
	return t.oddsLow(z), 1 / t.swapped().oddsLow(z)
}

// oddsLow moves x people off the diagonal until the table is as far from the one observed as the level allows: the
// fitted counts at the limit are those of the table that has it for its odds ratio.
func (t TwoByTwo) oddsLow(z float64) float64 {
	room := min(t.A, t.D)
	if room == 0 {
		return 0
	}
	w, target := float64(room), math.Log(z*z*t.people()/(t.people()-1))
	cells := func(s float64) (x, a, b, c, d float64) {
		x, left := w/(1+math.Exp(-s)), w/(1+math.Exp(s))
		return x, float64(t.A-room) + left, float64(t.B) + x, float64(t.C) + x, float64(t.D-room) + left
	}
	s, _ := root.Rising(func(s float64) float64 {
		x, a, b, c, d := cells(s)
		return 2*math.Log(x) + math.Log(1/a+1/b+1/c+1/d) - target
	}, 0, 1, 690)
	_, a, b, c, d := cells(s)
	return a / b * (d / c)
}
