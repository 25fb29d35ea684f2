package moves

import (
	"slices"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// search goes through every box that holds a cell: every product of one step
// of each characteristic.
type search struct {
	b      *Board
	need   int
	buy    bool // may hide more
	oneWay int8 // 0: both ways count; 1 up, -1 down
	steps  [][]edge
	parts  []product
	best   Box
	found  bool
}

// product is the cells that the steps chosen so far make together.
type product struct {
	at   []int32
	sign []int8
}

// edge is a step of one characteristic by itself, and how many cells have to be
// hidden for that alone.
type edge struct {
	step []lattice.Part
	more int
}

// Free looks for a box among what is hidden already whose ends lie need apart,
// or the widest that there is.
func (b *Board) Free(cell, need int) (Box, bool) {
	s := &search{b: b, need: need}
	return s.run(cell)
}

// Toward looks for the box that moves a cell furthest in one direction from
// where the counts stand now, up to need.
func (b *Board) Toward(cell int, direction int8, need int) (Box, bool) {
	s := &search{b: b, need: need, oneWay: direction}
	return s.run(cell)
}

// Buy looks for the box with ends need apart for which the fewest cells, and
// then the fewest people, have to be hidden.
func (b *Board) Buy(cell, need int) (Box, bool) {
	s := &search{b: b, need: need, buy: true}
	return s.run(cell)
}

func (s *search) run(cell int) (Box, bool) {
	s.parts = make([]product, len(s.b.L.Dims))
	s.parts[0] = product{[]int32{0}, []int8{1}}
	coords := s.b.L.Coords(cell)
	for d, c := range coords {
		base := int32(cell - s.b.L.Along(0, d, c))
		s.steps = append(s.steps, s.edges(s.b.L.Steps(d, c), base))
	}
	s.dive(0, 0)
	return s.best, s.found
}

// edges leaves out the steps that are forbidden whatever the others are: the
// cells along one characteristic are part of every box.
func (s *search) edges(steps [][]lattice.Part, base int32) []edge {
	out := make([]edge, 0, len(steps))
	for _, step := range steps {
		w := Box{Up: Unknown, Down: Unknown}
		fits := true
		for _, part := range step {
			fits = fits && s.add(&w, base+part.Off, part.Sign)
		}
		if fits {
			out = append(out, edge{step, w.New})
		}
	}
	if s.buy {
		slices.SortStableFunc(out, func(a, b edge) int { return a.more - b.more })
	}
	return out
}

func (s *search) dive(d, more int) {
	for _, e := range s.steps[d] {
		if s.buy && s.found && more+e.more > s.best.New {
			return
		}
		if d == len(s.steps)-1 {
			s.weigh(s.parts[d], e.step)
		} else {
			s.parts[d+1].fill(s.parts[d], e.step)
			s.dive(d+1, more+e.more)
		}
		if s.enough() {
			return
		}
	}
}

// fill makes the product of what there is with one more step.
func (p *product) fill(by product, step []lattice.Part) {
	p.at, p.sign = p.at[:0], p.sign[:0]
	for _, part := range step {
		for i, at := range by.at {
			p.at, p.sign = append(p.at, at+part.Off), append(p.sign, by.sign[i]*part.Sign)
		}
	}
}

// enough tells that no other box can be better.
func (s *search) enough() bool {
	return s.found && !s.buy && s.gain(s.best.Up, s.best.Down) >= s.need
}

func (s *search) gain(up, down int) int {
	switch s.oneWay {
	case 1:
		return up
	case -1:
		return down
	}
	return up + down
}

// weigh finds how far a box can go, and keeps it if it is the best.
func (s *search) weigh(by product, step []lattice.Part) {
	w := Box{Up: Unknown, Down: Unknown}
	for _, part := range step {
		for i, at := range by.at {
			if !s.add(&w, at+part.Off, by.sign[i]*part.Sign) {
				return
			}
		}
	}
	if s.buy || !s.found || s.gain(w.Up, w.Down) > s.gain(s.best.Up, s.best.Down) {
		s.keep(w, by, step)
	}
}

// add takes one cell into a box; false when that makes it useless.
func (s *search) add(w *Box, cell int32, sign int8) bool {
	lo, hi := s.b.Lo[cell], s.b.Hi[cell]
	if s.buy && !s.b.Open[cell] {
		if s.b.Floor[cell] < 0 {
			return false
		}
		lo, hi = s.b.Floor[cell], Unknown
		w.New += s.b.Weight[cell]
		w.Price += s.b.Price[cell]
		if s.found && (w.New > s.best.New || w.New == s.best.New && w.Price >= s.best.Price) {
			return false
		}
	}
	up, down := hi-s.b.X[cell], s.b.X[cell]-lo
	if sign < 0 {
		up, down = down, up
	}
	w.Up, w.Down = min(w.Up, up), min(w.Down, down)
	gain := s.gain(w.Up, w.Down)
	return gain > 0 && (!s.buy || gain >= s.need)
}

// keep remembers a box. One that needs nothing new may replace another that
// does not: the search is over then.
func (s *search) keep(w Box, by product, step []lattice.Part) {
	if s.buy && s.found && w.New == s.best.New && w.Price >= s.best.Price {
		return
	}
	var p product
	p.fill(by, step)
	w.Cells, w.Signs = p.at, p.sign
	s.best, s.found = w, true
}
