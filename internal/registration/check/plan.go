package check

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/registration"
)

// Kind is what a row would do.
type Kind string

// What a row can do.
const (
	New     Kind = "new"     // registers an NQSW
	Changed Kind = "changed" // changes a year that is running
	Same    Kind = "same"    // is recorded already as it stands
	Wrong   Kind = "wrong"   // cannot be done as it stands
)

// Finding is something to say about a row: where, why, and how to mend it.
type Finding struct {
	Row    int    `json:"row"`              // as a spreadsheet program shows it
	Key    string `json:"key,omitempty"`    // of the column; empty for the whole row
	Column string `json:"column,omitempty"` // its header, with its letter
	Reason string `json:"reason"`           // a sentence without its stop
	Mend   string `json:"mend,omitempty"`   // likewise
}

// Sentence says it all in one text, for a cell of a file.
func (f Finding) Sentence() string {
	text := f.Reason + "."
	if f.Column != "" {
		text = f.Column + ": " + text
	}
	if f.Mend != "" {
		text += " " + f.Mend + "."
	}
	return text
}

// Difference is one field that a row changes.
type Difference struct {
	Key  string `json:"key"`
	Was  string `json:"was"`
	Will string `json:"will"`
}

// Line is what becomes of one row.
type Line struct {
	Row         int                 `json:"row"`
	Kind        Kind                `json:"kind"`
	Name        string              `json:"name,omitempty"`
	Number      registration.Number `json:"number,omitempty"`
	Enrolment   asye.EnrolmentID    `json:"enrolment,omitempty"` // of the year that is changed
	Reference   string              `json:"reference,omitempty"`
	Differences []Difference        `json:"differences,omitempty"`
	Problems    []Finding           `json:"problems,omitempty"`
	Warnings    []Finding           `json:"warnings,omitempty"`

	// What the row says, and which parts of a running year it changes. They are
	// not kept with a plan: at the moment of commit the sheet is judged again.
	Entry     registration.Entry     `json:"-"`
	Amendment registration.Amendment `json:"-"`
}

// Plan is what would become of a whole file.
type Plan struct {
	Lines    []Line    `json:"lines"`
	Warnings []Finding `json:"warnings,omitempty"` // about the file as a whole
}

// Count tells how many rows are of a kind.
func (p Plan) Count(k Kind) int {
	n := 0
	for i := range p.Lines {
		if p.Lines[i].Kind == k {
			n++
		}
	}
	return n
}

// Of lists the rows of a kind.
func (p Plan) Of(k Kind) []Line {
	var of []Line
	for _, line := range p.Lines {
		if line.Kind == k {
			of = append(of, line)
		}
	}
	return of
}

// Problems lists what is wrong, row by row.
func (p Plan) Problems() []Finding {
	var all []Finding
	for _, line := range p.Lines {
		all = append(all, line.Problems...)
	}
	return all
}

// AllWarnings lists the warnings: about the file, then row by row.
func (p Plan) AllWarnings() []Finding {
	all := append([]Finding(nil), p.Warnings...)
	for _, line := range p.Lines {
		if line.Kind != Wrong {
			all = append(all, line.Warnings...)
		}
	}
	return all
}

// Line finds what becomes of a row; nil when it is not in the plan.
func (p Plan) Line(row int) *Line {
	for i := range p.Lines {
		if p.Lines[i].Row == row {
			return &p.Lines[i]
		}
	}
	return nil
}

// Work reports whether confirming would do anything.
func (p Plan) Work() bool { return p.Count(New)+p.Count(Changed) > 0 }

// finding makes a finding out of a sentence that says what is wrong and, after
// a stop, how to mend it. mend is used when it does not.
func finding(row int, sentence, mend string) Finding {
	sentence = strings.TrimSuffix(sentence, ".")
	after := strings.LastIndexByte(sentence, '"') + 1
	if stop := strings.Index(sentence[after:], ". "); stop >= 0 {
		return Finding{Row: row, Reason: sentence[:after+stop], Mend: sentence[after+stop+2:]}
	}
	return Finding{Row: row, Reason: sentence, Mend: mend}
}
