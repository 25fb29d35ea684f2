package flow

import "testing"

// twoByTwo is the table 3 5 / 4 6 with its margins: rows are nodes 0 to 2,
// columns 3 to 5, the last of each being the totals.
func twoByTwo(hidden ...int) *Graph {
	x := []int{3, 5, 8, 4, 6, 10, 7, 11, 18}
	var edges []Edge
	for cell, n := range x {
		row, col := cell/3, 3+cell%3
		e := Edge{From: row, To: col, Lo: n, Hi: n, At: n}
		if (row == 2) != (col == 5) {
			e.From, e.To = col, row
		}
		edges = append(edges, e)
	}
	for _, cell := range hidden {
		edges[cell].Lo, edges[cell].Hi = 0, unknown
	}
	return New(6, edges)
}

func TestRangeOfAHiddenSquare(t *testing.T) {
	g := twoByTwo(0, 1, 3, 4)
	if up := g.Raise(0, 99); up.By != 4 || up.Delta[0] != 4 || up.Delta[4] != 4 || up.Delta[1] != -4 {
		t.Errorf("the first cell can rise by %+v, not by 4", up)
	}
	if down := g.Lower(0, 99); down.By != 3 || len(down.Cut) == 0 && g.Edges[0].Lo != g.Edges[0].At-3 {
		t.Errorf("the first cell can fall by %+v, not by 3", down)
	}
	if g.Edges[0].At != 3 || g.Edges[4].At != 6 {
		t.Error("the counts are not as they were")
	}
}

func TestNothingMovesAlone(t *testing.T) {
	g := twoByTwo(0)
	if up, down := g.Raise(0, 9), g.Lower(0, 9); up.By != 0 || down.By != 0 || len(up.Cut) == 0 {
		t.Errorf("one hidden cell of a table with margins moves by %d and %d, cut %v", up.By, down.By, up.Cut)
	}
}

func TestCheapestRing(t *testing.T) {
	g := twoByTwo(0)
	offers := make([]Offer, len(g.Edges))
	for cell, e := range g.Edges {
		offers[cell] = Offer{Open: cell == 0, Weight: 1, Price: int64(e.At)}
	}
	ring, ok := g.Cheapest(0, 5, offers)
	if !ok || ring.New != 3 || ring.Price != 15 {
		t.Errorf("%+v: the square of 5, 4 and 6 is the cheapest", ring)
	}
	for cell := range offers {
		offers[cell].Floor = -1
	}
	if _, ok := g.Cheapest(0, 5, offers); ok {
		t.Error("there is a ring where nothing may be hidden")
	}
}
