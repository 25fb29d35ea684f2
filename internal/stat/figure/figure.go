// Package figure is how a statistic is written down: full double precision, null where it is not
// defined, and words where it is infinite. NaN stands for "not defined" inside the program only.
package figure

import (
	"encoding/json"
	"math"
)

// Figure is one statistic. NaN is one that is not defined.
type Figure float64

// Undefined is the figure of what has no value.
var Undefined = Figure(math.NaN())

// Defined reports whether the figure has a value, infinite or not.
func (f Figure) Defined() bool { return !math.IsNaN(float64(f)) }

// MarshalJSON writes a number, null, "inf" or "-inf".
func (f Figure) MarshalJSON() ([]byte, error) {
	switch v := float64(f); {
	case math.IsNaN(v):
		return []byte("null"), nil
	case math.IsInf(v, 1):
		return []byte(`"inf"`), nil
	case math.IsInf(v, -1):
		return []byte(`"-inf"`), nil
	case v == 0:
		return []byte("0"), nil // never -0
	default:
		return json.Marshal(v)
	}
}

// UnmarshalJSON reads what MarshalJSON writes.
func (f *Figure) UnmarshalJSON(text []byte) error {
	switch string(text) {
	case "null":
		*f = Undefined
	case `"inf"`:
		*f = Figure(math.Inf(1))
	case `"-inf"`:
		*f = Figure(math.Inf(-1))
	default:
		return json.Unmarshal(text, (*float64)(f))
	}
	return nil
}

// Pair is the two limits of an interval, the lower first.
type Pair [2]Figure

// Between makes an interval.
func Between(low, high float64) Pair { return Pair{Figure(low), Figure(high)} }

// Nowhere is the interval of what has no value.
var Nowhere = Pair{Undefined, Undefined}

// MarshalJSON writes null when neither limit is defined.
func (p Pair) MarshalJSON() ([]byte, error) {
	if !p[0].Defined() && !p[1].Defined() {
		return []byte("null"), nil
	}
	return json.Marshal([2]Figure(p))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Pair) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*p = Nowhere
		return nil
	}
	return json.Unmarshal(text, (*[2]Figure)(p))
}

// Figures are plain numbers as figures.
func Figures(values []float64) []Figure {
	out := make([]Figure, len(values))
	for i, v := range values {
		out[i] = Figure(v)
	}
	return out
}
