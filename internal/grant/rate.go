package grant

import (
	"slices"

	"example.org/asye/internal/asye"
)

// Rate is the formula of a grant that has one pot, shared by how many NQSWs
// there turn out to be: a floor for everybody, and a ceiling by the kind of
// employer. An employer first estimates its number and is paid an instalment on
// it; at the second milestone it is paid the rest for those who came, and what
// was paid too much is taken off.
type Rate struct {
	Floor    Pence     `json:"floor_pence"`
	Ceilings []Ceiling `json:"ceilings"`
	First    Pence     `json:"first_pence"` // the first instalment, for each NQSW estimated
	Years    int       `json:"estimate_years"`
	// Pot is all there is to share; nothing while the funder has not said, and
	// then everybody is paid the floor.
	Pot Pence `json:"pot_pence"`
	// Number is how many NQSWs the pot is shared by.
	Number    int        `json:"pot_number"`
	Estimates []Deadline `json:"estimate_deadlines"`
	Basis
}

// Ceiling is the most that is paid for one NQSW of some kinds of employer.
type Ceiling struct {
	Types []asye.EmployerType `json:"types"`
	Pence Pence               `json:"pence"`
}

// For is what one NQSW is worth to an employer of a kind: the pot divided by
// the number who share it, to the penny below, but never less than the floor or
// more than the ceiling (GRA-12).
func (r Rate) For(kind asye.EmployerType) Pence {
	share := r.Floor
	if r.Pot > 0 && r.Number > 0 {
		share = r.Pot / Pence(r.Number)
	}
	return max(r.Floor, min(share, r.ceiling(kind)))
}

func (r Rate) ceiling(kind asye.EmployerType) Pence {
	for _, c := range r.Ceilings {
		if slices.Contains(c.Types, kind) {
			return c.Pence
		}
	}
	return r.Floor
}

// Estimate is how many NQSWs an employer is expected to have, from how many it
// had in years past, the latest last: their mean over the years that count, to
// the nearest, halves up (GRA-13).
func (r Rate) Estimate(past []int) int {
	if len(past) > r.Years {
		past = past[len(past)-r.Years:]
	}
	if len(past) == 0 {
		return 0
	}
	sum := 0
	for _, n := range past {
		sum += n
	}
	return (2*sum + len(past)) / (2 * len(past))
}

// Settled is what the second instalment comes to: the rate for those who came,
// less what the first paid. Below zero it is to be given back.
func (r Rate) Settled(kind asye.EmployerType, estimated, came int) Pence {
	return r.For(kind)*Pence(came) - r.First*Pence(estimated)
}
