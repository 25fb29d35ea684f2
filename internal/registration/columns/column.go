package columns

import (
	"encoding/json"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
)

// Column is one column of the spreadsheet: how it is named, explained, read and
// written. Its Key is the name of the field in what registration says is wrong.
type Column struct {
	Key      string
	Header   string
	Required bool                 // a new registration needs it
	Help     string               // what to write, in whole sentences
	Mend     string               // what to do about a cell that is wrong
	Example  string               // a cell as it should be
	Options  registration.Options // the only answers, when there is a list
	Aliases  []string             // other headers that mean the same
	Hold     Hold                 // what uploading may do to a year that is running
	// Written is true for a column that the export adds and that uploading
	// passes by without a word.
	Written bool

	kind  kind
	parse func(cell files.Cell, e *registration.Entry) error // nil for one that is written
	text  func(registration.Entry) string                    // likewise
	show  func(f registration.Full, today asye.Date) string  // nil for one that is read
}

// Hold says what uploading may do to a field of a year that is running.
type Hold int

// What another text in the cell does.
const (
	Changes Hold = iota // it replaces what is recorded
	Refuses             // it is an error
	Keeps               // it is a warning, and changes nothing
)

// kind is what the cells of a column hold.
type kind int

const (
	words   kind = iota
	day          // a date
	figures      // a number
	yesNo        // Yes or No
)

// Parse reads a cell that is not empty into an entry. What cannot be read is an
// error in words: a sentence, and perhaps after a stop another that says how to
// mend it. The column is not one that is Written.
func (c Column) Parse(cell files.Cell, e *registration.Entry) error { return c.parse(cell, e) }

// Text is the cell of a column that is not Written, for an entry.
func (c Column) Text(e registration.Entry) string { return c.text(e) }

// Show is the cell of any column for a registration, on the day of an export.
func (c Column) Show(f registration.Full, today asye.Date) string {
	if c.Written {
		return c.show(f, today)
	}
	return c.text(EntryOf(f))
}

// Value is a cell as JSON has it: a number, true or false, text, or null where
// nothing is known.
func (c Column) Value(cell string) any {
	switch {
	case cell == "":
		return nil
	case c.kind == figures:
		return json.Number(cell)
	case c.kind == yesNo:
		return cell == "Yes"
	}
	return cell
}

// Day reports whether the cells of the column are dates.
func (c Column) Day() bool { return c.kind == day }

// Labels are the answers of a list as people see them.
func (c Column) Labels() []string {
	labels := make([]string, len(c.Options))
	for i, o := range c.Options {
		labels[i] = o.Label
	}
	return labels
}

// Option looks an answer of the list up by label or key, whatever its capitals,
// spaces and punctuation.
func (c Column) Option(text string) (registration.Option, bool) {
	bare := plain(text)
	for _, o := range c.Options {
		if bare != "" && (bare == plain(o.Label) || bare == plain(o.Key)) {
			return o, true
		}
	}
	return registration.Option{}, false
}

// Needed is whether a new registration needs the column, in a word.
func (c Column) Needed() string {
	if c.Required {
		return "Required"
	}
	return "Optional"
}

// EntryOf is what would have to be entered for a registration as it stands.
func EntryOf(f registration.Full) registration.Entry {
	n := f.NQSW
	return registration.Entry{Identity: n.Identity, Number: n.Number, DateOfBirth: n.DateOfBirth,
		AddedToRegisterOn: n.AddedToRegisterOn, Qualification: n.Qualification, QualifiedYear: n.QualifiedYear,
		EntryRoute: n.EntryRoute, EntryRouteOther: n.EntryRouteOther, Programme: f.Programme, StartsOn: f.StartsOn,
		Hours: f.Hours, FullTimeHours: f.FullTimeHours, Team: f.Team, AssessorName: f.Assessor,
		AssessorEmail: f.AssessorEmail, Eligibility: f.Answers}
}
