package flow

import "container/heap"

// Offer is what hiding an edge would bring and cost. Edges that are hidden
// already have Open set; those that must stay have a Floor of -1.
type Offer struct {
	Open   bool
	Floor  int
	Weight int // how many cells it counts for
	Price  int64
}

// Ring is a closed way through the graph: the cells to hide for it, and their
// price.
type Ring struct {
	Edges []int
	New   int
	Price int64
}

// less compares first the number of cells to hide, then their price.
func (r Ring) less(o Ring) bool { return r.New < o.New || r.New == o.New && r.Price < o.Price }

const unknown = 1 << 42

// Cheapest finds the ring through an edge along which its count can move by
// need in all, for which the fewest cells and then the fewest people are
// hidden: a shortest path for every way of sharing the need out between up and
// down (after Kelly, Golden and Assad 1992). False when there is none.
func (g *Graph) Cheapest(edge, need int, offers []Offer) (Ring, bool) {
	var best Ring
	found := false
	e := g.Edges[edge]
	for down := min(need, e.At-e.Lo); down >= 0; down-- {
		p := path{g: g, offers: offers, up: need - down, down: down, without: edge}
		if ring, ok := p.find(e.To, e.From); ok && (!found || ring.less(best)) {
			best, found = ring, true
		}
	}
	return best, found
}

// path is one search by Dijkstra's method (1959).
type path struct {
	g        *Graph
	offers   []Offer
	up, down int
	without  int
	cost     []Ring
	came     []int
	done     []bool
	line     line
}

func (p *path) find(from, to int) (Ring, bool) {
	nodes := len(p.g.touch)
	p.cost, p.came, p.done = make([]Ring, nodes), make([]int, nodes), make([]bool, nodes)
	for i := range p.came {
		p.came[i] = -1
	}
	heap.Push(&p.line, stop{node: from})
	for len(p.line) > 0 {
		at := heap.Pop(&p.line).(stop).node
		if p.done[at] {
			continue
		}
		p.done[at] = true
		if at == to {
			return p.ring(from, to), true
		}
		for _, i := range p.g.touch[at] {
			p.try(from, at, int(i))
		}
	}
	return Ring{}, false
}

// try goes over an edge if enough can flow both ways once it is hidden.
func (p *path) try(from, at, i int) {
	e, o := p.g.Edges[i], p.offers[i]
	next, up, down := e.To, p.up, p.down
	if e.From != at {
		next, up, down = e.From, p.down, p.up
	}
	if i == p.without || p.done[next] || next == from {
		return
	}
	cost := p.cost[at]
	if !o.Open {
		if o.Floor < 0 {
			return
		}
		e.Lo, e.Hi = o.Floor, unknown
		cost.New += o.Weight
		cost.Price += o.Price
	}
	if e.Hi-e.At < up || e.At-e.Lo < down {
		return
	}
	if p.came[next] < 0 || cost.less(p.cost[next]) {
		p.cost[next], p.came[next] = cost, i
		heap.Push(&p.line, stop{next, cost})
	}
}

func (p *path) ring(from, to int) Ring {
	out := p.cost[to]
	for at := to; at != from; {
		i := p.came[at]
		if !p.offers[i].Open {
			out.Edges = append(out.Edges, i)
		}
		if e := p.g.Edges[i]; e.To == at {
			at = e.From
		} else {
			at = e.To
		}
	}
	return out
}

type stop struct {
	node int
	cost Ring
}

// line is the nodes that wait, the cheapest first.
type line []stop

func (l line) Len() int           { return len(l) }
func (l line) Less(i, j int) bool { return l[i].cost.less(l[j].cost) }
func (l line) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *line) Push(x any)        { *l = append(*l, x.(stop)) }

// Pop takes the last of the heap, as container/heap asks.
func (l *line) Pop() any {
	old := *l
	out := old[len(old)-1]
	*l = old[:len(old)-1]
	return out
}
