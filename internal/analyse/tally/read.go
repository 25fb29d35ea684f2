package tally

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Read counts the records of a file of comma-separated values that begins with a
// header line. A column that is not there, a file without a header line, and one
// with too many malformed lines are errors.
func Read(ctx context.Context, in io.Reader, p Plan) (*Cube, error) {
	s := &source{ctx: ctx, in: in}
	header, before, err := s.header()
	if err != nil {
		return nil, err
	}
	l, err := p.layout(header)
	if err != nil {
		return nil, err
	}
	all := make([]*worker, max(1, p.Workers))
	if p.Workers == 0 {
		all = make([]*worker, runtime.GOMAXPROCS(0))
	}
	failures := make([]error, len(all))
	var hands sync.WaitGroup
	for i := range all {
		all[i] = l.worker(len(p.Columns))
		hands.Go(func() { failures[i] = all[i].work(s, l) })
	}
	hands.Wait()
	for _, err := range failures {
		if err != nil {
			return nil, err
		}
	}
	return p.cube(l, all, int64(before))
}

// work counts blocks until there are none.
func (w *worker) work(s *source, l layout) error {
	var b block
	for {
		more, err := s.next(&b)
		if err != nil || !more {
			return err
		}
		w.count(b)
		if slot, full := w.full(); full {
			err := fmt.Errorf("the columns together have more than %d different combinations: leave one of them out, or group its values first", maxCells)
			if slot >= 0 {
				err = fmt.Errorf("the column %s has more than %d different values, so that nothing can be grouped by it: is it the right one?", l.header[l.fields[slot]], maxLevels)
			}
			s.Lock()
			defer s.Unlock()
			s.failed = err
			return err
		}
	}
}

// header reads the header line, and gives how many lines it takes.
func (s *source) header() (names []string, lines int, err error) {
	var b block
	more, err := s.next(&b)
	if err != nil {
		return nil, 0, err
	}
	text := bytes.TrimPrefix(b.text, []byte("\xef\xbb\xbf"))
	r := csv.NewReader(bytes.NewReader(text))
	if names, err = r.Read(); err != nil || !more {
		return nil, 0, fmt.Errorf("the file has no header line that names its columns")
	}
	for i, name := range names {
		names[i] = strings.TrimSpace(name)
	}
	s.rest = append(bytes.Clone(text[r.InputOffset():]), s.rest...)
	s.handed = 0
	return names, bytes.Count(text[:r.InputOffset()], []byte{'\n'}), nil
}

// layout says which fields of the file are read: the columns that are crossed
// have the first slots, and those of the pairs that are not among them the next.
type layout struct {
	header []string
	fields []int    // the place in the header line, by slot
	pairs  [][2]int // slots
}

func (p Plan) layout(header []string) (layout, error) {
	l := layout{header: header}
	for _, name := range p.Columns {
		known := len(l.fields)
		if _, err := l.slot(name); err != nil {
			return l, err
		}
		if len(l.fields) == known {
			return l, fmt.Errorf("the column %q is named twice", name)
		}
	}
	for _, pair := range p.Pairs {
		first, err := l.slot(pair[0])
		if err != nil {
			return l, err
		}
		second, err := l.slot(pair[1])
		if err != nil {
			return l, err
		}
		l.pairs = append(l.pairs, [2]int{first, second})
	}
	if len(l.fields) > maxColumns {
		return l, fmt.Errorf("%d columns are more than can be looked at together: at most %d", len(l.fields), maxColumns)
	}
	return l, nil
}

// slot is the slot of a column: a new one, unless it has one.
func (l *layout) slot(name string) (int, error) {
	at := slices.Index(l.header, name)
	if at < 0 {
		return 0, fmt.Errorf("the file has no column %q. Its columns are %s", name, strings.Join(l.header, ", "))
	}
	if slices.Contains(l.header[at+1:], name) {
		return 0, fmt.Errorf("the header line names the column %q twice, so that it cannot be told which is meant: rename one of them", name)
	}
	if slot := slices.Index(l.fields, at); slot >= 0 {
		return slot, nil
	}
	l.fields = append(l.fields, at)
	return len(l.fields) - 1, nil
}

func (l layout) worker(crossed int) *worker {
	w := &worker{fields: len(l.header), at: make([]uint32, len(l.fields)), wanted: l.fields, cuts: places{burst: 12}, ends: places{burst: 2}}
	var fields []wanted
	for slot, field := range l.fields {
		w.levels = append(w.levels, newLevels())
		fields = append(fields, wanted{field, slot})
	}
	w.runs = runs(fields, crossed)
	main := make([]int, crossed)
	for slot := range main {
		main[slot] = slot
	}
	w.grids = append(w.grids, newGrid(main))
	for _, pair := range l.pairs {
		w.grids = append(w.grids, newGrid(pair[:]))
	}
	w.encode()
	return w
}
