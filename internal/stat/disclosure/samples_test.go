package disclosure

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// dim is a characteristic of n categories with its total.
func dim(name string, n int) lattice.Dim {
	var leaves []string
	for i := range n {
		leaves = append(leaves, name+strconv.Itoa(i+1))
	}
	return lattice.WithTotal(name, leaves...)
}

func table(t testing.TB, counts []int, dims ...lattice.Dim) Table {
	t.Helper()
	l, err := lattice.New(dims, counts)
	if err != nil {
		t.Fatal(err)
	}
	return Table{Lattice: l}
}

// counts draws a table with small, empty and large cells.
func counts(draw *rand.Rand, n int) []int {
	out := make([]int, n)
	for i := range out {
		switch draw.IntN(6) {
		case 0:
		case 1, 2:
			out[i] = 1 + draw.IntN(6)
		default:
			out[i] = 4 + draw.IntN(40)
		}
	}
	return out
}

// fives is the plain policy: exact counts, a threshold of 5, ranges 5 wide.
var fives = Policy{Audience: Employer, Method: Exact, Threshold: 5, Width: 5, Sharp: 3}

// nation is 200 employers by 6 ethnic groups by 4 outcomes.
func nation(t testing.TB, employers int) Table {
	draw := rand.New(rand.NewPCG(4, 2))
	ethnic := []float64{0.62, 0.12, 0.1, 0.07, 0.05, 0.04}
	ended := []float64{0.7, 0.16, 0.1, 0.04}
	var out []int
	for range employers {
		size := 10 + 50*math.Exp(draw.NormFloat64()*0.8)
		for _, e := range ethnic {
			for _, o := range ended {
				out = append(out, poisson(draw, size*e*o))
			}
		}
	}
	tab := table(t, out, dim("employer", employers), dim("ethnicity", 6), dim("outcome", 4))
	tab.Holder = new(int)
	return tab.KeepWhole()
}

func poisson(draw *rand.Rand, mean float64) int {
	n := -1
	for p := 1.0; p > math.Exp(-mean); n++ {
		p *= draw.Float64()
	}
	return n
}

// peer is how many seconds R's GaussSuppression 1.0.0 took for a table of this
// shape on two cores, without ranges 5 wide.
const peer = 6.4

func BenchmarkSuppressNation(b *testing.B) {
	t := nation(b, 200)
	defer func() { b.ReportMetric(peer/(b.Elapsed().Seconds()/float64(b.N)), "times-faster") }()
	for b.Loop() {
		r, err := Suppress(t, fives)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(r.Primary)), "primary")
		b.ReportMetric(float64(len(r.Secondary)), "secondary")
	}
}

func BenchmarkAuditNation(b *testing.B) {
	t := nation(b, 200)
	r, err := Suppress(t, fives)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		report, err := Audit(t, fives, r.Figures)
		if err != nil || !report.Safe {
			b.Fatal(err, len(report.Narrow()), len(report.Told))
		}
	}
}
