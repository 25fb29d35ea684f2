package upload

import (
	"encoding/json"
	"strings"
	"time"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns"
)

// content is what is kept of an upload while somebody decides on it.
type content struct {
	Sheet keptSheet  `json:"sheet"`
	Plan  check.Plan `json:"plan"`
}

// keptSheet is a files.Sheet as JSON.
type keptSheet struct {
	Format    files.Format `json:"format"`
	File      string       `json:"file"`
	Name      string       `json:"name,omitempty"`
	Unread    []string     `json:"unread,omitempty"`
	Encoding  string       `json:"encoding,omitempty"`
	Delimiter rune         `json:"delimiter,omitempty"`
	HeaderRow int          `json:"header_row"`
	Header    []string     `json:"header"`
	Rows      []keptRow    `json:"rows"`
}

// keptRow is a files.Row as JSON. Marks has a letter for each cell: d is a real
// date, f a formula, n a number and - anything else; it is left out where every
// cell is plain.
type keptRow struct {
	Number  int      `json:"n"`
	Cells   []string `json:"c"`
	Marks   string   `json:"m,omitempty"`
	Problem string   `json:"p,omitempty"`
}

func keep(s *files.Sheet) keptSheet {
	k := keptSheet{Format: s.Format, File: s.File, Name: s.Name, Unread: s.Unread, Encoding: s.Encoding,
		Delimiter: s.Delimiter, HeaderRow: s.HeaderRow, Header: s.Header, Rows: make([]keptRow, len(s.Rows))}
	for i, row := range s.Rows {
		k.Rows[i] = keepRow(row)
	}
	return k
}

func keepRow(row files.Row) keptRow {
	k := keptRow{Number: row.Number, Problem: row.Problem, Cells: make([]string, len(row.Cells))}
	marks, plain := make([]byte, len(row.Cells)), true
	for i, cell := range row.Cells {
		k.Cells[i], marks[i] = cell.Text, markOf(cell)
		plain = plain && marks[i] == '-'
	}
	if !plain {
		k.Marks = string(marks)
	}
	return k
}

func markOf(cell files.Cell) byte {
	_, _, _, real := cell.Date()
	switch {
	case cell.Formula:
		return 'f'
	case real:
		return 'd'
	case cell.Numeric:
		return 'n'
	}
	return '-'
}

// sheet is the files.Sheet that was kept.
func (k keptSheet) sheet() *files.Sheet {
	s := &files.Sheet{Format: k.Format, File: k.File, Name: k.Name, Unread: k.Unread, Encoding: k.Encoding,
		Delimiter: k.Delimiter, HeaderRow: k.HeaderRow, Header: k.Header, Rows: make([]files.Row, len(k.Rows))}
	for i, row := range k.Rows {
		cells := make([]files.Cell, len(row.Cells))
		for j, text := range row.Cells {
			cells[j] = files.Cell{Text: text}
			if row.Marks != "" {
				cells[j] = marked(text, row.Marks[j])
			}
		}
		s.Rows[i] = files.Row{Number: row.Number, Cells: cells, Problem: row.Problem}
	}
	return s
}

func marked(text string, mark byte) files.Cell {
	switch mark {
	case 'd':
		if t, err := time.Parse(time.DateOnly, text); err == nil {
			return files.DateCell(t.Date())
		}
	case 'f':
		return files.Cell{Text: text, Formula: true}
	case 'n':
		return files.Cell{Text: text, Numeric: true}
	}
	return files.Cell{Text: text}
}

// withoutEquality empties the cells with answers about equality, so that they
// are not kept for a moment (REG-69).
func withoutEquality(list columns.List, s *files.Sheet) *files.Sheet {
	l, err := list.Lay(s)
	if err != nil || len(l.Equality) == 0 {
		return s
	}
	kept := *s
	kept.Rows = make([]files.Row, len(s.Rows))
	for i, row := range s.Rows {
		cells := append([]files.Cell(nil), row.Cells...)
		for _, place := range l.Equality {
			cells[place] = files.Cell{}
		}
		row.Cells = cells
		kept.Rows[i] = row
	}
	return &kept
}

func encode(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}

func decode(text string, into any) error {
	return json.NewDecoder(strings.NewReader(text)).Decode(into)
}
