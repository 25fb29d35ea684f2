package analyse

import (
	"fmt"
	"slices"
	"strconv"

	"example.org/asye/internal/stat/firth"
)

// unknown is the level of those of whom nothing is known, where it is one.
const unknown = "(missing)"

// model fits the model to those who count.
func (v *view) model() (*firth.Model, error) {
	data := firth.Data{}
	var values []values
	for _, term := range v.Model {
		one, levels, err := v.values(term)
		if err != nil {
			return nil, err
		}
		values = append(values, one)
		data.Terms = append(data.Terms, firth.Term{Name: term.Column, Levels: levels})
	}
	v.Cells(func(levels []uint16, n int64) {
		if !v.counts[levels[0]] {
			return
		}
		p := firth.Pattern{Values: make([]float64, len(values)), Total: n}
		if int(levels[0]) == v.event {
			p.Events = n
		}
		for i, one := range values {
			var known bool
			if p.Values[i], known = one.of(levels); !known {
				data.Dropped += n
				return
			}
		}
		data.Patterns = append(data.Patterns, p)
	})
	if len(data.Patterns) == 0 {
		return nil, fmt.Errorf("the model has no records: each lacks one of its columns, or does not count")
	}
	return firth.Fit(data, firth.Options{})
}

// values turns the level of a column into what the model is fitted to.
type values struct {
	column int
	number []float64 // by level of the column
	known  []bool
}

func (v values) of(levels []uint16) (float64, bool) {
	level := levels[v.column]
	return v.number[level], v.known[level]
}

// values gives what the values of a term stand for, and its levels, the reference
// first; a number has no levels.
func (v *view) values(term Term) (values, []string, error) {
	at := v.column(term.Column)
	all := v.Columns[at].Levels
	out := values{at, make([]float64, len(all)), make([]bool, len(all))}
	if term.Number {
		numbers := 0
		for i, text := range all {
			if n, err := strconv.ParseFloat(text, 64); err == nil {
				out.number[i], out.known[i] = n, true
				numbers++
			}
		}
		if numbers == 0 {
			return out, nil, fmt.Errorf("the column %s has no numbers, so that it cannot act as one: leave out :number", term.Column)
		}
		return out, nil, nil
	}
	groups := v.groups(at)
	reference, err := v.reference(term.Column, groups)
	if err != nil || reference < 0 {
		return out, nil, err
	}
	levels := []string{groups[reference].Group}
	for i, g := range groups {
		if i != reference && g.Total > 0 && !g.Missing {
			levels = append(levels, g.Group)
		}
	}
	for i, text := range all {
		place := slices.Index(levels, text)
		if v.missing(text) && v.AsLevel && groups[i].Total > 0 {
			if place = slices.Index(levels, unknown); place < 0 {
				levels, place = append(levels, unknown), len(levels)
			}
		}
		out.number[i], out.known[i] = float64(max(place, 0)), place >= 0
	}
	return out, levels, nil
}
