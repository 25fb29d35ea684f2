package disclosure

import (
	"example.org/asye/internal/stat/disclosure/flow"
	"example.org/asye/internal/stat/disclosure/moves"
)

// byFlow proves by largest flows: exactly, for two characteristics with totals.
// The edges of the graph are the cells, in their order.
type byFlow struct {
	b      *moves.Board
	g      *flow.Graph
	offers []flow.Offer
}

// newFlow makes the circulation: a total's row and column are the node by which
// its margin goes in or out.
func newFlow(b *moves.Board) *byFlow {
	rows, cols := b.L.Dims[0].Size(), b.L.Dims[1].Size()
	edges := make([]flow.Edge, b.L.Cells())
	f := &byFlow{b: b, offers: make([]flow.Offer, len(edges))}
	for cell := range edges {
		// An inner cell leads from row to column. The margins of rows come from the
		// last column, those of columns go to the last row, and the whole leads back.
		row, col := cell/cols, rows+cell%cols
		if (cell/cols == rows-1) != (cell%cols == cols-1) {
			edges[cell] = flow.Edge{From: col, To: row}
			continue
		}
		edges[cell] = flow.Edge{From: row, To: col}
	}
	f.g = flow.New(rows+cols, edges)
	for cell := range edges {
		f.set(cell)
	}
	return f
}

func (f *byFlow) set(cell int) {
	e := &f.g.Edges[cell]
	e.Lo, e.Hi, e.At = f.b.Lo[cell], f.b.Hi[cell], f.b.X[cell]
	f.offers[cell] = flow.Offer{Open: f.b.Open[cell], Floor: f.b.Floor[cell], Weight: f.b.Weight[cell], Price: f.b.Price[cell]}
}

func (f *byFlow) prove(cell, need int) proof {
	down := f.g.Lower(cell, need)
	up := f.g.Raise(cell, max(0, need-down.By))
	return proof{cell: cell, high: up.By, low: down.By, up: up.Delta, down: down.Delta,
		cut: append(up.Cut, down.Cut...), sure: true}
}

func (f *byFlow) again(cell, need int) proof { return f.prove(cell, need) }

// whole finds both ends of a cell's range.
func (f *byFlow) whole(cell int) proof {
	down, up := f.g.Lower(cell, Unknown), f.g.Raise(cell, Unknown)
	return proof{cell: cell, high: up.By, low: down.By, up: up.Delta, down: down.Delta, sure: true}
}

func (f *byFlow) buy(cell, need int) ([]int, bool) {
	ring, ok := f.g.Cheapest(cell, need, f.offers)
	return ring.Edges, ok
}

func (f *byFlow) hide(cell int) {
	f.b.Hide(cell)
	f.set(cell)
}

func (f *byFlow) show(cell int) {
	f.b.Show(cell)
	f.set(cell)
}
