package moves

// Walk is a proof that a cell can lie in more than one place: boxes to apply
// one after the other from the true table, up and down.
type Walk struct {
	Cell     int
	Up, Down []Leap
	High     int // how far above the truth the cell can lie
	Low      int // how far below
}

// Leap is a box applied so many times.
type Leap struct {
	Box Box
	By  int
}

// Width is how far apart the two ends are.
func (w Walk) Width() int { return w.High + w.Low }

// longest is how many boxes a walk tries to put together each way.
const longest = 12

// Prove looks for two tables, both allowed by what is published, in which a
// cell lies need apart: by one box, or by several put together.
func (b *Board) Prove(cell, need int) Walk {
	w := b.ProveByOne(cell, need)
	if w.Width() >= need {
		return w
	}
	w.Down, w.Low = b.walk(cell, -1, need)
	w.Up, w.High = b.walk(cell, 1, need-w.Low)
	return w
}

// ProveByOne does it with one box alone, which is quick.
func (b *Board) ProveByOne(cell, need int) Walk {
	w := Walk{Cell: cell}
	if box, ok := b.Free(cell, need); ok {
		w.Low = min(box.Down, need)
		w.High = min(box.Up, need-w.Low)
		w.Up, w.Down = leaps(box, w.High), leaps(box, -w.Low)
	}
	return w
}

func leaps(box Box, by int) []Leap {
	if by == 0 {
		return nil
	}
	return []Leap{{box, by}}
}

// walk goes in one direction as far as it comes, at most need, and back.
func (b *Board) walk(cell int, direction int8, need int) ([]Leap, int) {
	var path []Leap
	gone := 0
	for len(path) < longest && gone < need {
		box, ok := b.Toward(cell, direction, need-gone)
		if !ok {
			break
		}
		by := min(box.Up, need-gone)
		if direction < 0 {
			by = min(box.Down, need-gone)
		}
		if by == 0 {
			break
		}
		gone += by
		path = append(path, Leap{box, by * int(direction)})
		b.By(box, by*int(direction))
	}
	for _, leap := range path {
		b.By(leap.Box, -leap.By)
	}
	return path, gone
}
