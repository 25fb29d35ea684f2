package small

import (
	"math"
	"slices"

	"example.org/asye/internal/stat/figure"
)

// BetaBinomial is the distribution of rates between employers, by maximum
// likelihood: Beta(alpha, beta), with mean mu and correlation rho between two
// people of one employer, rho = 1 / (alpha + beta + 1). Likelihoods are without
// binomial coefficients; Loglik0 is that of one rate for all. LRPMix is the
// chance of as much under the even mixture of 0 and chi-square with one degree of
// freedom, since rho cannot be below 0.
//
// Boundary says that no interior point is best: rho is then 0, alpha and beta
// infinite, and all employers have one rate; or, where every employer had all or
// none, rho is 1 and alpha and beta are 0.
type BetaBinomial struct {
	Alpha    figure.Figure `json:"alpha"`
	Beta     figure.Figure `json:"beta"`
	Mu       figure.Figure `json:"mu"`
	Rho      figure.Figure `json:"rho"`
	Loglik   figure.Figure `json:"loglik"`
	Loglik0  figure.Figure `json:"loglik0"`
	LR       figure.Figure `json:"lr"`
	LRPMix   figure.Figure `json:"lr_p_mix"`
	Boundary bool          `json:"boundary"`

	mu, phi float64 // phi = 1 / (alpha + beta)
}

// ladders are the sums over k of which the likelihood is made (Griffiths 1973),
//
//	sum a_k log(mu + k phi) + sum b_k log(1 - mu + k phi) - sum n_k log(1 + k phi),
//
// where a_k employers had more than k events, b_k more than k people without, and
// n_k more than k people. It has no singular point at phi = 0.
type ladders struct{ events, others, people ladder }

// FitBetaBinomial fits to counts. 0 <= x <= n; cells without people do not count.
func FitBetaBinomial(cells []Count) (BetaBinomial, error) {
	if err := check(cells); err != nil {
		return BetaBinomial{}, err
	}
	var x, y, n []float64
	for _, c := range cells {
		x, y, n = append(x, float64(c.X)), append(y, float64(c.N-c.X)), append(n, float64(c.N))
	}
	l := ladders{newLadder(x), newLadder(y), newLadder(n)}
	events, people := sum(x), sum(n)
	f := BetaBinomial{Boundary: true, mu: events / people}
	f.Loglik0 = figure.Figure(l.loglik(f.mu, 0))
	f.Loglik = f.Loglik0
	switch {
	case events == 0 || events == people:
		f.describe()
		f.Alpha, f.Beta = figure.Figure(math.NaN()), figure.Figure(math.NaN())
		return f, nil
	case allOrNone(cells):
		f.mu = l.events.at(0) / (l.events.at(0) + l.others.at(0))
		f.phi = math.Inf(1)
		f.Loglik = figure.Figure(l.events.at(0)*math.Log(f.mu) + l.others.at(0)*math.Log(1-f.mu))
	default:
		l.best(&f)
	}
	f.describe()
	return f, nil
}

func sum(list []float64) float64 {
	s := 0.0
	for _, x := range list {
		s += x
	}
	return s
}

// allOrNone reports that everybody or nobody had the event at every employer, of
// which one has two people or more.
func allOrNone(cells []Count) bool {
	for _, c := range cells {
		if c.X != 0 && c.X != c.N {
			return false
		}
	}
	return slices.ContainsFunc(cells, func(c Count) bool { return c.N > 1 })
}

// best looks along phi for the highest peak of the likelihood.
func (l ladders) best(f *BetaBinomial) {
	const perDecade = 4
	start := f.mu
	lastPhi, lastMu := 0.0, f.mu
	lastSlope := l.slope(lastMu, 0)
	for i := -12 * perDecade; i <= 8*perDecade; i++ {
		phi := math.Pow(10, float64(i)/perDecade)
		mu := l.mean(phi, lastMu)
		slope := l.slope(mu, phi)
		if lastSlope > 0 && slope <= 0 {
			at, m := l.peak(lastPhi, phi, mu)
			if ll := l.loglik(m, at); ll > float64(f.Loglik) {
				f.Loglik, f.mu, f.phi, f.Boundary = figure.Figure(ll), m, at, false
			}
		}
		lastPhi, lastMu, lastSlope = phi, mu, slope
	}
	if f.Boundary {
		f.mu, f.phi = start, 0
	}
}

// peak finds where the slope turns from up to down.
func (l ladders) peak(low, high, mu float64) (phi, m float64) {
	for range 200 {
		middle := low + (high-low)/2
		if low > 0 {
			middle = math.Sqrt(low) * math.Sqrt(high)
		}
		if middle <= low || middle >= high {
			break
		}
		mu = l.mean(middle, mu)
		if l.slope(mu, middle) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low, l.mean(low, mu)
}

// mean is the best mu for a phi. The likelihood is concave along mu.
func (l ladders) mean(phi, mu float64) float64 {
	low, high := 0.0, 1.0
	for range 200 {
		up, curveUp := l.events.inverse(mu, phi)
		down, curveDown := l.others.inverse(1-mu, phi)
		if up > down {
			low = mu
		} else {
			high = mu
		}
		next := mu + (up-down)/(curveUp+curveDown)
		if math.Abs(next-mu) <= 2e-16*mu {
			return next
		}
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		mu = next
	}
	return mu
}

func (l ladders) loglik(mu, phi float64) float64 {
	return l.events.log(mu, phi) + l.others.log(1-mu, phi) - l.people.log(1, phi)
}

// slope is the derivative for phi.
func (l ladders) slope(mu, phi float64) float64 {
	return l.events.share(mu, phi) + l.others.share(1-mu, phi) - l.people.share(1, phi)
}

// describe fills in what follows from mu and phi.
func (f *BetaBinomial) describe() {
	f.Mu, f.Rho = figure.Figure(f.mu), figure.Figure(f.phi/(1+f.phi))
	if math.IsInf(f.phi, 1) {
		f.Rho = 1
	}
	f.Alpha, f.Beta = figure.Figure(f.mu/f.phi), figure.Figure((1-f.mu)/f.phi)
	f.LR = figure.Figure(math.Max(0, 2*float64(f.Loglik-f.Loglik0)))
	f.LRPMix = 1
	if f.LR > 0 {
		f.LRPMix = figure.Figure(0.5 * math.Erfc(math.Sqrt(float64(f.LR)/2)))
	}
}
