// Package flow bounds the hidden cells of a two-way table with its margins. A
// table is a circulation: rows and columns are nodes, each cell an edge from
// its row to its column, margins lead in and out; what is published are bounds
// on edges. The largest and the smallest count of a cell are a largest flow
// (Gusfield 1988, A graph theoretic approach to statistical data security,
// SIAM Journal on Computing 17), and so exact and whole.
package flow

// Edge is a cell: it leads from one node to another and carries a count that
// is known to lie between two bounds.
type Edge struct {
	From, To   int
	Lo, Hi, At int
}

// Graph is a table as a circulation, with its true counts.
type Graph struct {
	Edges []Edge
	touch [][]int32 // by node: its edges
	via   []int32   // by node: the edge by which the search came, +1, negative when against it
	queue []int32
}

// New makes a graph of so many nodes.
func New(nodes int, edges []Edge) *Graph {
	g := &Graph{Edges: edges, touch: make([][]int32, nodes), via: make([]int32, nodes)}
	for i, e := range edges {
		g.touch[e.From] = append(g.touch[e.From], int32(i))
		g.touch[e.To] = append(g.touch[e.To], int32(i))
	}
	return g
}

// Bound is how far a cell can go one way, at most as far as was asked.
type Bound struct {
	By    int
	Delta map[int]int // the change of every edge that leads there
	Cut   []int       // edges of which one has to give way for it to go further; nil when it went as far as asked
}

// Raise finds by how much the count of an edge can rise; Lower, fall. Both
// leave the counts as they were.
func (g *Graph) Raise(edge, most int) Bound { return g.push(edge, most, true) }

// Lower finds by how much the count of an edge can fall.
func (g *Graph) Lower(edge, most int) Bound { return g.push(edge, most, false) }

func (g *Graph) push(edge, most int, up bool) Bound {
	e := g.Edges[edge]
	from, to, room := e.To, e.From, e.Hi-e.At
	if !up {
		from, to, room = e.From, e.To, e.At-e.Lo
	}
	out := Bound{Delta: map[int]int{}}
	most = min(most, room)
	for out.By < most {
		if !g.search(from, to, edge) {
			out.Cut = g.cut(edge)
			break
		}
		step := g.narrowest(from, to, most-out.By)
		g.along(from, to, func(i, sign int) {
			g.Edges[i].At += sign * step
			out.Delta[i] += sign * step
		})
		out.By += step
	}
	for i, d := range out.Delta {
		g.Edges[i].At -= d
	}
	if out.By > 0 {
		out.Delta[edge] = out.By
		if !up {
			out.Delta[edge] = -out.By
		}
	}
	return out
}

// search marks every node that can be reached without the edge that is asked
// about, and tells whether to is one.
func (g *Graph) search(from, to, without int) bool {
	clear(g.via)
	const start = 1 << 30
	g.via[from] = start
	g.queue = append(g.queue[:0], int32(from))
	for head := 0; head < len(g.queue) && g.via[to] == 0; head++ {
		at := int(g.queue[head])
		for _, i := range g.touch[at] {
			g.step(at, int(i), without)
		}
	}
	return g.via[to] != 0
}

// step goes over an edge if there is room and its other end is new.
func (g *Graph) step(at, i, without int) {
	e := &g.Edges[i]
	next, sign := e.To, int32(1)
	if e.From != at {
		next, sign = e.From, -1
	}
	if i == without || g.via[next] != 0 || sign > 0 && e.At >= e.Hi || sign < 0 && e.At <= e.Lo {
		return
	}
	g.via[next] = sign * int32(i+1)
	g.queue = append(g.queue, int32(next))
}

// along visits the edges of the way that was found, from its end.
func (g *Graph) along(from, to int, visit func(edge, sign int)) {
	for at := to; at != from; {
		i, sign := int(g.via[at])-1, 1
		if g.via[at] < 0 {
			i, sign = -int(g.via[at])-1, -1
		}
		visit(i, sign)
		if sign > 0 {
			at = g.Edges[i].From
		} else {
			at = g.Edges[i].To
		}
	}
}

func (g *Graph) narrowest(from, to, most int) int {
	g.along(from, to, func(i, sign int) {
		if sign > 0 {
			most = min(most, g.Edges[i].Hi-g.Edges[i].At)
		} else {
			most = min(most, g.Edges[i].At-g.Edges[i].Lo)
		}
	})
	return most
}

// cut lists the edges between what was reached and the rest.
func (g *Graph) cut(without int) []int {
	var out []int
	for i, e := range g.Edges {
		if i != without && (g.via[e.From] != 0) != (g.via[e.To] != 0) {
			out = append(out, i)
		}
	}
	return out
}
