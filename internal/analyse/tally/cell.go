package tally

// cells counts combinations of levels. A key is one or more words, with the
// level of each column in a few bits of one of them; its count stands before it.
type cells struct {
	bits    int      // of a level: 8, or 16 where a column has more levels than that
	columns int      // of a key
	places  []uint64 // open addressing: a count, which is 0 where a place is free, then the key
	mask    int      // one less than the number of places
	used    int
}

func newCells(columns, bits int) *cells {
	const first = 1 << 10
	c := &cells{bits: bits, columns: columns, mask: first - 1}
	c.places = make([]uint64, first*c.stride())
	return c
}

// words is how many words a key has.
func (c *cells) words() int { return max(1, (c.columns*c.bits+63)/64) }

func (c *cells) stride() int { return c.words() + 1 }

// count adds to the count of one combination.
func (c *cells) count(key []uint64, by uint64) {
	at := c.place(key)
	if c.places[at] == 0 {
		copy(c.places[at+1:], key)
		c.used++
		if 2*c.used > c.mask {
			c.places[at] = by
			c.grow()
			return
		}
	}
	c.places[at] += by
}

// place is where a key stands, or would stand.
func (c *cells) place(key []uint64) int {
	h := key[0]
	for _, word := range key[1:] {
		h = mix(h, word)
	}
	stride := len(key) + 1
	for i := int(mix(h, 0)) & c.mask; ; i = (i + 1) & c.mask {
		at := i * stride
		one := c.places[at : at+stride]
		if one[0] == 0 || same(one[1:], key) {
			return at
		}
	}
}

func same(one, other []uint64) bool {
	for i, word := range one {
		if word != other[i] {
			return false
		}
	}
	return true
}

func (c *cells) grow() {
	old := *c
	c.mask = 2*c.mask + 1
	c.places = make([]uint64, (c.mask+1)*c.stride())
	old.each(func(key []uint64, n uint64) {
		to := c.place(key)
		c.places[to] = n
		copy(c.places[to+1:], key)
	})
}

// each gives every combination.
func (c *cells) each(do func(key []uint64, n uint64)) {
	for at := 0; at < len(c.places); at += c.stride() {
		if c.places[at] != 0 {
			do(c.places[at+1:at+c.stride()], c.places[at])
		}
	}
}

// level is the level of a column in a key.
func (c *cells) level(key []uint64, column int) uint32 {
	at := column * c.bits
	return uint32(key[at/64]>>(at%64)) & (1<<c.bits - 1)
}

// set puts the levels of all columns into a key.
func (c *cells) set(key []uint64, levels []uint32) {
	clear(key)
	at := 0
	for _, level := range levels {
		key[at/64] |= uint64(level) << (at % 64)
		at += c.bits
	}
}

// widened has the same counts, with room for more levels.
func (c *cells) widened() *cells {
	out := newCells(c.columns, 16)
	key, levels := make([]uint64, out.words()), make([]uint32, c.columns)
	c.each(func(old []uint64, n uint64) {
		for column := range levels {
			levels[column] = c.level(old, column)
		}
		out.set(key, levels)
		out.count(key, n)
	})
	return out
}
