package tally

import "fmt"

// Plan says what is read of a file.
type Plan struct {
	Columns []string    // the columns that are crossed with each other, as the header line names them
	Pairs   [][2]string // pairs of columns that are crossed with nothing else: for columns with very many values
	Workers int         // goroutines; the number of processors when 0
	Bad     float64     // the share of lines that may be malformed before the file is refused, from 0 to 1
}

// What a file may ask for: more is a mistake in the choice of columns, and would
// only fill the memory.
const (
	maxColumns = 64
	maxLevels  = 1 << 16
	maxCells   = 1 << 20
)

// shown is how many malformed lines a Cube names.
const shown = 20

// Malformed is what was wrong with one line.
type Malformed struct {
	Line int64  // from 1, the header line
	Why  string // a sentence without its full stop
}

// TooManyBad is a file with more malformed lines than the plan lets pass.
type TooManyBad struct {
	Lines, Bad int64
	First      []Malformed
}

func (e *TooManyBad) Error() string {
	text := fmt.Sprintf("%d of %d lines cannot be read", e.Bad, e.Lines)
	for i, m := range e.First {
		if i == 3 {
			break
		}
		text += fmt.Sprintf("; line %d: %s", m.Line, m.Why)
	}
	return text + ". Mend them, or say what share may be left out with --bad-rows"
}
