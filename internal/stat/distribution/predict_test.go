package distribution

import (
	"math"
	"testing"
)

// The example of EnvStats (Millard, 2013), predIntPois: 36 events in 20 periods,
// and an upper limit of 95% for the next is 5. A limit on one side has all of
// alpha in its tail.
func TestPredictPoissonIsThePublishedOne(t *testing.T) {
	if _, high := PredictPoisson(36, 20, 0.10); high != 5 {
		t.Errorf("up to %d, and 5 is published", high)
	}
}

// Whatever the mean, what comes lies within the limits at least as often as the
// level says: summed over all pairs of counts.
func TestPredictPoissonHoldsItsLevel(t *testing.T) {
	for _, periods := range []int64{1, 2, 3, 8} {
		for _, mean := range []float64{0.2, 1, 4, 11.5, 30} {
			within := 0.0
			for total := int64(0); total < int64(float64(periods)*mean*2+60); total++ {
				low, high := PredictPoisson(total, periods, 0.05)
				sum := 0.0
				for y := low; y <= high; y++ {
					sum += poissonAt(y, mean)
				}
				within += sum * poissonAt(total, mean*float64(periods))
			}
			if within < 0.95 {
				t.Errorf("%d periods of a mean of %v: %v", periods, mean, within)
			}
		}
	}
}

func poissonAt(x int64, mean float64) float64 {
	return math.Exp(LogPoisson(float64(x), mean, float64(x)-mean))
}

func TestPredictPoissonOfNothing(t *testing.T) {
	if low, high := PredictPoisson(0, 2, 0.05); low != 0 || high != 4 { // (1/3)^4 = 0.012
		t.Errorf("%d to %d", low, high)
	}
}

func TestRangeLeavesNoMoreThanItsTails(t *testing.T) {
	for _, n := range []int64{1, 7, 40} {
		for _, p := range []float64{0.03, 0.5, 0.93} {
			low, high := Range(n, p, 0.01)
			if below := (Trial{low, n}).Lower(p, 0); below > 0.01 {
				t.Errorf("%d with %v: %v lie below %d", n, p, below, low)
			}
			if above := (Trial{high, n}).Upper(p, 0); above > 0.01 {
				t.Errorf("%d with %v: %v lie above %d", n, p, above, high)
			}
			if low > 0 && (Trial{low, n}).Lower(p, 1) <= 0.01 {
				t.Errorf("%d with %v: %d is wider than it need be", n, p, low)
			}
		}
	}
	if low, high := Range(5, 0, 0.01); low != 0 || high != 0 {
		t.Errorf("%d to %d of a chance of nothing", low, high)
	}
	if low, high := Range(5, 1, 0.01); low != 5 || high != 5 {
		t.Errorf("%d to %d of certainty", low, high)
	}
}

// Values of the printed tables (Abramowitz and Stegun, table 26.10).
func TestStudentQuantileIsThePublishedOne(t *testing.T) {
	for _, c := range []struct {
		upper float64
		df    int
		want  float64
	}{{0.025, 1, 12.706}, {0.025, 4, 2.776}, {0.005, 2, 9.925}, {0.025, 7, 2.365}, {0.05, 30, 1.697}} {
		if got := StudentQuantile(c.upper, c.df); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("%v with %d: %v, want %v", c.upper, c.df, got, c.want)
		}
	}
}
