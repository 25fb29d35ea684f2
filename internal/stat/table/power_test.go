package table

import (
	"math"
	"testing"

	"example.org/asye/internal/stat/distribution"
)

// TestDetectable has the sizes of the published comparison: 80% power takes a ratio of about 4 by gender, 3.3 by
// ethnicity, and 14 in one employer with 20 against 80 people.
func TestDetectable(t *testing.T) {
	for _, tt := range []struct {
		d        Design
		from, to float64
	}{
		{Design{174, 1486, 18.0 / 1486, 0.05}, 3.5, 4.3},
		{Design{472, 1188, 10.0 / 1188, 0.05}, 3.0, 3.6},
		{Design{20, 80, 0.0145, 0.05}, 11, 17},
	} {
		got, err := tt.d.Detect(0.8)
		if err != nil || !got.Exact || float64(got.Ratio) < tt.from || float64(got.Ratio) > tt.to {
			t.Errorf("%+v finds %+v %v", tt.d, got, err)
		}
		again, _ := tt.d.Power(float64(got.Rate))
		if math.Abs(float64(again.MidP)-0.8) > 1e-9 {
			t.Errorf("the power at %v is %v", got.Rate, again.MidP)
		}
	}
}

func TestPowerGoesThroughEveryTable(t *testing.T) {
	for _, d := range []Design{{7, 12, 0.3, 0.05}, {20, 15, 0.05, 0.1}, {1, 1, 0.5, 0.05}, {30, 30, 0, 0.05}} {
		for _, p1 := range []float64{0, 0.1, 0.5, 0.97, 1} {
			got, err := d.Power(p1)
			if err != nil {
				t.Fatal(err)
			}
			var fisher, mid float64
			for a := int64(0); a <= d.N1; a++ {
				for c := int64(0); c <= d.N0; c++ {
					weight := probability(a, d.N1, p1) * probability(c, d.N0, d.P0)
					e := TwoByTwo{a, d.N1 - a, c, d.N0 - c}.Exact()
					if float64(e.TwoSided) <= d.Alpha {
						fisher += weight
					}
					if float64(e.MidTwoSided) <= d.Alpha {
						mid += weight
					}
				}
			}
			if math.Abs(float64(got.Fisher)-fisher) > 1e-12 || math.Abs(float64(got.MidP)-mid) > 1e-12 {
				t.Errorf("%+v at %v has %+v, want %v and %v", d, p1, got, fisher, mid)
			}
		}
	}
}

func probability(x, n int64, p float64) float64 {
	if p == 0 || p == 1 {
		if float64(x) == p*float64(n) {
			return 1
		}
		return 0
	}
	return math.Exp(distribution.LogBinomial(float64(x), float64(n-x), p, 1-p))
}
