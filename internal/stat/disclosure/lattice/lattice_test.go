package lattice

import (
	"testing"
)

func years() Dim {
	return Dim{Name: "year", Leaves: []string{"2020", "2021", "2022"}, Groups: []Group{{Name: "to 2021", Leaves: []int{0, 1}}, All(3)}}
}

func TestSumsAndNames(t *testing.T) {
	l, err := New([]Dim{years(), WithTotal("gender", "female", "male")}, []int{1, 2, 3, 4, 5, 6})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ year, gender, want int }{{0, 0, 1}, {2, 2, 11}, {3, 0, 4}, {3, 2, 10}, {4, 1, 12}, {4, 2, 21}} {
		if cell := l.Index(c.year, c.gender); l.X[cell] != c.want {
			t.Errorf("%s is %d, not %d", l.Label(cell), l.X[cell], c.want)
		}
	}
	if got := l.Label(l.Index(3, 2)); got != "to 2021 · Total" {
		t.Errorf("a cell is called %q", got)
	}
}

// TestStepsKeepSums makes every product of steps and adds the table up again.
func TestStepsKeepSums(t *testing.T) {
	l, err := New([]Dim{years(), WithTotal("gender", "female", "male")}, []int{9, 9, 9, 9, 9, 9})
	if err != nil {
		t.Fatal(err)
	}
	for cell := range l.X {
		at := l.Coords(cell)
		for _, a := range l.Steps(0, at[0]) {
			for _, b := range l.Steps(1, at[1]) {
				moved := append([]int(nil), l.X...)
				for _, p := range a {
					for _, q := range b {
						moved[p.Off+q.Off] += int(p.Sign * q.Sign)
					}
				}
				var leaves []int
				for _, leaf := range l.Leaves() {
					leaves = append(leaves, moved[leaf])
				}
				for i, sum := range l.Sums(leaves) {
					if moved[i] != sum || moved[cell] != l.X[cell]+1 {
						t.Fatalf("from %s: %s is %d and should be %d", l.Label(cell), l.Label(i), moved[i], sum)
					}
				}
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	gender := WithTotal("gender", "female", "male")
	for name, c := range map[string]struct {
		dims   []Dim
		counts []int
	}{
		"no characteristic":    {nil, nil},
		"no category":          {[]Dim{{Name: "a"}}, nil},
		"too few counts":       {[]Dim{gender}, []int{1}},
		"a negative count":     {[]Dim{gender}, []int{1, -1}},
		"a count too large":    {[]Dim{gender}, []int{1, MostCount + 1}},
		"a group twice":        {[]Dim{{Name: "a", Leaves: []string{"x"}, Groups: []Group{{Leaves: []int{0, 0}}}}}, []int{1}},
		"a group out of range": {[]Dim{{Name: "a", Leaves: []string{"x"}, Groups: []Group{{Leaves: []int{1}}}}}, []int{1}},
		"an empty group":       {[]Dim{{Name: "a", Leaves: []string{"x"}, Groups: []Group{{}}}}, []int{1}},
	} {
		if _, err := New(c.dims, c.counts); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
