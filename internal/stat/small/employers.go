package small

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// Count is how many people of one employer, or of any cell, had the event, and
// how many there were. 0 <= X <= N.
type Count struct {
	Name string
	X, N int64
}

// Report is what can be said of all employers and of each, in the order given.
type Report struct {
	Theta0 figure.Figure `json:"theta0"` // rate of all together
	Spread
	BetaBinomial BetaBinomial `json:"beta_binomial"`
	Employers    []Employer   `json:"employers"`
}

// Employer is one of them against the rate of all. Z is (rate - theta0) in
// standard errors of chance alone, ZArcsine the same for the arcsine of the root
// of the rate, ZAdj with what rates vary besides (see Spread, and its warning).
// PUpperMid and PLowerMid are exact binomial tails with half the chance of the
// count itself; PMid is twice the smaller, at most 1, and PBH that after Benjamini
// and Hochberg over all employers with people. Limits are those of the funnel.
// What needs people is null for an employer without.
type Employer struct {
	Employer  string                   `json:"employer"`
	X         int64                    `json:"x"`
	N         int64                    `json:"n"`
	Rate      figure.Figure            `json:"rate"`
	Z         figure.Figure            `json:"z"`
	ZArcsine  figure.Figure            `json:"z_arcsine"`
	ZAdj      figure.Figure            `json:"z_adj"`
	PUpperMid figure.Figure            `json:"p_upper_mid"`
	PLowerMid figure.Figure            `json:"p_lower_mid"`
	PMid      figure.Figure            `json:"p_mid"`
	PBH       figure.Figure            `json:"p_bh"`
	Limits    map[string]figure.Figure `json:"limits"`
	Shrunk
}

// funnelAt are the shares at which a funnel has limits: 95% and 99.8% lie within.
var funnelAt = []struct {
	label string
	p     float64
}{{"0.001", 0.001}, {"0.025", 0.025}, {"0.975", 0.975}, {"0.999", 0.999}}

// Rates compares employers with the rate of all of them together.
func Rates(list []Count) (*Report, error) {
	bb, shrunk, err := Shrink(list)
	if err != nil {
		return nil, err
	}
	x, n := totals(list)
	all := binomial{1, float64(x) / float64(n), float64(n-x) / float64(n)}
	r := &Report{Theta0: figure.Figure(all.p), BetaBinomial: bb, Employers: make([]Employer, len(list))}
	var p []float64
	for i, c := range list {
		e := &r.Employers[i]
		*e = compare(c, all)
		e.Shrunk = shrunk[i]
		if c.N > 0 {
			p = append(p, float64(e.PMid))
		}
	}
	r.Spread = spread(r.Employers, all)
	if len(p) == 0 {
		return r, nil
	}
	adjusted, err := table.Adjust(p)
	if err != nil {
		return nil, err
	}
	for i := range r.Employers {
		if e := &r.Employers[i]; e.N > 0 {
			e.PBH, adjusted.BH = adjusted.BH[0], adjusted.BH[1:]
		}
	}
	return r, nil
}

// largest is the largest count that a float64 holds exactly.
const largest = 1 << 53

func check(list []Count) error {
	people := int64(0)
	for _, c := range list {
		if c.X < 0 || c.N < c.X || c.N > largest {
			return fmt.Errorf("The counts of %q are %d events among %d people: events must lie between none and all", c.Name, c.X, c.N)
		}
		if people += c.N; people > largest {
			return fmt.Errorf("There are more people than can be counted exactly: give at most %d", int64(largest))
		}
	}
	if people == 0 {
		return fmt.Errorf("There is nobody to compare: every employer has no people")
	}
	return nil
}

func totals(list []Count) (x, n int64) {
	for _, c := range list {
		x += c.X
		n += c.N
	}
	return x, n
}

func compare(c Count, all binomial) Employer {
	none := figure.Figure(math.NaN())
	e := Employer{Employer: c.Name, X: c.X, N: c.N, Rate: none, Z: none, ZArcsine: none, ZAdj: none,
		PUpperMid: none, PLowerMid: none, PMid: none, PBH: none, Limits: map[string]figure.Figure{}}
	b := binomial{float64(c.N), all.p, all.q}
	for _, at := range funnelAt {
		e.Limits[at.label] = figure.Figure(funnelLimit(b, at.p))
	}
	if c.N == 0 {
		return e
	}
	x := float64(c.X)
	e.Rate = figure.Figure(x / b.n)
	below, at, above := b.tails(x)
	e.PUpperMid, e.PLowerMid = figure.Figure(above+at/2), figure.Figure(below+at/2)
	e.PMid = min(1, 2*min(e.PUpperMid, e.PLowerMid))
	if b.p > 0 && b.q > 0 {
		e.Z = figure.Figure((x*b.q - (b.n-x)*b.p) / math.Sqrt(b.n*b.p*b.q))
		e.ZArcsine = figure.Figure(2 * math.Sqrt(b.n) * (arcsine(x, b.n-x) - arcsine(b.p, b.q)))
	}
	return e
}

// arcsine is the angle whose squared sine is x / (x + y).
func arcsine(x, y float64) float64 { return math.Atan2(math.Sqrt(x), math.Sqrt(y)) }
