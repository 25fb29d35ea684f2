package tally

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// A block stays in the cache of the processor that reads it.
const (
	blockSize = 256 << 10
	longest   = 16 << 20 // of one line
)

// source hands out blocks of whole lines, to one goroutine at a time.
type source struct {
	sync.Mutex
	ctx    context.Context
	in     io.Reader
	rest   []byte // what was read and follows the last whole line
	handed int    // blocks
	ended  bool
	failed error
}

// block is a number of whole lines. A step may be read and written after them.
type block struct {
	text   []byte
	number int
	quoted bool // has a quotation mark somewhere
}

// next fills a block, and reports whether there was anything.
func (s *source) next(b *block) (bool, error) {
	s.Lock()
	defer s.Unlock()
	if s.failed == nil {
		s.failed = s.ctx.Err()
	}
	if s.failed != nil || s.ended && len(s.rest) == 0 {
		return false, s.failed
	}
	whole := s.fill(b)
	if s.failed != nil {
		return false, s.failed
	}
	s.rest = append(s.rest[:0], b.text[whole:]...)
	b.text, b.number = b.text[:whole], s.handed
	s.handed++
	return whole > 0, nil
}

// fill reads on until there is a whole line, and gives where the last one ends.
func (s *source) fill(b *block) (whole int) {
	size := max(blockSize, 2*len(s.rest))
	for {
		if cap(b.text) < size+step+1 {
			b.text = make([]byte, 0, size+step+1)
		}
		b.text = append(b.text[:0], s.rest...)
		n, err := io.ReadFull(s.in, b.text[len(b.text):size])
		b.text = b.text[:len(b.text)+n]
		s.ended = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !s.ended {
			s.failed = err
			return 0
		}
		if s.ended && len(b.text) > 0 && b.text[len(b.text)-1] != '\n' {
			b.text = append(b.text, '\n')
		}
		b.quoted = bytes.IndexByte(b.text, '"') >= 0
		if whole = lastLine(b.text, b.quoted); whole > 0 || s.ended {
			if s.ended {
				whole = len(b.text)
			}
			return whole
		}
		if size *= 2; size > longest {
			s.failed = fmt.Errorf("a line is longer than %d MB: is this a file of records?", longest>>20)
			return 0
		}
		s.rest = append(s.rest[:0], b.text...)
	}
}

// lastLine is where the last line ends that is not within a quoted field. Where
// the marks do not pair, any line will do.
func lastLine(text []byte, quoted bool) int {
	last := bytes.LastIndexByte(text, '\n') + 1
	if !quoted {
		return last
	}
	open := bytes.Count(text[:last], []byte{'"'})%2 == 1
	for at := last; at > 0; {
		if !open {
			return at
		}
		before := bytes.LastIndexByte(text[:at-1], '\n') + 1
		open = open != (bytes.Count(text[before:at], []byte{'"'})%2 == 1)
		at = before
	}
	return last
}
