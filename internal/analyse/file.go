package analyse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/small"
	"example.org/asye/internal/stat/table"
)

// File reads a file of records once, and looks at it.
func File(ctx context.Context, in io.Reader, r Request) (*Analysis, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	plan := tally.Plan{Columns: r.columns(), Bad: r.Bad}
	if r.Employers != "" {
		plan.Pairs = [][2]string{{r.Employers, r.Outcome}}
	}
	cube, err := tally.Read(ctx, in, plan)
	if err != nil {
		return nil, err
	}
	return Cube(cube, r)
}

// view is the cube with what the request says of it.
type view struct {
	*tally.Cube
	Request
	counts []bool // by outcome: is among those that count
	event  int    // the place of the event among the outcomes
}

// Cube looks at records that have been counted already. The first column of the
// cube is the outcome; the others are those that the request names.
func Cube(cube *tally.Cube, r Request) (*Analysis, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	v := &view{Cube: cube, Request: r}
	outcomes := cube.Columns[0].Levels
	if err := v.read(outcomes); err != nil {
		return nil, err
	}
	a := &Analysis{Records: cube.Records, Malformed: cube.Bad, Lines: cube.Malformed, Outcome: r.Outcome, Event: r.Event, Level: r.Level, Tables: []Table{}}
	for i, n := range cube.Margin(0) {
		a.Outcomes = append(a.Outcomes, Outcome{outcomes[i], n, v.counts[i]})
		if v.counts[i] {
			a.Total += n
		}
		if i == v.event {
			a.Events = n
		}
	}
	err := v.tables(a)
	if err == nil {
		err = a.adjust()
	}
	if err != nil {
		return nil, err
	}
	if len(r.Model) > 0 {
		if a.Model, err = v.model(); err != nil {
			return nil, err
		}
	}
	if r.Employers != "" {
		a.Employers, err = small.Rates(v.employers())
	}
	return a, err
}

// tables looks at every characteristic, several at a time.
func (v *view) tables(a *Analysis) error {
	a.Tables = make([]Table, len(v.By))
	failed := make([]error, len(v.By))
	var all sync.WaitGroup
	for i, name := range v.By {
		all.Go(func() { a.Tables[i], failed[i] = v.table(name) })
	}
	all.Wait()
	return errors.Join(failed...)
}

// read finds the event among the outcomes of the file, and who counts.
func (v *view) read(outcomes []string) error {
	if len(outcomes) == 0 {
		return fmt.Errorf("there are no records after the header line")
	}
	v.event = slices.Index(outcomes, v.Event)
	v.counts = make([]bool, len(outcomes))
	for i, one := range outcomes {
		v.counts[i] = slices.Contains(v.Among, one) || len(v.Among) == 0 && !v.missing(one)
	}
	for _, one := range append([]string{v.Event}, v.Among...) {
		if !slices.Contains(outcomes, one) {
			return fmt.Errorf("no record has %q in the column %s. What stands there is %s", one, v.Outcome, some(outcomes))
		}
	}
	return nil
}

// some names the first few values of a column.
func some(values []string) string {
	const few = 12
	text := strings.Join(values[:min(len(values), few)], ", ")
	if len(values) > few {
		text += fmt.Sprintf(" and %d others", len(values)-few)
	}
	return text
}

// column is the place of a column in the cube.
func (v *view) column(name string) int {
	return slices.IndexFunc(v.Columns, func(c tally.Column) bool { return c.Name == name })
}

// adjust corrects the tests of whole tables for being several looks.
func (a *Analysis) adjust() error {
	var p []float64
	for _, t := range a.Tables {
		if t.Whole == nil || t.Whole.Error != "" {
			continue
		}
		one := t.Whole.Chance()
		if !one.Defined() {
			continue
		}
		p = append(p, float64(one))
		a.Family = append(a.Family, Look{Characteristic: t.Characteristic, P: one})
	}
	if len(p) == 0 {
		return nil
	}
	adjusted, err := table.Adjust(p)
	for i := range a.Family {
		a.Family[i].Holm, a.Family[i].BH = adjusted.Holm[i], adjusted.BH[i]
	}
	return err
}

// employers are the counts of each employer that is named.
func (v *view) employers() []small.Count {
	var out []small.Count
	for i, row := range v.Pairs[0].Counts {
		one := small.Count{Name: v.Pairs[0].Columns[0].Levels[i]}
		if v.missing(one.Name) {
			continue
		}
		for outcome, n := range row {
			at := slices.Index(v.Columns[0].Levels, v.Pairs[0].Columns[1].Levels[outcome])
			if v.counts[at] {
				one.N += n
			}
			if at == v.event {
				one.X += n
			}
		}
		out = append(out, one)
	}
	return out
}

func ratio(a, b int64) figure.Figure {
	if b == 0 {
		return figure.Undefined
	}
	return figure.Figure(float64(a) / float64(b))
}
