package table

import (
	"fmt"
	"math"

	"example.org/asye/internal/stat/figure"
)

// Crossing is four groups of people who have both of two characteristics, only the first, only the second, or neither.
type Crossing struct{ Both, First, Second, Neither Group }

// Interaction is how far both characteristics together are more, or less, than one added to the other. Intervals are
// at 95%.
type Interaction struct {
	P11        figure.Figure `json:"p11"`
	P10        figure.Figure `json:"p10"`
	P01        figure.Figure `json:"p01"`
	P00        figure.Figure `json:"p00"`
	Contrast   figure.Figure `json:"interaction_contrast"`    // p11 - p10 - p01 + p00
	ContrastCI figure.Pair   `json:"interaction_contrast_ci"` // from four Wilson intervals; Zou and Donner, Statistics in Medicine 27 (2008) 1693-1702
	RERI       figure.Figure `json:"reri"`                    // RR11 - RR10 - RR01 + 1; Rothman (1986)
	RERICI     figure.Pair   `json:"reri_ci"`                 // delta method, where every group has events; Hosmer and Lemeshow, Epidemiology 3 (1992) 452-456
	AP         figure.Figure `json:"ap"`                      // RERI/RR11: the share of those with both that is due to their meeting
	Synergy    figure.Figure `json:"synergy"`                 // (RR11 - 1)/(RR10 - 1 + RR01 - 1)
}

// Check says in a sentence why a crossing cannot be computed.
func (c Crossing) Check() error {
	var counts []int64
	for i, g := range c.groups() {
		if g.Events < 0 || g.Events > g.Total || g.Total < 1 {
			return fmt.Errorf("Group %d of the four has %d events among %d people: each needs at least one, and no more events than people.", i+1, g.Events, g.Total)
		}
		counts = append(counts, g.Total)
	}
	return checkCounts(counts...)
}

func (c Crossing) groups() [4]Group { return [4]Group{c.Both, c.First, c.Second, c.Neither} }

// Interact computes them. Where nobody of the reference has the event, ratios are not defined, and the contrast is.
func Interact(c Crossing) (Interaction, error) {
	if err := c.Check(); err != nil {
		return Interaction{}, err
	}
	p11, p10, p01, p00 := c.Both.rate(), c.First.rate(), c.Second.rate(), c.Neither.rate()
	contrast := (p11 - p10) - (p01 - p00)
	low, high := c.around(contrast)
	u := figure.Undefined
	out := Interaction{P11: figure.Figure(p11), P10: figure.Figure(p10), P01: figure.Figure(p01), P00: figure.Figure(p00),
		Contrast: figure.Figure(contrast), ContrastCI: figure.Between(low, high), RERI: u, RERICI: figure.Nowhere, AP: u, Synergy: u}
	if p00 == 0 {
		return out, nil
	}
	reri := contrast / p00
	out.RERI = figure.Figure(reri)
	if p11 > 0 && p10 > 0 && p01 > 0 { // the error of a rate of none would be none
		width := zOf(0.95) * c.reriError()
		out.RERICI = figure.Between(reri-width, reri+width)
	}
	out.AP = figure.Figure(quotient(contrast, p11))
	out.Synergy = figure.Figure(quotient(p11-p00, (p10-p00)+(p01-p00)))
	return out, nil
}

// around adds up the squares of how far each limit lies from its rate.
func (c Crossing) around(contrast float64) (low, high float64) {
	z := zOf(0.95)
	for i, g := range c.groups() {
		x, n := float64(g.Events), float64(g.Total)
		below, above := wilsonBelow(x, n, z), wilsonBelow(n-x, n, z)
		if i == 1 || i == 2 { // these are taken off
			below, above = above, below
		}
		low, high = math.Hypot(low, below), math.Hypot(high, above)
	}
	return max(contrast-low, -2), min(contrast+high, 2)
}

// reriError is the standard error of the RERI.
func (c Crossing) reriError() float64 {
	p00 := c.Neither.rate()
	slope := (c.Both.rate() - c.First.rate() - c.Second.rate()) / p00
	return math.Sqrt(c.Both.variance()+c.First.variance()+c.Second.variance()+slope*slope*c.Neither.variance()) / p00
}

// variance is that of the rate.
func (g Group) variance() float64 { return g.rate() * (1 - g.rate()) / float64(g.Total) }
