package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"example.org/asye/internal/stat/firth"
)

// logistf is how many seconds R's logistf took once for 864,786 records with 22
// coefficients, all profile intervals among them, on two processors.
const logistf = 333

// models fits a logistic regression by Firth's penalty.
func (b bench) models() error {
	const people, some = 865_000, 20_000
	all := registered(people)
	fmt.Printf("\nFirth's regression, %d records in %d patterns, by the clock around the call\n", people, len(all.Patterns))
	ours, err := quickest(3, func() error { _, err := firth.Fit(all, firth.Options{}); return err })
	if err != nil {
		return err
	}
	row("both fits, all profile intervals, tests of every term", ours, ours)
	if err := b.peers(all, registered(some), ours); err != nil {
		return err
	}
	aim("seconds with everything", ours, 2)
	aim("of the 333 s that R's logistf took (not in this run)", ours/logistf, 0.01)
	return nil
}

// peers fits the same with what R has: all records, and some for what takes minutes.
func (b bench) peers(all, some firth.Data, ours float64) error {
	if installed([]string{"Rscript", "--vanilla", "-e", "library(brglm2)"}) {
		seconds, err := b.inR("firth.R", all)
		if err != nil {
			return err
		}
		row("R, brglm2 of the patterns, without intervals and tests", seconds, ours)
	} else {
		fmt.Println("R, brglm2 is not installed")
	}
	if !installed([]string{"Rscript", "--vanilla", "-e", "library(logistf)"}) {
		fmt.Println("R, logistf is not installed, and Debian does not have it")
		return nil
	}
	seconds, err := b.inR("logistf.R", some)
	if err != nil {
		return err
	}
	fewer, err := quickest(3, func() error { _, err := firth.Fit(some, firth.Options{}); return err })
	row("R, logistf with everything, of 20,000 records only", seconds, fewer)
	return err
}

func (b bench) inR(script string, d firth.Data) (float64, error) {
	file := filepath.Join(b.dir, "patterns.csv")
	if err := writePatterns(file, d); err != nil {
		return 0, err
	}
	return inside("Rscript", "--vanilla", filepath.Join(b.dir, script), file)
}

func writePatterns(file string, d firth.Data) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, t := range d.Terms {
		w.WriteString(t.Name + ",")
	}
	w.WriteString("events,total\n")
	for _, p := range d.Patterns {
		for _, level := range p.Values {
			fmt.Fprintf(w, "l%02.0f,", level)
		}
		fmt.Fprintf(w, "%d,%d\n", p.Events, p.Total)
	}
	return errors.Join(w.Flush(), f.Close())
}

// registered is people in patterns of six characteristics with 26 coefficients,
// spread unevenly, with about one event in seventy; the same each time.
func registered(people int) firth.Data {
	draw := rand.New(rand.NewPCG(1, 4))
	var d firth.Data
	for j, levels := range []int{3, 6, 5, 3, 4, 10} {
		t := firth.Term{Name: fmt.Sprintf("c%d", j)}
		for l := range levels {
			t.Levels = append(t.Levels, fmt.Sprint(l))
		}
		d.Terms = append(d.Terms, t)
	}
	at := map[[6]int]int{}
	for range people {
		key, log := person(draw, d.Terms)
		i, seen := at[key]
		if !seen {
			i = len(d.Patterns)
			at[key] = i
			p := firth.Pattern{}
			for _, level := range key {
				p.Values = append(p.Values, float64(level))
			}
			d.Patterns = append(d.Patterns, p)
		}
		d.Patterns[i].Total++
		if draw.Float64() < 1/(1+math.Exp(-log)) {
			d.Patterns[i].Events++
		}
	}
	return d
}

// person is the levels of one person, and the logarithm of the odds of the event.
func person(draw *rand.Rand, terms []firth.Term) (key [6]int, log float64) {
	log = -4.6
	for j, t := range terms {
		last := len(t.Levels) - 1
		key[j] = min(int(draw.ExpFloat64()*1.2), last)
		if j == 5 || key[j] == last {
			key[j] = draw.IntN(last + 1)
		}
		log += 0.15 * float64(key[j]*(j%3))
	}
	return key, log
}
