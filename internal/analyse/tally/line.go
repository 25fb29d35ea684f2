package tally

import "fmt"

// worker counts the lines of blocks.
type worker struct {
	fields int   // of the header line
	wanted []int // the field of each slot
	runs   []*run
	levels []*levels // by slot
	at     []uint32  // the level of each slot in this line
	grids  []*grid   // of the columns that are crossed, then of each pair
	dense  bool      // the first grid is
	noting bool      // levels are needed one by one, for other grids or one that is not dense

	records int64
	bad     int64
	first   []misread
	lines   []counted // of each block

	cuts, ends places // of commas and ends of lines together; of ends of lines
	page       page
	texts      []span // quoted.go
	scratch    []byte
}

type counted struct{ block, lines int }

type misread struct {
	block, line int
	why         string
}

// page is where something stands in a few pages of a block.
type page struct{ commas, ends, quotes marks }

// count counts the lines of a block.
func (w *worker) count(b block) {
	buf := b.text[:len(b.text)+step]
	clear(buf[len(b.text):])
	lines := 0
	if b.quoted {
		lines = w.quoted(buf, len(b.text), b.number)
	} else {
		lines = w.plain(buf, len(b.text), b.number)
	}
	w.lines = append(w.lines, counted{b.number, lines})
}

// begin forgets the places of another block; what stands before the first line
// counts as the end of one.
func (w *worker) begin(before int) {
	w.cuts.n, w.ends.n = 0, 0
	w.cuts.keep(0)
	w.cuts.at[0], w.cuts.n = int32(before), 1
}

// plain counts lines without quotation marks. It finds the commas and the ends of
// lines of a few pages, and then counts the lines that end there.
func (w *worker) plain(buf []byte, size, block int) (lines int) {
	w.begin(-1)
	for from := 0; from < size; from += step {
		w.ends.keep(w.ends.n)
		w.page.commas.of(buf[from:], comma)
		w.page.ends.of(buf[from:], line)
		for i, ends := range w.page.ends {
			w.cuts.add(from+i*wide, ends|w.page.commas[i])
			w.ends.add(from+i*wide, ends)
		}
		begins := 0
		for _, end := range w.ends.at[:w.ends.n] {
			lines++
			last := begins + w.fields
			if last < w.cuts.n && w.cuts.at[last] == end && w.fields > 1 {
				w.line(buf, w.cuts.at[begins:last+1])
			} else {
				last = w.last(begins, end)
				w.odd(buf, w.cuts.at[begins:last+1], misread{block: block, line: lines})
			}
			begins = last
		}
		w.cuts.keep(begins)
	}
	return lines
}

// odd looks at a line that may be blank, or have one field, or too few or too
// many.
func (w *worker) odd(buf []byte, cuts []int32, where misread) {
	switch fields := len(cuts) - 1; {
	case fields == 1 && blank(buf, int(cuts[0])+1, int(cuts[1])):
	case fields != w.fields:
		w.ragged(where, fields)
	default:
		w.line(buf, cuts)
	}
}

// last is the place of an end of a line among the cuts.
func (w *worker) last(begins int, end int32) int {
	for begins++; w.cuts.at[begins] != end; {
		begins++
	}
	return begins
}

// line counts a line whose fields stand between cuts.
func (w *worker) line(buf []byte, cuts []int32) {
	end := cuts[w.fields]
	cuts[w.fields] = int32(fieldEnd(buf, int(cuts[w.fields-1])+1, int(end)))
	code := 0
	for i := 0; i < len(w.runs); i++ {
		r := w.runs[i]
		one := r.find(buf[cuts[r.first]+1 : cuts[r.after]])
		if one == nil { // the runs may be others then
			w.learn(i, buf, cuts)
			i, code = -1, 0
			continue
		}
		if code += one.code; w.noting {
			w.note(r, one)
		}
	}
	cuts[w.fields] = end
	w.records++
	rest := w.grids
	if w.dense {
		w.grids[0].dense[code]++
		rest = rest[1:]
	}
	for _, g := range rest {
		g.count(w.at)
	}
}

// note keeps the levels of a run in this line.
func (w *worker) note(r *run, one *known) {
	for i, f := range r.fields {
		w.at[f.slot] = one.levels[i]
	}
}

// blank reports whether nothing stands on a line.
func blank(buf []byte, start, end int) bool { return fieldEnd(buf, start, end) == start }

// fieldEnd leaves the carriage return off that some files have before the end of
// a line.
func fieldEnd(buf []byte, start, end int) int {
	if end > start && buf[end-1] == '\r' {
		return end - 1
	}
	return end
}

func (w *worker) ragged(where misread, fields int) {
	where.why = fmt.Sprintf("it has %d fields, and the header line has %d", fields, w.fields)
	w.misread(where)
}

func (w *worker) misread(m misread) {
	w.bad++
	if len(w.first) < shown {
		w.first = append(w.first, m)
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
	return -1, w.grids[0].used() > maxCells
}
