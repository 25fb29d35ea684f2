package small

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"example.org/asye/internal/stat/figure"
)

// digits is a number of many digits, as a text.
type digits string

type wantedEmployer struct {
	X, N       int64
	Z          digits
	ZArcsine   digits `json:"z_arcsine"`
	Lower      digits `json:"p_lower_mid"`
	Upper      digits `json:"p_upper_mid"`
	Limits     map[string]digits
	Mean       digits `json:"eb_mean"`
	Low        digits `json:"eb_lo"`
	High       digits `json:"eb_hi"`
	PAboveMean digits `json:"p_above_mean"`
}

type wantedCase struct {
	Name  string
	Cells [][2]int64
	Want  struct {
		Theta0    digits
		Employers []wantedEmployer
		BB        struct {
			Boundary                                  bool
			Alpha, Beta, Mu, Rho, Loglik, Loglik0, LR digits
			LRPMix                                    digits `json:"lr_p_mix"`
		}
		TaroneZ digits `json:"tarone_z"`
		TaroneP digits `json:"tarone_p_upper"`
		Pearson digits `json:"pearson_heterogeneity"`
		Phi     digits
		Tau2    digits
		ZAdj    []digits `json:"z_adj"`
	}
}

type wantedRatio struct {
	Observed int64
	Expected float64
	Exact    [2]digits
	Byar     [2]digits
}

func reference(t testing.TB) (cases []wantedCase, ratios []wantedRatio) {
	t.Helper()
	text, err := os.ReadFile("testdata/employers.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases  []wantedCase
		Ratios []wantedRatio
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases, file.Ratios
}

// worst keeps the largest relative distance of each kind.
type worst map[string]float64

func (w worst) see(t *testing.T, kind string, got figure.Figure, want digits, bar float64) {
	t.Helper()
	if want == "" {
		return
	}
	x, err := strconv.ParseFloat(string(want), 64)
	if err != nil {
		t.Fatal(err)
	}
	off := math.Abs(float64(got)-x) / math.Max(1e-300, math.Abs(x))
	if math.Abs(float64(got)-x) < 1e-15 {
		off = 0
	}
	w[kind] = math.Max(w[kind], off)
	if !(off <= bar) {
		t.Errorf("%s is %.15g, not %.15g", kind, float64(got), x)
	}
}

// TestReference compares with 50-digit arithmetic (testdata/employers.json says
// how it was made).
func TestReference(t *testing.T) {
	w := worst{}
	cases, ratios := reference(t)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) { w.compare(t, c) })
	}
	for _, c := range ratios {
		got, err := ObservedExpected(c.Observed, c.Expected)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			w.see(t, "exact", got.Exact[i], c.Exact[i], 1e-12)
			w.see(t, "byar", got.Byar[i], c.Byar[i], 1e-12)
		}
	}
}

func (w worst) compare(t *testing.T, c wantedCase) {
	var list []Count
	for _, x := range c.Cells {
		list = append(list, Count{"", x[0], x[1]})
	}
	got, err := Rates(list)
	if err != nil {
		t.Fatal(err)
	}
	bb, want := got.BetaBinomial, c.Want.BB
	if bb.Boundary != want.Boundary {
		t.Fatalf("boundary is %v", bb)
	}
	w.see(t, "theta0", got.Theta0, c.Want.Theta0, 1e-15)
	w.see(t, "alpha", bb.Alpha, want.Alpha, 1e-9)
	w.see(t, "beta", bb.Beta, want.Beta, 1e-9)
	w.see(t, "mu", bb.Mu, want.Mu, 1e-10)
	w.see(t, "rho", bb.Rho, want.Rho, 1e-9)
	w.see(t, "loglik", bb.Loglik, want.Loglik, 1e-13)
	w.see(t, "loglik0", bb.Loglik0, want.Loglik0, 1e-13)
	w.see(t, "lr", bb.LR, want.LR, 1e-10)
	w.see(t, "lr_p", bb.LRPMix, want.LRPMix, 1e-10)
	w.see(t, "tarone", got.TaroneZ, c.Want.TaroneZ, 1e-11)
	w.see(t, "tarone_p", got.TaronePUpper, c.Want.TaroneP, 1e-11)
	w.see(t, "pearson", got.PearsonHeterogeneity, c.Want.Pearson, 1e-11)
	w.see(t, "phi", got.Phi, c.Want.Phi, 1e-11)
	w.see(t, "tau2", got.Tau2, c.Want.Tau2, 1e-11)
	for i, e := range c.Want.Employers {
		g := got.Employers[i]
		w.see(t, "z", g.Z, e.Z, 1e-11)
		w.see(t, "z_arcsine", g.ZArcsine, e.ZArcsine, 1e-11)
		w.see(t, "z_adj", g.ZAdj, c.Want.ZAdj[i], 1e-11)
		w.see(t, "lower", g.PLowerMid, e.Lower, 1e-11)
		w.see(t, "upper", g.PUpperMid, e.Upper, 1e-11)
		for at, x := range e.Limits {
			w.see(t, "limit", g.Limits[at], x, 1e-11)
		}
		w.see(t, "mean", g.Mean, e.Mean, 1e-9)
		w.see(t, "low", g.Low, e.Low, 1e-8)
		w.see(t, "high", g.High, e.High, 1e-8)
		w.see(t, "above", g.PAboveMean, e.PAboveMean, 1e-8)
	}
}
