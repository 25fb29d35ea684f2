package small

import (
	"math"

	"example.org/asye/internal/stat/figure"
)

// Shrunk is what is known of one rate when rates are spread as all of them
// suggest: mean of the posterior Beta(x + alpha, n - x + beta), the limits between
// which it lies with 95% chance, equally much beyond each, and the chance that it
// is above the mean of all. The error in alpha and beta is not in it. Where all
// have one rate, the limits are that rate, and the chance is null.
type Shrunk struct {
	Mean       figure.Figure `json:"eb_mean"`
	Low        figure.Figure `json:"eb_lo"`
	High       figure.Figure `json:"eb_hi"`
	PAboveMean figure.Figure `json:"p_above_mean"`
}

// Shrink fits the spread of rates between cells, and draws each towards their
// mean. A cell without people gets the distribution of all.
func Shrink(cells []Count) (BetaBinomial, []Shrunk, error) {
	f, err := FitBetaBinomial(cells)
	if err != nil {
		return f, nil, err
	}
	out := make([]Shrunk, len(cells))
	for i, c := range cells {
		out[i] = f.shrink(float64(c.X), float64(c.N))
	}
	return f, out, nil
}

func (f BetaBinomial) shrink(x, n float64) Shrunk {
	switch {
	case f.phi == 0:
		mean := figure.Figure(f.mu)
		return Shrunk{mean, mean, mean, figure.Figure(math.NaN())}
	case math.IsInf(f.phi, 1):
		return f.certain(x, n)
	}
	d := beta{x + f.mu/f.phi, n - x + (1-f.mu)/f.phi}
	_, above := d.tails(f.mu, 1-f.mu)
	mean := (x*f.phi + f.mu) / (1 + n*f.phi)
	return Shrunk{figure.Figure(mean), figure.Figure(d.quantile(0.025)), figure.Figure(d.quantile(0.975)), figure.Figure(above)}
}

// certain is the posterior where every employer has all or none: what it showed,
// or, without people, one of the two.
func (f BetaBinomial) certain(x, n float64) Shrunk {
	if n == 0 {
		return Shrunk{figure.Figure(f.mu), figure.Figure(step(f.mu > 0.975)), figure.Figure(step(f.mu > 0.025)), figure.Figure(f.mu)}
	}
	rate := figure.Figure(x / n)
	return Shrunk{rate, rate, rate, rate}
}
