package grant

import (
	"math"
	"testing"

	"example.org/asye/internal/asye"
)

// adults is the formula that is built in, with a pot.
func adults(t testing.TB, pot Pence, number int) Rate {
	t.Helper()
	s, ok := built(t).Get("adults-2026-27")
	if !ok {
		t.Fatal("there is no scheme of adults")
	}
	r := *s.Formula
	r.Pot, r.Number = pot, number
	return r
}

func TestGRA12_BetweenFloorAndCeiling(t *testing.T) {
	for _, one := range []struct {
		pot    Pence
		number int
		kind   asye.EmployerType
		want   Pence
	}{
		{0, 0, asye.LocalAuthority, 100000},      // no pot is known
		{10000000, 0, asye.Private, 100000},      // nor how many share it
		{299999, 3, asye.Private, 100000},        // £999.99, below the floor
		{300000, 3, asye.Private, 100000},        // the floor itself
		{300003, 3, asye.Private, 100001},        // a penny above it
		{300005, 3, asye.Private, 100001},        // two thirds of a penny are left
		{600000, 3, asye.LocalAuthority, 200000}, // the ceiling itself
		{600003, 3, asye.LocalAuthority, 200000}, // a penny above it
		{600003, 3, asye.ChildrensTrust, 200000},
		{600003, 3, asye.NHSBody, 200000},
		{600003, 3, asye.Voluntary, 200001},
		{750003, 3, asye.Private, 250000},
		{750003, 3, asye.School, 250000},
		{750003, 3, asye.Agency, 250000},
		{750003, 3, asye.NationalBody, 100000}, // a kind with no ceiling has the floor
	} {
		if got := adults(t, one.pot, one.number).For(one.kind); got != one.want {
			t.Errorf("%s by %d is %s to %s, not %s", one.pot, one.number, got, one.kind, one.want)
		}
	}
	for _, kind := range asye.EmployerTypes() {
		if got := adults(t, math.MaxInt64, 1).For(kind); got <= 100000 {
			t.Errorf("%s has no ceiling of its own", kind)
		}
	}
}

func TestGRA13_EstimateAndRest(t *testing.T) {
	r := adults(t, 0, 0)
	for _, one := range []struct {
		past []int
		want int
	}{
		{nil, 0},
		{[]int{4}, 4},
		{[]int{4, 5}, 5},         // 4½ rounds up
		{[]int{4, 4, 5}, 4},      // 4⅓ rounds down
		{[]int{4, 5, 5}, 5},      // 4⅔ rounds up
		{[]int{100, 4, 4, 5}, 4}, // a fourth year back does not count
		{[]int{0, 0, 1}, 0},      // a third
		{[]int{0, 0, 0}, 0},
	} {
		if got := r.Estimate(one.past); got != one.want {
			t.Errorf("after %v, %d are expected and not %d", one.past, got, one.want)
		}
	}
	for _, one := range []struct {
		expected, came int
		want           Pence
	}{
		{5, 5, 100000},  // 5 × £1,000 less 5 × £800
		{5, 4, 0},       // 4 × £1,000 is what 5 × £800 paid
		{5, 3, -100000}, // one more is too few, and it is given back
		{0, 3, 300000},  // nothing was paid at first
		{5, 0, -400000},
		{0, 0, 0},
	} {
		if got := r.Settled(asye.LocalAuthority, one.expected, one.came); got != one.want {
			t.Errorf("%d expected and %d came: %s and not %s", one.expected, one.came, got, one.want)
		}
	}
}
