package firth

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Term is one characteristic of a model: a category when it has levels, of which
// the first is the reference, and a number that acts linearly when it has none.
type Term struct {
	Name   string
	Levels []string
}

func (t Term) isNumber() bool { return len(t.Levels) == 0 }

// Pattern is one combination of values with its counts. Values has one entry for
// each term: the index of the level, or the number itself. 0 <= Events <= Total.
type Pattern struct {
	Values []float64
	Events int64
	Total  int64
}

// Data is what a model is fitted to. Equal patterns are merged, and their order
// does not matter. Dropped is how many records the caller left out; it is only
// passed on.
type Data struct {
	Terms    []Term
	Patterns []Pattern
	Dropped  int64
}

// largest is the largest count of people that a float64 holds exactly.
const largest = 1 << 53

// grouped checks the data, and returns its distinct patterns that hold anybody,
// in the order in which they first came.
func (d Data) grouped() ([]Pattern, error) {
	if err := d.checkTerms(); err != nil {
		return nil, err
	}
	at := make(map[string]int, len(d.Patterns))
	var out []Pattern
	var key []byte
	people := int64(0)
	for i, p := range d.Patterns {
		if err := d.checkPattern(i, p); err != nil {
			return nil, err
		}
		if people += p.Total; people > largest {
			return nil, fmt.Errorf("The patterns hold more people than can be counted exactly: use at most %d", int64(largest))
		}
		if p.Total == 0 {
			continue
		}
		key = key[:0]
		for _, v := range p.Values {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v+0)) // -0 is 0
		}
		if j, seen := at[string(key)]; seen {
			out[j].Events += p.Events
			out[j].Total += p.Total
			continue
		}
		at[string(key)] = len(out)
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("There is nobody to fit a model to: every record was left out")
	}
	return out, nil
}

func (d Data) checkTerms() error {
	seen := map[string]bool{}
	for _, t := range d.Terms {
		if t.Name == "" {
			return fmt.Errorf("A term of the model has no name: give each the name of a column")
		}
		if seen[t.Name] {
			return fmt.Errorf("The model names %s twice: name each term once", t.Name)
		}
		seen[t.Name] = true
	}
	return nil
}

func (d Data) checkPattern(i int, p Pattern) error {
	if len(p.Values) != len(d.Terms) {
		return fmt.Errorf("Pattern %d has %d values where the model has %d terms", i+1, len(p.Values), len(d.Terms))
	}
	if p.Events < 0 || p.Total < p.Events || p.Total > largest {
		return fmt.Errorf("Pattern %d counts %d events among %d people: events must lie between none and all", i+1, p.Events, p.Total)
	}
	for j, t := range d.Terms {
		v := p.Values[j]
		if t.isNumber() && (math.IsNaN(v) || math.Abs(v) > 1e150) {
			return fmt.Errorf("Pattern %d has no usable number for %s", i+1, t.Name)
		}
		if !t.isNumber() && !(v >= 0 && v < float64(len(t.Levels)) && v == math.Trunc(v)) {
			return fmt.Errorf("Pattern %d has the level %v for %s, which has %d levels, counted from 0", i+1, v, t.Name, len(t.Levels))
		}
	}
	return nil
}
