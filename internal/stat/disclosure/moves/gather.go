package moves

// Gather protects a cell by several boxes where no single one does: it goes up
// as far as there is room, then hides the fewest cells that let it go on. The
// board is left as it was; the answer is what has to be hidden.
func (b *Board) Gather(cell, need int) ([]int, bool) {
	_, gone := b.walk(cell, -1, need)
	var path []Leap
	var opened []int
	for len(path) < longest && gone < need {
		box, ok := b.onward(cell, need-gone)
		if !ok {
			break
		}
		for _, c := range box.Cells {
			if !b.Open[c] && box.New > 0 {
				b.Hide(int(c))
				opened = append(opened, int(c))
			}
		}
		by := min(box.Up, need-gone)
		gone += by
		path = append(path, Leap{box, by})
		b.By(box, by)
	}
	for _, leap := range path {
		b.By(leap.Box, -leap.By)
	}
	for _, c := range opened {
		b.Show(c)
	}
	return opened, gone >= need
}

// Heaviness is what cells weigh together.
func (b *Board) Heaviness(cells []int) int {
	sum := 0
	for _, c := range cells {
		sum += b.Weight[c]
	}
	return sum
}

// onward is the next box up: free if there is one, else the cheapest, long
// before short.
func (b *Board) onward(cell, left int) (Box, bool) {
	if box, ok := b.Toward(cell, 1, left); ok {
		return box, true
	}
	for n := left; n > 0; n = n * 2 / 3 {
		s := &search{b: b, need: n, buy: true, oneWay: 1}
		if box, ok := s.run(cell); ok {
			return box, true
		}
	}
	return Box{}, false
}
