package tally

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
)

// worker counts the lines of blocks.
type worker struct {
	fields int   // of the header line
	slots  []int // which level a field fills, by field; -1 for none; the last is for fields too many
	cross  int   // how many slots, from the first, are crossed with each other
	pairs  [][2]int
	levels []*levels // by slot
	at     []uint32  // the level of each slot in this line
	key    []uint64
	small  bool // the key is one word, which grows with each field of a line
	main   *cells
	paired []*cells

	records int64
	bad     int64
	first   []misread
	lines   []counted // of each block
	scratch []byte    // a field without its quotation marks
	met     [][]bool  // by slot and level: whether a record was counted with it
}

type counted struct{ block, lines int }

type misread struct {
	block, line int
	why         string
}

// count counts the lines of a block.
func (w *worker) count(b block) {
	lines := 0
	if b.quoted {
		lines = w.careful(b)
	} else {
		lines = w.plain(b)
	}
	w.lines = append(w.lines, counted{b.number, lines})
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// equal marks the bytes of a word that are one byte, by their highest bit.
func equal(word, eight uint64) uint64 {
	x := word ^ eight
	return ^((x&^highs + ^uint64(highs)) | x) & highs
}

// plain counts lines without quotation marks. It looks for commas and ends of
// lines in eight bytes at a time.
func (w *worker) plain(b block) (lines int) {
	text := b.text
	buf := text[:len(text)+room]
	clear(buf[len(text):])
	start, field, begins := 0, 0, 0
	for i := 0; i < len(text); i += 8 {
		word := binary.LittleEndian.Uint64(buf[i:])
		for marks := equal(word, ','*ones) | equal(word, '\n'*ones); marks != 0; marks &= marks - 1 {
			end := i + bits.TrailingZeros64(marks)>>3
			last := buf[end] == '\n'
			if slot := w.slots[min(field, w.fields)]; slot >= 0 {
				w.found(slot, w.levels[slot].number(buf, start, fieldEnd(buf, start, end, last)))
			}
			start = end + 1
			field++
			if !last {
				continue
			}
			lines++
			w.line(b.number, lines, field, field == 1 && fieldEnd(buf, begins, end, true) == begins)
			field, begins = 0, start
		}
	}
	return lines
}

// fieldEnd leaves the carriage return off that some files have before the end of
// a line.
func fieldEnd(buf []byte, start, end int, last bool) int {
	if last && end > start && buf[end-1] == '\r' {
		return end - 1
	}
	return end
}

// found notes the level of a slot in this line.
func (w *worker) found(slot int, level uint32) {
	w.at[slot] = level
	if slot >= w.cross {
		return
	}
	if level >= 256 && w.main.bits == 8 {
		w.widen()
	}
	if w.small {
		w.key[0] |= uint64(level) << (8 * slot)
	}
}

// line counts a line whose levels have been found, unless it is blank or has
// another number of fields than the header line.
func (w *worker) line(block, line, fields int, blank bool) {
	if !blank {
		w.take(block, line, fields)
	}
	if w.small {
		w.key[0] = 0
	}
}

// take counts a line that is not blank.
func (w *worker) take(block, line, fields int) {
	if fields != w.fields {
		w.misread(block, line, fmt.Sprintf("it has %d fields, and the header line has %d", fields, w.fields))
		return
	}
	w.records++
	if w.cross > 0 {
		if !w.small {
			w.main.set(w.key, w.at[:w.cross])
		}
		w.main.count(w.key, 1)
	}
	for i, pair := range w.pairs {
		key := [1]uint64{uint64(w.at[pair[0]]) | uint64(w.at[pair[1]])<<16}
		w.paired[i].count(key[:], 1)
	}
}

// widen makes room for a level that has too high a number for the keys so far.
func (w *worker) widen() {
	w.main = w.main.widened()
	w.key, w.small = make([]uint64, w.main.words()), false
}

func (w *worker) misread(block, line int, why string) {
	w.bad++
	if len(w.first) < shown {
		w.first = append(w.first, misread{block, line, why})
	}
}

// full reports a slot that has more levels than there may be, or more
// combinations; -1 and false when there is none.
func (w *worker) full() (slot int, full bool) {
	for slot, l := range w.levels {
		if len(l.names) >= maxLevels {
			return slot, true
		}
	}
	return -1, w.main != nil && w.main.used > maxCells
}

// careful counts lines some of which have quoted fields, which may hold commas,
// ends of lines and, doubled, quotation marks.
func (w *worker) careful(b block) (lines int) {
	buf := b.text[:len(b.text)+room]
	clear(buf[len(b.text):])
	for at := 0; at < len(b.text); {
		fields, next, why := w.record(buf, at, len(b.text))
		if why != "" {
			w.misread(b.number, lines+1, why)
			clear(w.key)
			next = at + bytes.IndexByte(buf[at:len(b.text)], '\n') + 1
		} else {
			w.line(b.number, lines+1, fields, fields == 1 && fieldEnd(buf, at, next-1, true) == at)
		}
		lines += bytes.Count(buf[at:next], []byte{'\n'})
		at = next
	}
	return lines
}

// record finds the levels of one record, and where the next one begins.
func (w *worker) record(buf []byte, at, end int) (fields, next int, why string) {
	for {
		slot := w.slots[min(fields, w.fields)]
		fields++
		var text []byte
		start, stop := at, at
		if buf[at] == '"' {
			text, at, why = w.unquote(buf, at+1, end)
			if why != "" {
				return fields, at, why
			}
			start, stop = 0, len(text)
		} else {
			at += bytes.IndexAny(buf[at:], ",\n\"")
			if buf[at] == '"' {
				return fields, at, "a quotation mark stands within a field that is not quoted"
			}
			text, stop = buf, fieldEnd(buf, start, at, buf[at] == '\n')
		}
		if slot >= 0 {
			w.found(slot, w.levels[slot].number(text[:stop+room], start, stop))
		}
		if buf[at] == '\n' {
			return fields, at + 1, ""
		}
		at++
	}
}

// unquote reads a quoted field from after its first mark, and gives its text,
// with room after it, and where the comma or the end of the line stands.
func (w *worker) unquote(buf []byte, at, end int) (text []byte, stop int, why string) {
	w.scratch = w.scratch[:0]
	for {
		mark := bytes.IndexByte(buf[at:end], '"')
		if mark < 0 {
			return nil, end, "a quoted field does not end"
		}
		w.scratch = append(w.scratch, buf[at:at+mark]...)
		if at += mark + 1; buf[at] == '"' && at < end {
			w.scratch = append(w.scratch, '"')
			at++
			continue
		}
		if buf[at] == '\r' && buf[at+1] == '\n' {
			at++
		}
		if at >= end || buf[at] != ',' && buf[at] != '\n' {
			return nil, at, "something stands after the end of a quoted field"
		}
		length := len(w.scratch)
		w.scratch = append(w.scratch, make([]byte, room)...)
		return w.scratch[:length], at, ""
	}
}
