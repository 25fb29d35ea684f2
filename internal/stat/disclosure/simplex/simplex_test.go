package simplex

import (
	"math/rand/v2"
	"testing"
)

// draw makes a system of a few variables from 0 to 4 with sums that are known,
// known within bounds, or not at all, around a solution.
func draw(r *rand.Rand) System {
	n := 3 + r.IntN(4)
	var s System
	for range n {
		at := r.IntN(5)
		s.At = append(s.At, at)
		s.Lo, s.Hi = append(s.Lo, min(at, r.IntN(2))), append(s.Hi, 4)
	}
	for range 2 + r.IntN(4) {
		row := Row{}
		sum := 0
		for v := range n {
			if r.IntN(2) > 0 {
				row.Vars = append(row.Vars, v)
				sum += s.At[v]
			}
		}
		row.Lo, row.Hi = sum-r.IntN(2)*r.IntN(3), sum+r.IntN(2)*r.IntN(3)
		s.Rows = append(s.Rows, row)
	}
	return s
}

func (s System) allows(at []int) bool {
	for v, x := range at {
		if x < s.Lo[v] || x > s.Hi[v] {
			return false
		}
	}
	for _, row := range s.Rows {
		if sum := s.sum(row, at); sum < row.Lo || sum > row.Hi {
			return false
		}
	}
	return true
}

func (s System) sum(row Row, at []int) int {
	sum := 0
	for _, v := range row.Vars {
		sum += at[v]
	}
	return sum
}

// every visits each solution.
func (s System) every(visit func([]int)) {
	at := make([]int, len(s.At))
	var fill func(v int)
	fill = func(v int) {
		if v == len(at) {
			if s.allows(at) {
				visit(at)
			}
			return
		}
		for at[v] = s.Lo[v]; at[v] <= s.Hi[v]; at[v]++ {
			fill(v + 1)
		}
	}
	fill(0)
}

// TestAgainstEverySolution asks for both ends of everything, one after the
// other, and holds them against all solutions.
func TestAgainstEverySolution(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for round := range 400 {
		s := draw(r)
		low, high := s.ends()
		for _, keep := range []bool{true, false} {
			p := New(s, keep)
			for v := range low {
				now := s.value(v, s.At)
				most, least := p.Most(v, now, 500), p.Least(v, now, 500)
				if !most.Exact() || !least.Exact() || most.Value != high[v] || least.Value != low[v] {
					t.Fatalf("round %d: %d is from %d to %d, by force %d to %d: %+v", round, v, least.Value, most.Value, low[v], high[v], s)
				}
				for _, e := range []Extreme{most, least} {
					if e.At != nil && (!s.allows(e.At) || s.value(v, e.At) != e.Value) {
						t.Fatalf("round %d: the solution %v is none, or is not %d", round, e.At, e.Value)
					}
				}
			}
		}
	}
}

func (s System) value(v int, at []int) int {
	if v < len(at) {
		return at[v]
	}
	return s.sum(s.Rows[v-len(at)], at)
}

func (s System) ends() (low, high []int) {
	n := len(s.At) + len(s.Rows)
	low, high = make([]int, n), make([]int, n)
	for v := range n {
		low[v], high[v] = s.value(v, s.At), s.value(v, s.At)
	}
	s.every(func(at []int) {
		for v := range n {
			low[v], high[v] = min(low[v], s.value(v, at)), max(high[v], s.value(v, at))
		}
	})
	return low, high
}

// TestCornersThatAreNotWhole is three variables of which each two make at most
// 1: the corner is at three halves, the best whole sum is 1.
func TestCornersThatAreNotWhole(t *testing.T) {
	s := System{Lo: []int{0, 0, 0}, Hi: []int{9, 9, 9}, At: []int{0, 0, 0}, Rows: []Row{
		{[]int{0, 1}, 0, 1}, {[]int{1, 2}, 0, 1}, {[]int{0, 2}, 0, 1}, {[]int{0, 1, 2}, 0, 99}}}
	if e := New(s, true).Most(6, 0, 50); e.Value != 1 || !e.Exact() {
		t.Errorf("%+v, not 1", e)
	}
	if e := New(s, true).Most(6, 0, 0); e.Exact() {
		t.Errorf("%+v is called exact without a single branch", e)
	}
}

// TestCutHolds: what is not in the cut can be let go without effect.
func TestCutHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 200 {
		s := draw(r)
		before := New(s, true).Most(0, s.At[0], 200)
		in := map[int]bool{}
		for _, v := range before.Cut {
			in[v] = true
		}
		for i := range s.Rows {
			if !in[len(s.At)+i] {
				s.Rows[i].Lo, s.Rows[i].Hi = 0, 99
			}
		}
		if after := New(s, true).Most(0, s.At[0], 200); before.Exact() && after.Value > before.Bound {
			t.Fatalf("%d becomes %d without what was not in the cut", before.Value, after.Value)
		}
	}
}
