package table

import (
	"fmt"

	"example.org/asye/internal/stat/figure"
)

// Group is one of several groups: how many had the event, out of how many.
type Group struct{ Events, Total int64 }

// Measures is one group beside all others and beside the reference.
type Measures struct {
	Rate                 figure.Figure `json:"rate"`
	RateComplement       figure.Figure `json:"rate_complement"`                // of everybody else
	LikelihoodComplement figure.Figure `json:"relative_likelihood_complement"` // the rate over that of everybody else
	LikelihoodReference  figure.Figure `json:"relative_likelihood_reference"`  // the rate over that of the reference
	ShareEvents          figure.Figure `json:"share_events"`
	SharePeople          figure.Figure `json:"share_people"`
	Representation       figure.Figure `json:"representation_ratio"` // share of events over share of people
	Excess               figure.Figure `json:"excess_events"`        // events more than at the rate of the reference
	Outside              bool          `json:"outside_four_fifths"`  // relative likelihood below 0.8 or above 1.25: never shown alone
}

// Measure compares each group with all others and with the group at reference. It refuses a negative count, events
// that exceed people, and a reference that is not there.
func Measure(groups []Group, reference int) ([]Measures, error) {
	if reference < 0 || reference >= len(groups) {
		return nil, fmt.Errorf("The reference is group %d of %d groups.", reference+1, len(groups))
	}
	var all Group
	for i, g := range groups {
		if g.Events < 0 || g.Events > g.Total || g.Total > most {
			return nil, fmt.Errorf("Group %d has %d events among %d people.", i+1, g.Events, g.Total)
		}
		all.Events += g.Events
		all.Total += g.Total
	}
	out := make([]Measures, len(groups))
	for i, g := range groups {
		rest, ref := Group{all.Events - g.Events, all.Total - g.Total}, groups[reference]
		out[i] = Measures{
			Rate: figure.Figure(g.rate()), RateComplement: figure.Figure(rest.rate()),
			LikelihoodComplement: figure.Figure(against(g, rest)), LikelihoodReference: figure.Figure(against(g, ref)),
			ShareEvents:    figure.Figure(quotient(float64(g.Events), float64(all.Events))),
			SharePeople:    figure.Figure(quotient(float64(g.Total), float64(all.Total))),
			Representation: figure.Figure(against(g, all)),
			Excess:         figure.Figure(float64(g.Events) - float64(g.Total)*ref.rate()),
		}
		ratio := against(g, ref)
		out[i].Outside = ratio < 0.8 || ratio > 1.25
	}
	return out, nil
}

func (g Group) rate() float64 { return quotient(float64(g.Events), float64(g.Total)) }

func against(g, other Group) float64 {
	return quotient(float64(g.Events)*float64(other.Total), float64(other.Events)*float64(g.Total))
}
