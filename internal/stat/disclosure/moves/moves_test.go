package moves

import (
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// square is a table of which some cells are hidden and nothing else may be,
// unless it has people.
func square(t *testing.T, counts []int, cols int, hidden ...int) *Board {
	t.Helper()
	var names [2][]string
	for i := range len(counts) / cols {
		names[0] = append(names[0], string(rune('a'+i)))
	}
	for i := range cols {
		names[1] = append(names[1], string(rune('p'+i)))
	}
	l, err := lattice.New([]lattice.Dim{lattice.WithTotal("row", names[0]...), lattice.WithTotal("column", names[1]...)}, counts)
	if err != nil {
		t.Fatal(err)
	}
	n := l.Cells()
	b := &Board{L: l, X: l.X, Lo: make([]int, n), Hi: make([]int, n), Told: make([][2]int, n),
		Open: make([]bool, n), Floor: make([]int, n), Weight: make([]int, n), Price: make([]int64, n)}
	for cell, x := range l.X {
		b.Told[cell], b.Weight[cell], b.Price[cell] = [2]int{x, x}, 1, int64(x)
		b.Show(cell)
		if x == 0 {
			b.Floor[cell] = -1
		}
	}
	for _, cell := range hidden {
		b.Hide(cell)
	}
	return b
}

func TestOneBox(t *testing.T) {
	b := square(t, []int{3, 5, 4, 6}, 2, 0, 1, 3, 4)
	if w := b.ProveByOne(0, 7); w.Width() != 7 || w.Low != 3 || w.High != 4 {
		t.Errorf("%+v: the first cell goes from 0 to 7", w)
	}
	if w := b.Prove(0, 8); w.Width() != 7 {
		t.Errorf("%+v: no more than 7 is to be had", w)
	}
}

func TestCheapestBox(t *testing.T) {
	b := square(t, []int{3, 9, 7, 8, 20, 30, 9, 9, 9}, 3, 0)
	box, ok := b.Buy(0, 5)
	if !ok || box.New != 3 || box.Price != 9+9+9-2 && box.Price != 7+9+9 {
		t.Errorf("%+v: 7, 9 and 9 are the fewest people", box)
	}
}

// TestSeveralBoxes: every other row has one person in the column, so five of
// them have to give way together.
func TestSeveralBoxes(t *testing.T) {
	counts := []int{1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30}
	b := square(t, counts, 2, 0, 3, 6, 9, 12, 15)
	for _, total := range []int{2, 5, 8, 11, 14, 17, 18, 19, 20} {
		b.Floor[total] = -1
	}
	if _, ok := b.Buy(0, 5); ok {
		t.Error("one box is enough where no row has five")
	}
	more, ok := b.Gather(0, 5)
	if !ok || len(more) != 5 && len(more) != 6 {
		t.Fatalf("%v %v: the thirties of the rows that take part have to be hidden", more, ok)
	}
	for _, cell := range more {
		if b.Open[cell] {
			t.Error("the board is not as it was")
		}
		b.Hide(cell)
	}
	if w := b.Prove(0, 5); w.Width() < 5 {
		t.Errorf("%+v: what was gathered does not do", w)
	}
}
