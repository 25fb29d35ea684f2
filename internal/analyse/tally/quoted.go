package tally

import (
	"bytes"
	"math/bits"
)

// quoted counts lines some of which have quoted fields, which may hold commas,
// ends of lines and, doubled, quotation marks. It begins anew after each line
// whose marks do not pair.
func (w *worker) quoted(buf []byte, size, block int) (lines int) {
	s := stretch{size: size, where: misread{block: block, line: 1}}
	for s.next < size {
		w.stretch(buf, &s)
	}
	return s.where.line - 1
}

// stretch is a part of a block up to the first line whose quotation marks do not
// pair.
type stretch struct {
	size   int     // of the block
	next   int     // where the next line begins
	where  misread // its number
	inside uint64  // all bits while a quoted field goes on
	quoting
}

// passed goes on to the line that begins at a place.
func (s *stretch) passed(buf []byte, to int) {
	s.where.line += bytes.Count(buf[s.next:to], []byte{'\n'})
	s.next = to
}

func (w *worker) stretch(buf []byte, s *stretch) {
	w.begin(s.next - 1)
	s.inside, s.quoting = 0, quoting{}
	for from := s.next; from < s.size; from += step {
		w.cut(buf, from, s)
		begins := 0
		for _, end := range w.ends.at[:w.ends.n] {
			last := w.last(begins, end)
			if !w.whole(buf, w.cuts.at[begins:last+1], s) {
				return
			}
			begins = last
		}
		w.cuts.keep(begins)
	}
	if s.next < s.size { // in a field that does not end
		s.passed(buf, w.careful(buf, s.next, s.size, s.where))
	}
}

// cut finds the commas and the ends of lines of a few pages. What stands between
// an odd and an even quotation mark is none.
func (w *worker) cut(buf []byte, from int, s *stretch) {
	w.ends.keep(w.ends.n)
	w.page.commas.of(buf[from:], comma)
	w.page.ends.of(buf[from:], line)
	w.page.quotes.of(buf[from:], quote)
	for i, quotes := range w.page.quotes {
		within := between(quotes) ^ s.inside
		s.inside = uint64(int64(within) >> 63)
		w.cuts.add(from+i*wide, (w.page.commas[i]|w.page.ends[i])&^within)
		w.ends.add(from+i*wide, w.page.ends[i]&^within)
	}
	s.turn(from, &w.page.quotes)
}

// whole counts a line; false where another line may follow than the one whose
// beginning was found, because its quotation marks do not pair.
func (w *worker) whole(buf []byte, cuts []int32, s *stretch) bool {
	after := int(cuts[len(cuts)-1]) + 1
	if s.upTo(after-1) != 2*enclosed(buf, cuts) {
		next := w.careful(buf, s.next, s.size, s.where)
		s.passed(buf, next)
		return next == after
	}
	w.odd(buf, cuts, s.where)
	s.passed(buf, after)
	return true
}

// between sets the bits from each odd mark to before the next.
func between(marks uint64) uint64 {
	for n := 1; n < 64; n *= 2 {
		marks ^= marks << n
	}
	return marks
}

// quoting counts quotation marks from line to line.
type quoting struct {
	from   int
	page   *marks
	before [step / wide]int // each word of the page
	all    int
	told   int // up to the end of the line before
}

// turn goes on to the next pages.
func (q *quoting) turn(from int, page *marks) {
	q.from, q.page = from, page
	for i, marks := range page {
		q.before[i] = q.all
		q.all += bits.OnesCount64(marks)
	}
}

// upTo is how many marks stand between the end of the line before and this one.
func (q *quoting) upTo(end int) int {
	at := end - q.from
	count := q.before[at/wide] + bits.OnesCount64(q.page[at/wide]&(1<<(at%wide)-1))
	n := count - q.told
	q.told = count
	return n
}

// enclosed counts the fields that begin and end with a quotation mark.
func enclosed(buf []byte, cuts []int32) (n int) {
	start := int(cuts[0]) + 1
	for i, cut := range cuts[1:] {
		end := int(cut)
		if i == len(cuts)-2 {
			end = fieldEnd(buf, start, end)
		}
		if end-start > 1 && buf[start] == '"' && buf[end-1] == '"' {
			n++
		}
		start = int(cut) + 1
	}
	return n
}

// span is the text of a field.
type span struct {
	buf        []byte
	start, end int
}

// careful counts one record byte by byte, and gives where the next begins.
func (w *worker) careful(buf []byte, at, size int, where misread) (next int) {
	next, where.why = w.record(buf, at, size)
	switch fields := len(w.texts); {
	case where.why != "":
		w.misread(where)
		return at + bytes.IndexByte(buf[at:size], '\n') + 1
	case fields != w.fields:
		w.ragged(where, fields)
	default:
		w.take()
	}
	return next
}

// take counts the record whose fields were found.
func (w *worker) take() {
	for slot, field := range w.wanted {
		one := w.texts[field]
		w.at[slot] = w.number(slot, one.buf[one.start:one.end])
	}
	w.records++
	for _, g := range w.grids {
		g.count(w.at)
	}
}

// record finds the fields of one record, and where the next one begins.
func (w *worker) record(buf []byte, at, end int) (next int, why string) {
	w.texts, w.scratch = w.texts[:0], w.scratch[:0]
	for {
		one := span{buf, at, at}
		if buf[at] == '"' {
			if one, at, why = w.unquote(buf, at+1, end); why != "" {
				return at, why
			}
		} else {
			at += bytes.IndexAny(buf[at:], ",\n\"")
			if buf[at] == '"' {
				return at, "a quotation mark stands within a field that is not quoted"
			}
			if one.end = at; buf[at] == '\n' {
				one.end = fieldEnd(buf, one.start, at)
			}
		}
		w.texts = append(w.texts, one)
		if buf[at] == '\n' {
			return at + 1, ""
		}
		at++
	}
}

// unquote reads a quoted field from after its first mark, and gives its text, and
// where the comma or the end of the line stands.
func (w *worker) unquote(buf []byte, at, end int) (text span, stop int, why string) {
	start := len(w.scratch)
	for {
		mark := bytes.IndexByte(buf[at:end], '"')
		if mark < 0 {
			return text, end, "a quoted field does not end"
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
			return text, at, "something stands after the end of a quoted field"
		}
		return span{w.scratch, start, len(w.scratch)}, at, ""
	}
}
