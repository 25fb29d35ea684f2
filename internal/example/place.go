package example

import (
	"example.org/asye/internal/asye"
)

// mix is whose employers are drawn: which programme, and for whom. Where people
// live differs, so the weights of the regions do.
type mix struct {
	programme string
	white     bool
}

// regionWeights are how much likelier somebody of a minoritised ethnic group is
// to work in a region than its employers' size alone would say. Invented.
var regionWeights = map[string]float64{"London": 3.2, "West Midlands": 1.7, "East Midlands": 1.1, "North West": 1.1,
	"Yorkshire and The Humber": 1.1, "East of England": 1, "South East": 0.9, "South West": 0.5, "North East": 0.35}

// adultWeights are how much of the adults' programme each type takes, beside
// its weight; types that are not listed take none.
var adultWeights = map[asye.EmployerType]float64{asye.LocalAuthority: 1, asye.NHSBody: 8, asye.Private: 0.5, asye.Voluntary: 0.5, asye.Agency: 1}

// place draws an employer.
func (b *builder) place(m mix) *employer {
	w, made := b.wheels[m]
	if !made {
		weights := make([]float64, len(b.employers))
		for i, e := range b.employers {
			weights[i] = e.weight
			if m.programme == adults {
				weights[i] *= adultWeights[e.Type]
			}
			if !m.white {
				weights[i] *= regionWeights[e.Region]
			}
		}
		w = newWheel(weights)
		b.wheels[m] = w
	}
	return b.employers[w.turn(b.draw)]
}
