package table

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
)

// Strata is what several tables of the same two groups tell together; every interval is at 95%.
type Strata struct {
	OR      figure.Figure `json:"mh_or"`        // Mantel and Haenszel, J. National Cancer Institute 22 (1959) 719-748
	ORError figure.Figure `json:"mh_or_se_log"` // Robins, Breslow and Greenland, Biometrics 42 (1986) 311-323
	ORCI    figure.Pair   `json:"mh_or_ci"`
	RR      figure.Figure `json:"mh_rr"`
	RRError figure.Figure `json:"mh_rr_se_log"` // Greenland and Robins, Biometrics 41 (1985) 55-68
	RRCI    figure.Pair   `json:"mh_rr_ci"`
	RD      figure.Figure `json:"mh_rd"`
	RDError figure.Figure `json:"mh_rd_se"` // Sato, Biometrics 45 (1989) 1323-1324
	RDCI    figure.Pair   `json:"mh_rd_ci"`
	CMH     figure.Figure `json:"cmh"` // Cochran (1954), Mantel and Haenszel (1959)
	CMHP    figure.Figure `json:"cmh_p"`
	CMHCC   figure.Figure `json:"cmh_cc"` // with min(0.5, |sum of O - E|) taken off, as R does
	CMHCCP  figure.Figure `json:"cmh_cc_p"`
	Homogeneity
	StrataExact
}

// StrataOf tests tables of the same two groups. Tables of nobody are left out; it refuses a list without people, and
// counts that Check refuses.
func StrataOf(tables []TwoByTwo) (Strata, error) {
	kept := make(strata, 0, len(tables))
	var counts []int64
	for i, t := range tables {
		if t.A|t.B|t.C|t.D == 0 {
			continue
		}
		if err := t.Check(); err != nil {
			return Strata{}, fmt.Errorf("Stratum %d: %w", i+1, err)
		}
		kept = append(kept, t)
		counts = append(counts, t.A, t.B, t.C, t.D)
	}
	if err := checkCounts(counts...); err != nil {
		return Strata{}, err
	}
	var s Strata
	kept.odds(&s)
	kept.ratio(&s)
	kept.difference(&s)
	kept.test(&s)
	s.Homogeneity = kept.homogeneity(float64(s.OR))
	s.StrataExact = kept.exact()
	return s, nil
}

type strata []TwoByTwo

const strataLevel = 0.95

// intervalOfLog is the standard error of a log ratio and the interval from it; neither is defined at 0 and infinity.
func intervalOfLog(estimate, variance float64) (se figure.Figure, ci figure.Pair) {
	if !(variance >= 0) || math.IsInf(variance, 0) || estimate == 0 || math.IsInf(estimate, 0) {
		return figure.Undefined, figure.Nowhere
	}
	root := math.Sqrt(variance)
	return figure.Figure(root), figure.Between(aroundLog(estimate, zOf(strataLevel)*root))
}

func (k strata) odds(s *Strata) {
	var r, q, pr, mixed, qq float64
	for _, t := range k {
		n := t.people()
		ri, si := float64(t.A)*float64(t.D)/n, float64(t.B)*float64(t.C)/n
		p, o := float64(t.A+t.D)/n, float64(t.B+t.C)/n
		r, q = r+ri, q+si
		pr, mixed, qq = pr+p*ri, mixed+p*si+o*ri, qq+o*si
	}
	estimate := quotient(r, q)
	s.OR = figure.Figure(estimate)
	s.ORError, s.ORCI = intervalOfLog(estimate, pr/(2*r*r)+mixed/(2*r*q)+qq/(2*q*q))
}

func (k strata) ratio(s *Strata) {
	var r, q, v float64
	for _, t := range k {
		n, a, c := t.people(), float64(t.A), float64(t.C)
		r, q = r+a*t.n0()/n, q+c*t.n1()/n
		v += (a*t.n1()*float64(t.D) + c*t.n0()*float64(t.B)) / n / n // (m n1 n0 - a c N)/N^2
	}
	estimate := quotient(r, q)
	s.RR = figure.Figure(estimate)
	s.RRError, s.RRCI = intervalOfLog(estimate, v/(r*q))
}

func (k strata) difference(s *Strata) {
	var top, bottom, p, q float64
	for _, t := range k {
		n, n1, n0, a, c := t.people(), t.n1(), t.n0(), float64(t.A), float64(t.C)
		top, bottom = top+t.cross()/n, bottom+n1*n0/n
		p += (n1/n)*(n1/n)*c - (n0/n)*(n0/n)*a + (n1/n)*(n0/n)*(n0-n1)/2
		q += (a*float64(t.D) + c*float64(t.B)) / n / 2
	}
	estimate := quotient(top, bottom)
	root := math.Sqrt(max(0, estimate*p+q)) / bottom
	s.RD, s.RDError, s.RDCI = figure.Figure(estimate), figure.Figure(root), figure.Nowhere
	if bottom == 0 {
		s.RDError = figure.Undefined
		return
	}
	z := zOf(strataLevel)
	s.RDCI = figure.Between(estimate-z*root, estimate+z*root)
}

func (k strata) test(s *Strata) {
	var off, v float64
	for _, t := range k {
		n := t.people()
		off += t.cross() / n
		if n > 1 {
			v += t.n1() / n * t.n0() / n * t.events() * t.others() / (n - 1)
		}
	}
	if v == 0 {
		s.CMH, s.CMHP, s.CMHCC, s.CMHCCP = figure.Undefined, figure.Undefined, figure.Undefined, figure.Undefined
		return
	}
	less := math.Abs(off) - min(0.5, math.Abs(off))
	s.CMH, s.CMHCC = figure.Figure(off*off/v), figure.Figure(less*less/v)
	s.CMHP, s.CMHCCP = oneDegree(off*off/v), oneDegree(less*less/v)
}

// Homogeneity is tests of whether all tables have the same odds ratio.
type Homogeneity struct {
	BreslowDay figure.Figure `json:"breslow_day"` // Breslow and Day (1980)
	DF         int           `json:"bd_df"`       // one less than the tables whose margins are not empty
	P          figure.Figure `json:"bd_p"`
	Tarone     figure.Figure `json:"tarone"` // Tarone, Biometrika 72 (1985) 91-95
	TaroneP    figure.Figure `json:"tarone_p"`
}

func (k strata) homogeneity(odds float64) Homogeneity {
	u := figure.Undefined
	out := Homogeneity{u, -1, u, u, u}
	var bd, off, v float64
	for _, t := range k {
		if t.n1() == 0 || t.n0() == 0 || t.events() == 0 || t.others() == 0 {
			continue
		}
		out.DF++
		far, spread := t.fitted(odds)
		bd += far * far / spread
		off += far
		v += spread
	}
	if out.DF < 1 || !(odds > 0) || math.IsInf(odds, 1) {
		out.DF = max(0, out.DF)
		return out
	}
	tarone := max(0, bd-off*off/v)
	out.BreslowDay, out.P = figure.Figure(bd), figure.Figure(distribution.ChiSquareUpper(bd, out.DF))
	out.Tarone, out.TaroneP = figure.Figure(tarone), figure.Figure(distribution.ChiSquareUpper(tarone, out.DF))
	return out
}

// fitted is how far a lies from what an odds ratio leads one to expect with the margins of the table, and with what
// variance.
func (t TwoByTwo) fitted(odds float64) (far, variance float64) {
	a, b, c, d := float64(t.A), float64(t.B), float64(t.C), float64(t.D)
	// With x people moved onto the diagonal (a+x)(d+x) = odds (b-x)(c-x): u x^2 + v x = w.
	u, v, w := 1-odds, a+d+odds*(b+c), odds*b*c-a*d
	x := 2 * w / (v + math.Sqrt(max(0, v*v+4*u*w)))
	return -x, 1 / (1/(a+x) + 1/(b-x) + 1/(c-x) + 1/(d+x))
}
