package table

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/hypergeometric"
	"example.org/asye/internal/stat/root"
)

// Design is a comparison that might be made: the sizes of two groups, the rate of the reference and the two-sided
// alpha of the test.
type Design struct {
	N1, N0 int64
	P0     float64
	Alpha  float64
}

// Power is how likely a comparison is to find a difference.
type Power struct {
	Asymptotic figure.Figure `json:"power_asym"`   // of the score test; Fleiss, Statistical Methods for Rates and Proportions (1981)
	Fisher     figure.Figure `json:"power_fisher"` // of Fisher's exact test, over every table that can come about
	MidP       figure.Figure `json:"power_midp"`   // of its mid-p form
}

// Detectable is the smallest rate above that of the reference, and its ratio to it, that mid-p finds with a probability.
type Detectable struct {
	Rate  figure.Figure `json:"detectable_rate"`
	Ratio figure.Figure `json:"detectable_rr"`
	Exact bool          `json:"detectable_exact"` // false where tables were too many, and the score test stands in
}

// powerEffort is how many tables are gone through.
const powerEffort = 20_000_000

// Check says in a sentence why a design cannot be computed.
func (d Design) Check() error {
	switch {
	case d.N1 < 1 || d.N0 < 1 || d.N1 > most || d.N0 > most:
		return fmt.Errorf("The groups have %d and %d people: each needs at least one, and no more than %d.", d.N1, d.N0, most)
	case !(d.P0 >= 0 && d.P0 <= 1):
		return fmt.Errorf("The rate of the reference is %v: it needs to lie between 0 and 1.", d.P0)
	case !(d.Alpha > 0 && d.Alpha < 1):
		return fmt.Errorf("Alpha is %v: it needs to lie between 0 and 1.", d.Alpha)
	}
	return nil
}

// Power is how likely the design is to find the rate p1, between 0 and 1, different. The exact figures are not defined
// where there are too many tables.
func (d Design) Power(p1 float64) (Power, error) {
	if err := d.Check(); err != nil {
		return Power{}, err
	}
	if !(p1 >= 0 && p1 <= 1) {
		return Power{}, fmt.Errorf("The rate of the group is %v: it needs to lie between 0 and 1.", p1)
	}
	out := Power{figure.Figure(d.asymptotic(p1)), figure.Undefined, figure.Undefined}
	if p, ok := d.regions(fisherRejects).power(p1); ok {
		out.Fisher = figure.Figure(p)
	}
	if p, ok := d.regions(midPRejects).power(p1); ok {
		out.MidP = figure.Figure(p)
	}
	return out, nil
}

func (d Design) asymptotic(p1 float64) float64 {
	n1, n0 := float64(d.N1), float64(d.N0)
	mean := (n1*p1 + n0*d.P0) / (n1 + n0)
	null := zOf(1-d.Alpha) * math.Sqrt(mean*(1-mean)*(1/n1+1/n0))
	se := math.Sqrt(p1*(1-p1)/n1 + d.P0*(1-d.P0)/n0)
	far := math.Abs(p1 - d.P0)
	if se == 0 {
		if far > null {
			return 1
		}
		return 0
	}
	return distribution.NormalUpper((null-far)/se) + distribution.NormalUpper((null+far)/se)
}

// Detect finds the smallest rate that the design finds with a probability between alpha and 1, such as 0.8.
func (d Design) Detect(power float64) (Detectable, error) {
	if err := d.Check(); err != nil {
		return Detectable{}, err
	}
	if !(power > d.Alpha && power < 1) {
		return Detectable{}, fmt.Errorf("The power is %v: it needs to lie between alpha and 1.", power)
	}
	r := d.regions(midPRejects)
	_, exact := r.power((d.P0 + 1) / 2)
	of := func(p float64) float64 {
		if p, ok := r.power(p); exact && ok {
			return p - power
		}
		return d.asymptotic(p) - power
	}
	if of(1) < 0 || d.P0 == 1 {
		return Detectable{figure.Undefined, figure.Undefined, exact}, nil
	}
	rate := root.Between(of, d.P0, 1)
	return Detectable{figure.Figure(rate), figure.Figure(quotient(rate, d.P0)), exact}, nil
}

// rejects reports whether a test at alpha finds a difference in a table.
type rejects func(m hypergeometric.Margins, a int64, alpha float64) bool

const rounding = 1 + 1e-12

func fisherRejects(m hypergeometric.Margins, a int64, alpha float64) bool {
	return math.Exp(m.LogTwoSided(a, hypergeometric.Relative)) <= alpha*rounding
}

func midPRejects(m hypergeometric.Margins, a int64, alpha float64) bool {
	at := math.Exp(m.LogP(a))
	tail := math.Exp(m.LogLower(a))
	if a > m.Mode() {
		tail = math.Exp(m.LogUpper(a))
	}
	return 2*(tail-at/2) <= alpha*rounding
}
