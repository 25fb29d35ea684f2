package tally

import (
	"encoding/binary"
	"math/bits"
)

// room is how many bytes must be readable after the end of a field, so that it
// can be taken eight bytes at a time.
const room = 8

// levels numbers the different texts of one column, in the order of their coming.
type levels struct {
	table []level // open addressing; a power of two
	shift int     // leaves as many bits of a word as count the places of the table
	names []string
}

// level is one text: its length, its first and its last eight bytes, which say
// all of it up to sixteen.
type level struct {
	first, last uint64
	length      uint32
	number      uint32 // from 1; 0 is a free place
}

func newLevels() *levels { return &levels{table: make([]level, 64), shift: 64 - 6} }

// number gives the number of the text buf[start:end], from 0. buf goes on for
// room bytes after end.
func (l *levels) number(buf []byte, start, end int) uint32 {
	length := end - start
	first, last := binary.LittleEndian.Uint64(buf[start:]), uint64(0)
	if length < 8 {
		first &= 1<<(8*length) - 1
	} else {
		last = binary.LittleEndian.Uint64(buf[end-8:])
	}
	mask := uint64(len(l.table) - 1)
	for at := l.place(first, last, length); ; at = (at + 1) & mask {
		one := &l.table[at]
		if one.number == 0 {
			return l.add(level{first, last, uint32(length), 0}, string(buf[start:end]), at)
		}
		if one.first == first && one.last == last && one.length == uint32(length) &&
			(length <= 16 || l.names[one.number-1] == string(buf[start:end])) {
			return one.number - 1
		}
	}
}

func (l *levels) add(one level, name string, at uint64) uint32 {
	l.names = append(l.names, name)
	one.number = uint32(len(l.names))
	l.table[at] = one
	if 2*len(l.names) > len(l.table) {
		l.grow()
	}
	return one.number - 1
}

func (l *levels) grow() {
	old := l.table
	l.table, l.shift = make([]level, 2*len(old)), l.shift-1
	mask := uint64(len(l.table) - 1)
	for _, one := range old {
		if one.number == 0 {
			continue
		}
		at := l.place(one.first, one.last, int(one.length))
		for l.table[at].number != 0 {
			at = (at + 1) & mask
		}
		l.table[at] = one
	}
}

// place is where a text is looked for first: the highest bits of a product depend
// on all bits of what is multiplied.
func (l *levels) place(first, last uint64, length int) uint64 {
	return (first ^ bits.RotateLeft64(last, 7) ^ uint64(length)) * 0x9e3779b97f4a7c15 >> l.shift
}

// mix spreads two words over one.
func mix(a, b uint64) uint64 {
	h := (a ^ b*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
	return h ^ h>>32
}
