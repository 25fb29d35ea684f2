package crosstab

// paths are the ways to a node, those with equal products of factorials taken together.
type paths struct {
	slots []path
	used  int
}

// path is how many ways there are with one product of factorials.
type path struct {
	mark  uint64
	value float64 // the logarithm of the weight of one of them
	ways  float64 // 0 for a slot that is free
}

// add notes ways.
func (p *paths) add(one path) {
	if p.used*2 >= len(p.slots) {
		p.grow()
	}
	at := p.find(one.mark)
	if p.slots[at].ways > 0 {
		p.slots[at].ways += one.ways
		return
	}
	p.slots[at] = one
	p.used++
}

func (p *paths) find(mark uint64) uint64 {
	last := uint64(len(p.slots) - 1)
	at := (mark ^ mark>>32) & last
	for p.slots[at].ways > 0 && p.slots[at].mark != mark {
		at = (at + 1) & last
	}
	return at
}

func (p *paths) grow() {
	old := p.slots
	p.slots = make([]path, max(4, 2*len(old)))
	for _, one := range old {
		if one.ways > 0 {
			p.slots[p.find(one.mark)] = one
		}
	}
}
