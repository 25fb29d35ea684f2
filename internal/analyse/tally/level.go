package tally

// levels numbers the different texts of one column, in the order of their coming.
type levels struct {
	numbers map[string]uint32
	names   []string
}

func newLevels() *levels { return &levels{numbers: map[string]uint32{}} }

// add numbers a text that is new.
func (l *levels) add(text []byte) uint32 {
	n := uint32(len(l.names))
	l.names = append(l.names, string(text))
	l.numbers[l.names[n]] = n
	return n
}

// mix spreads two words over one.
func mix(a, b uint64) uint64 {
	h := (a ^ b*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	return h ^ h>>32
}
