package columns

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// List is every column, in the order of the template and the export: those that
// are read, then those that are only written.
type List struct {
	all   []Column
	read  []Column
	named map[string]int // by each header that means it, without capitals and punctuation: its place in all
}

// New makes the list for the programmes of a catalogue.
func New(c *programme.Catalogue) List {
	l := List{named: map[string]int{}}
	for _, group := range [][]Column{personColumns(), backgroundColumns(), yearColumns(c), eligibilityColumns()} {
		l.read = append(l.read, group...)
	}
	l.all = append(append(l.all, l.read...), writtenColumns()...)
	for i, column := range l.all {
		for _, name := range append([]string{column.Header, column.Key}, column.Aliases...) {
			l.named[plain(name)] = i
		}
	}
	return l
}

// All is every column.
func (l List) All() []Column { return l.all }

// Read is the columns that are read: those of the template.
func (l List) Read() []Column { return l.read }

// Written is the columns that only the export has.
func (l List) Written() []Column { return l.all[len(l.read):] }

// Of finds a column by its key.
func (l List) Of(key string) (Column, bool) {
	for _, c := range l.all {
		if c.Key == key {
			return c, true
		}
	}
	return Column{}, false
}

// Headers are the names of columns, for the first row of a file.
func Headers(of []Column) []string {
	names := make([]string, len(of))
	for i, c := range of {
		names[i] = c.Header
	}
	return names
}

// plain makes headers and answers comparable: letters and figures only, in small
// letters, without accents.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, asye.Fold(text))
}
