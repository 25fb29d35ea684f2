package cellkey

import (
	"math"
	"testing"
)

func TestRowsOfTheIndexRule(t *testing.T) {
	for count, want := range map[int]int{1: 1, 750: 750, 751: 501, 752: 502, 1000: 750, 1001: 501, 1_000_000: 750} {
		if got := Row(count); got != want {
			t.Errorf("a count of %d has row %d, not %d", count, got, want)
		}
	}
}

func TestKeysAddUpModulo256(t *testing.T) {
	if Key(200, 100, 7) != 51 || Key() != 0 || Key(255, 1) != 0 {
		t.Error("the key of a cell is not the sum of its records' modulo 256")
	}
}

// TestTableHasItsMoments goes through all keys of each row: mean exactly 0,
// variance near 1, never below 0.
func TestTableHasItsMoments(t *testing.T) {
	table := Standard()
	for _, count := range []int{1, 2, 3, 4, 10, 500, 751, 99_999} {
		sum, squares, kinds := 0, 0, map[int]int{}
		for key := range Keys {
			d := table.Change(count, uint8(key))
			sum, squares = sum+d, squares+d*d
			kinds[d]++
			if d < -min(3, count) || d > 3 {
				t.Fatalf("%d is changed by %d", count, d)
			}
		}
		if variance := float64(squares) / Keys; sum != 0 || math.Abs(variance-1) > 0.05 || kinds[0] == Keys {
			t.Errorf("count %d: sum %d, variance %.3f, %v", count, sum, variance, kinds)
		}
	}
	for key := range Keys {
		if table.Perturb(0, uint8(key)) != 0 {
			t.Error("0 does not stay 0")
		}
	}
}

// TestEntropyIsTheLargest changes the probabilities by small amounts that keep
// sum, mean and variance: the entropy must fall.
func TestEntropyIsTheLargest(t *testing.T) {
	p := Probabilities(10, 3, 1)
	entropy := func(p []float64) float64 {
		h := 0.0
		for _, x := range p {
			h -= x * math.Log(x)
		}
		return h
	}
	mean, variance, sum := 0.0, 0.0, 0.0
	for i, x := range p {
		v := float64(i - 3)
		sum, mean, variance = sum+x, mean+x*v, variance+x*v*v
	}
	if math.Abs(sum-1) > 1e-12 || math.Abs(mean) > 1e-12 || math.Abs(variance-1) > 1e-12 {
		t.Fatalf("sum %g, mean %g, variance %g", sum, mean, variance)
	}
	// Third differences keep the first three moments.
	for at := 0; at+3 < len(p); at++ {
		for _, e := range []float64{1e-4, -1e-4} {
			q := append([]float64(nil), p...)
			q[at] += e
			q[at+1] -= 3 * e
			q[at+2] += 3 * e
			q[at+3] -= e
			if entropy(q) >= entropy(p) {
				t.Errorf("the entropy can rise at %d", at)
			}
		}
	}
}

// TestOneRecordChangesItsCellsAlone: a cell without the record has the same key.
func TestOneRecordChangesItsCellsAlone(t *testing.T) {
	with, without, elsewhere := Key(9, 80, 251), Key(9, 80), Key(3, 4)
	if with == without || elsewhere != Key(3, 4) {
		t.Error("keys do not follow their records")
	}
}

func TestNewRefusesWhatCannotBe(t *testing.T) {
	for _, c := range []struct {
		furthest int
		variance float64
	}{{0, 1}, {11, 1}, {3, 0}, {3, 9}, {3, math.NaN()}} {
		if _, err := New(c.furthest, c.variance); err == nil {
			t.Errorf("%+v passes", c)
		}
	}
}

func FuzzPerturb(f *testing.F) {
	f.Add(0, uint8(3))
	f.Add(751, uint8(255))
	table := Standard()
	f.Fuzz(func(t *testing.T, count int, key uint8) {
		if count < 0 || count > 1<<40 {
			return
		}
		if got := table.Perturb(count, key); got < 0 || got < count-3 || got > count+3 || count == 0 && got != 0 {
			t.Errorf("%d becomes %d", count, got)
		}
	})
}
