package table

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/distribution"
	"example.org/asye/internal/stat/figure"
)

// Trend is a test of whether the rate rises or falls with a score.
type Trend struct {
	Asymptotic TrendLarge `json:"asymptotic"`
	Exact      TrendExact `json:"exact"`
}

// TrendLarge is the test for large counts. Source: Cochran, Biometrics 10 (1954) 417-451; Armitage, Biometrics 11
// (1955) 375-386.
type TrendLarge struct {
	ChiSq   figure.Figure `json:"chisq"`
	Z       figure.Figure `json:"z"`
	P       figure.Figure `json:"p"`
	ChiSqN1 figure.Figure `json:"chisq_n1"` // times (N-1)/N
	PN1     figure.Figure `json:"p_n1"`
	Slope   figure.Figure `json:"slope"` // of the rate by weighted least squares, for one step of the score
}

// dose is the groups of a trend that have people in them.
type dose struct {
	x, n   []int64
	scores []float64
}

// TrendOf tests x events among n people in groups with scores. It refuses lists of different lengths, fewer than two
// groups with people, and scores that are not numbers.
func TrendOf(x, n []int64, scores []float64) (Trend, error) {
	d, err := readDose(x, n, scores)
	if err != nil {
		return Trend{}, err
	}
	return Trend{Asymptotic: d.large(), Exact: d.exact()}, nil
}

func readDose(x, n []int64, scores []float64) (dose, error) {
	var d dose
	if len(x) != len(n) || len(x) != len(scores) {
		return d, fmt.Errorf("The trend has %d counts of events, %d of people and %d scores: each group needs one of each.",
			len(x), len(n), len(scores))
	}
	if err := checkCounts(n...); err != nil {
		return d, err
	}
	for i := range x {
		switch {
		case x[i] < 0 || x[i] > n[i]:
			return d, fmt.Errorf("Group %d has %d events among %d people.", i+1, x[i], n[i])
		case math.IsNaN(scores[i]) || math.Abs(scores[i]) > 1e15:
			return d, fmt.Errorf("The score of group %d is no number of ordinary size.", i+1)
		case n[i] > 0:
			d.x, d.n, d.scores = append(d.x, x[i]), append(d.n, n[i]), append(d.scores, scores[i])
		}
	}
	if len(d.n) < 2 {
		return d, fmt.Errorf("The trend needs at least two groups with people in them.")
	}
	return d, nil
}

func (d dose) totals() (events, people int64) {
	for i := range d.x {
		events += d.x[i]
		people += d.n[i]
	}
	return events, people
}

// large is not defined where nobody or everybody has the event, or where all scores are equal.
func (d dose) large() TrendLarge {
	events, people := d.totals()
	n, m := float64(people), float64(events)
	mean := 0.0
	for i, s := range d.scores {
		mean += (s - d.scores[0]) * float64(d.n[i]) / n
	}
	var lean, spread float64 // sum of (s - mean)(x - n m/N), and of n (s - mean)^2
	for i, s := range d.scores {
		far := s - d.scores[0] - mean
		lean += far * float64(d.x[i]*people-d.n[i]*events) / n
		spread += far * far * float64(d.n[i])
	}
	if spread == 0 || events == 0 || events == people {
		u := figure.Undefined
		return TrendLarge{u, u, u, u, u, u}
	}
	z := lean / math.Sqrt(m/n*((n-m)/n)*spread)
	chi := z * z
	tail := func(x float64) figure.Figure { return figure.Figure(distribution.ChiSquareUpper(x, 1)) }
	return TrendLarge{figure.Figure(chi), figure.Figure(z), tail(chi), figure.Figure(chi * (n - 1) / n),
		tail(chi * (n - 1) / n), figure.Figure(lean / spread)}
}
