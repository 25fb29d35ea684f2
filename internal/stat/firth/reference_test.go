package firth

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// digits is a number of many digits, as a text.
type digits string

func (d digits) float(t testing.TB) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(string(d), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

type wanted struct {
	Names, Aliased []string
	Coef, SE       []digits
	Loglik         digits
	CI             [][2]digits                  `json:"profile_ci_95"`
	LR             [][2]digits                  `json:"lr_chisq_p"`
	Terms          map[string][3]any            `json:"term_tests"`
	FLIC           digits                       `json:"flic_intercept"`
	Risk           map[string]map[string]digits `json:"standardised_risk"`
	ML             *struct {
		Coef, SE []digits
		Loglik   digits
	}
}

type model struct {
	Name     string
	Terms    []Term
	Patterns []Pattern
	Want     wanted
}

func models(t testing.TB) []model {
	t.Helper()
	text, err := os.ReadFile("testdata/models.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Models []model }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Models
}

// worst keeps the largest distance of each kind, relative above 1.
type worst map[string]float64

func (w worst) see(t *testing.T, kind string, got float64, want digits, bar float64) {
	t.Helper()
	x := want.float(t)
	off := math.Abs(got-x) / math.Max(1, math.Abs(x))
	w[kind] = math.Max(w[kind], off)
	if !(off <= bar) {
		t.Errorf("%s is %.15g, not %.15g", kind, got, x)
	}
}

// TestReference compares with fits in 60-digit arithmetic (testdata/models.json
// says how they were made).
func TestReference(t *testing.T) {
	w := worst{}
	for _, m := range models(t) {
		t.Run(m.Name, func(t *testing.T) {
			got := mustFit(t, Data{Terms: m.Terms, Patterns: m.Patterns})
			if strings.Join(got.Names, ",") != strings.Join(m.Want.Names, ",") || strings.Join(got.Aliased, ",") != strings.Join(m.Want.Aliased, ",") {
				t.Fatalf("names are %v without %v, not %v without %v", got.Names, got.Aliased, m.Want.Names, m.Want.Aliased)
			}
			if ml := m.Want.ML; ml != nil {
				w.see(t, "ML loglik", *got.ML.Loglik, ml.Loglik, 1e-11)
				for j := range ml.Coef {
					w.see(t, "ML coef", got.ML.Coef[j], ml.Coef[j], 1e-9)
					w.see(t, "ML se", got.ML.SE[j], ml.SE[j], 1e-8)
				}
			}
			w.compare(t, got.Firth, m.Want, got.Names)
		})
	}
}

func (w worst) compare(t *testing.T, f Penalised, want wanted, names []string) {
	w.see(t, "loglik", f.Loglik, want.Loglik, 1e-11)
	if want.FLIC != "" {
		w.see(t, "flic", float64(f.FLIC), want.FLIC, 1e-8)
	}
	for j, name := range names {
		w.see(t, "coef of "+name, f.Coef[j], want.Coef[j], 1e-8)
		w.see(t, "se of "+name, f.SE[j], want.SE[j], 1e-8)
		w.see(t, "low of "+name, float64(f.ProfileCI95[j][0]), want.CI[j][0], 1e-8)
		w.see(t, "high of "+name, float64(f.ProfileCI95[j][1]), want.CI[j][1], 1e-8)
		w.see(t, "chisq of "+name, float64(f.LRChisqP[j][0]), want.LR[j][0], 1e-8)
		w.see(t, "p of "+name, float64(f.LRChisqP[j][1]), want.LR[j][1], 1e-8)
	}
	for term, x := range want.Terms {
		w.see(t, "term chisq of "+term, float64(f.TermTests[term].Chisq), digits(x[0].(string)), 1e-8)
		w.see(t, "term p of "+term, float64(f.TermTests[term].P), digits(x[2].(string)), 1e-8)
		if df := f.TermTests[term].DF; df != int(x[1].(float64)) {
			t.Errorf("%s has %d degrees of freedom, not %v", term, df, x[1])
		}
	}
	for term, levels := range want.Risk {
		for level, x := range levels {
			w.see(t, "risk of "+term+level, float64(f.Risks[term][level]), x, 1e-9)
		}
	}
}
