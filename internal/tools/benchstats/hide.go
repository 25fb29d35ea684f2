package main

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"example.org/asye/internal/stat/disclosure"
	"example.org/asye/internal/stat/disclosure/lattice"
)

// gauss is how many seconds R's GaussSuppression 1.0.0 took once for a table of
// this shape on two processors, without ranges five wide; sdcTable took 549.
const gauss = 6.4

// hiding hides small counts of 200 employers by 6 ethnic groups by 4 outcomes, and
// audits what is left.
func hiding() error {
	fmt.Printf("\nHiding in 200 employers x 6 x 4 with all margins, by the clock around the call\n")
	t, err := nation(200)
	if err != nil {
		return err
	}
	policy := disclosure.Policy{Audience: disclosure.Employer, Method: disclosure.Exact, Threshold: 5, Width: 5, Sharp: 3}
	var release disclosure.Release
	hid, err := quickest(3, func() error { release, err = disclosure.Suppress(t, policy); return err })
	if err != nil {
		return err
	}
	audited, err := quickest(3, func() error {
		report, err := disclosure.Audit(t, policy, release.Figures)
		if err == nil && !report.Safe {
			err = errors.New("the audit found a count that can be worked out")
		}
		return err
	})
	if err != nil {
		return err
	}
	row(fmt.Sprintf("hiding %d small counts with %d others", len(release.Primary), len(release.Secondary)), hid, hid)
	row("the audit of every hidden count", audited, hid)
	fmt.Println("R, GaussSuppression and sdcTable are not in Debian; they took 6.4 and 549 s (not in this run)")
	aim("seconds to hide", hid, 1)
	aim("seconds to audit", audited, 5)
	aim("of the time of GaussSuppression", hid/gauss, 1)
	return nil
}

// nation draws employers of very different sizes; the same each time.
func nation(employers int) (disclosure.Table, error) {
	draw := rand.New(rand.NewPCG(4, 2))
	var counts []int
	for range employers {
		size := 10 + 50*math.Exp(draw.NormFloat64()*0.8)
		for _, ethnic := range []float64{0.62, 0.12, 0.1, 0.07, 0.05, 0.04} {
			for _, ended := range []float64{0.7, 0.16, 0.1, 0.04} {
				counts = append(counts, poisson(draw, size*ethnic*ended))
			}
		}
	}
	l, err := lattice.New([]lattice.Dim{dim("employer", employers), dim("ethnicity", 6), dim("outcome", 4)}, counts)
	t := disclosure.Table{Lattice: l, Holder: new(int)}
	return t.KeepWhole(), err
}

func dim(name string, n int) lattice.Dim {
	var leaves []string
	for i := range n {
		leaves = append(leaves, name+strconv.Itoa(i+1))
	}
	return lattice.WithTotal(name, leaves...)
}

func poisson(draw *rand.Rand, mean float64) int {
	n := -1
	for p := 1.0; p > math.Exp(-mean); n++ {
		p *= draw.Float64()
	}
	return n
}
