package tally

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// mostKnown is how many texts of several fields a run remembers.
const mostKnown = 1 << 13

// run is fields that are read and stand beside each other in the file. The few
// texts that they have together are remembered, with the level of each: that
// takes one search instead of one for each field.
type run struct {
	fields       []wanted
	first, after int     // the first field, and the one after the last
	table        []known // open addressing; a power of two
	used         int
	texts        []byte // of all that is known, one after the other
	last         *known // found
}

// wanted is a field that is read.
type wanted struct{ field, slot int }

// known is a text of a run, as it stands in the file.
type known struct {
	hash       uint64 // 0 is a free place
	start, end uint32 // of its text
	code       int    // what its levels add to the place in the first grid
	levels     []uint32
}

func (r *run) text(one *known) []byte { return r.texts[one.start:one.end] }

func newRun(fields []wanted) *run {
	return &run{fields: fields, first: fields[0].field, after: fields[len(fields)-1].field + 1, table: make([]known, 64)}
}

// runs are the fields in the order of the line; those that are not crossed with
// the others stand alone.
func runs(fields []wanted, crossed int) (out []*run) {
	slices.SortFunc(fields, func(a, b wanted) int { return a.field - b.field })
	from := 0
	for i := range fields {
		next := i + 1
		if next == len(fields) || fields[next].field > fields[i].field+1 || max(fields[i].slot, fields[next].slot) >= crossed {
			out = append(out, newRun(fields[from:next]))
			from = next
		}
	}
	return out
}

var seed = maphash.MakeSeed()

func hashOf(text []byte) uint64 { return maphash.Bytes(seed, text) | 1<<63 }

// find gives what is known of a text, or nil.
func (r *run) find(text []byte) *known {
	if last := r.last; last != nil && bytes.Equal(r.text(last), text) {
		return last
	}
	hash := hashOf(text)
	for at := int(hash); ; at++ {
		one := &r.table[at&(len(r.table)-1)]
		if one.hash == hash && bytes.Equal(r.text(one), text) {
			r.last = one
			return one
		}
		if one.hash == 0 {
			return nil
		}
	}
}

func (r *run) enter(one known) {
	at := int(one.hash)
	for r.table[at&(len(r.table)-1)].hash != 0 {
		at++
	}
	r.table[at&(len(r.table)-1)] = one
}

// know remembers a text that is new.
func (r *run) know(one known) {
	if r.used++; 2*r.used > len(r.table) {
		old := r.table
		r.last = nil
		r.table = make([]known, 2*len(old))
		for _, one := range old {
			if one.hash != 0 {
				r.enter(one)
			}
		}
	}
	r.enter(one)
}

// halves are two runs with the same fields, which have fewer texts each.
func (r *run) halves() (one, other *run) {
	at := len(r.fields) / 2
	return newRun(r.fields[:at]), newRun(r.fields[at:])
}

// learn finds the levels of a run in a line that has a new text in it.
func (w *worker) learn(i int, buf []byte, cuts []int32) {
	r := w.runs[i]
	if len(r.fields) > 1 && r.used >= mostKnown {
		one, other := r.halves()
		w.runs = slices.Replace(w.runs, i, i+1, one, other)
		return
	}
	text := buf[cuts[r.first]+1 : cuts[r.after]]
	one := known{hash: hashOf(text), start: uint32(len(r.texts)), end: uint32(len(r.texts) + len(text))}
	r.texts = append(r.texts, text...)
	for _, f := range r.fields {
		one.levels = append(one.levels, w.number(f.slot, bare(buf[cuts[f.field]+1:cuts[f.field+1]])))
	}
	one.code = w.code(r, one.levels)
	r.know(one)
}

// bare leaves off the quotation marks about a field.
func bare(text []byte) []byte {
	if len(text) > 1 && text[0] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}

// number gives the number of a text in a slot.
func (w *worker) number(slot int, text []byte) uint32 {
	l := w.levels[slot]
	if n, ok := l.numbers[string(text)]; ok {
		return n
	}
	n := l.add(text)
	for i, g := range w.grids {
		if g.grow(slot, len(l.names)) && i == 0 {
			w.encode()
		}
	}
	return n
}

// encode finds again where the levels of each text lead to in the first grid.
func (w *worker) encode() {
	w.dense = w.grids[0].sparse == nil
	w.noting = len(w.grids) > 1 || !w.dense
	for _, r := range w.runs {
		for at := range r.table {
			one := &r.table[at]
			one.code = w.code(r, one.levels)
		}
	}
}

// code is what the levels of a run add to the place in the first grid.
func (w *worker) code(r *run, levels []uint32) (at int) {
	main := w.grids[0]
	for i, level := range levels {
		if slot := r.fields[i].slot; w.dense && slot < len(main.slots) {
			at += int(level) * main.steps[slot]
		}
	}
	return at
}
