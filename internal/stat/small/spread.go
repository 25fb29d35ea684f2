package small

import (
	"math"
	"slices"

	"example.org/asye/internal/stat/figure"
)

// Spread says whether rates differ by more than chance. TaroneZ is Tarone's
// (1979) against more variance than the binomial's, TaronePUpper its upper tail;
// PearsonHeterogeneity is the sum of squared z, with PearsonDF degrees of freedom
// if counts are not small. Phi is the mean of squared z after the lowest and
// highest tenths were drawn in to the 10% and 90% quantiles, Tau2 the variance
// between employers that follows (Spiegelhalter 2012, appendix B.3).
//
// Phi, Tau2 and the z that rest on them say little where few events are expected:
// PhiReliable is false when less than 5 are at an average employer.
type Spread struct {
	TaroneZ              figure.Figure `json:"tarone_z"`
	TaronePUpper         figure.Figure `json:"tarone_p_upper"`
	PearsonHeterogeneity figure.Figure `json:"pearson_heterogeneity"`
	PearsonDF            int           `json:"pearson_df"`
	Phi                  figure.Figure `json:"phi"`
	Tau2                 figure.Figure `json:"tau2"`
	PhiReliable          bool          `json:"phi_reliable"`
}

// spread works it out, and gives each employer its adjusted z.
func spread(list []Employer, all binomial) Spread {
	none := figure.Figure(math.NaN())
	s := Spread{none, none, none, 0, none, none, false}
	var z, n []float64
	for _, e := range list {
		if e.N > 0 {
			z, n = append(z, float64(e.Z)), append(n, float64(e.N))
		}
	}
	s.PearsonDF = len(z) - 1
	unit := all.p * all.q
	if unit == 0 {
		return s
	}
	heterogeneity, excess, pairs := 0.0, 0.0, 0.0
	for i := range z {
		heterogeneity += z[i] * z[i]
		excess += n[i] * (z[i]*z[i] - 1)
		pairs += 2 * n[i] * (n[i] - 1)
	}
	s.PearsonHeterogeneity = figure.Figure(heterogeneity)
	if pairs > 0 {
		t := excess / math.Sqrt(pairs)
		s.TaroneZ, s.TaronePUpper = figure.Figure(t), figure.Figure(0.5*math.Erfc(t/math.Sqrt2))
	}
	s.PhiReliable = sum(n)*all.p >= 5*float64(len(n))
	phi, tau2 := additive(z, n, unit)
	s.Phi, s.Tau2 = figure.Figure(phi), figure.Figure(tau2)
	for i := range list {
		if e := &list[i]; e.N > 0 {
			e.ZAdj = figure.Figure(float64(e.Z) / math.Sqrt(1+tau2*float64(e.N)/unit))
		}
	}
	return s
}

// additive is the winsorised dispersion and the variance between employers that
// it stands for: with weights w = n / unit,
// (I phi - (I - 1)) / (sum w - sum w^2 / sum w), or 0 if that is below.
func additive(z, n []float64, unit float64) (phi, tau2 float64) {
	low, high := quantile(z, 0.1), quantile(z, 0.9)
	squares := 0.0
	for _, x := range z {
		x = math.Min(high, math.Max(low, x))
		squares += x * x
	}
	count := float64(len(z))
	people, squared := sum(n), 0.0
	for _, x := range n {
		squared += x * x
	}
	room := (people - squared/people) / unit
	if squares <= count-1 || room <= 0 {
		return squares / count, 0
	}
	return squares / count, (squares - (count - 1)) / room
}

// quantile is that of a list by linear interpolation between order statistics
// (type 7 of Hyndman and Fan, The American Statistician 50 (1996) 361-365).
func quantile(list []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
