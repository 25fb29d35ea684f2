package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/analyse/tally"
	"example.org/asye/internal/stat/table"
)

// inside runs a program that prints how long something took within it.
func inside(args ...string) (float64, error) {
	out, err := exec.Command(args[0], args[1:]...).Output()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", args[len(args)-1], err)
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}

// row prints a time beside our own.
func row(name string, seconds, ours float64) {
	fmt.Printf("%-58s %10.5f s %9.1fx\n", name, seconds, seconds/ours)
}

// exact compares two groups among ten million people.
func (b bench) exact() error {
	fmt.Printf("\nTwo groups among ten million people, by the clock around the call\n")
	two := table.TwoByTwo{A: 96_000, B: 2_704_000, C: 68_000, D: 7_132_000}
	ours, err := quickest(50, func() error { _, err := table.Compare(two, []float64{0.95}); return err })
	if err != nil {
		return err
	}
	row("all tests and intervals at 95%", ours, ours)
	if installed([]string{"Rscript", "--version"}) {
		seconds, err := inside("Rscript", "--vanilla", filepath.Join(b.dir, "fisher.R"))
		if err != nil {
			return err
		}
		row("R, fisher.test alone, with its interval", seconds, ours)
	}
	aim("seconds", ours, 0.001)
	return nil
}

// further makes one more table of what has been read.
func further(file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	columns := []string{"outcome", "gender", "ethnicity", "age_band", "disability", "deferrals", "region"}
	cube, err := tally.Read(context.Background(), in, tally.Plan{Columns: columns})
	if err != nil {
		return err
	}
	var request = analyse.Request{Outcome: "outcome", Event: "fail", Among: []string{"pass", "fail"}, By: []string{"ethnicity"}, Level: 0.95}
	tests, err := quickest(10, func() error { _, err := analyse.Cube(cube, request); return err })
	if err != nil {
		return err
	}
	ways, _ := quickest(10, func() error { cube.Margin(1, 2, 0); return nil })
	fmt.Printf("  a further table of what was read (%v): counts three ways %.5f s, one characteristic with all its tests %.5f s\n", cube, ways, tests)
	aim("seconds for a further table", ways, 0.02)
	aim("seconds for a further table with all its tests", tests, 0.02)
	return nil
}
