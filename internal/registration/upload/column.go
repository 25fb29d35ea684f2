package upload

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
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
	// Written is true for a column that the export adds and that uploading
	// passes by without a word.
	Written bool

	kind  kind
	hold  hold
	read  func(cell files.Cell, e *registration.Entry) error
	entry func(registration.Entry) string
	show  func(f registration.Full, today asye.Date) string
}

// kind is what the cells of a column hold.
type kind int

const (
	words kind = iota
	day
	whole  // a number without decimals
	hours  // a number with at most two decimals
	yesNo  // Yes or No
	choice // one of Options
)

// hold says what a spreadsheet may do with a field of a year that is running.
type hold int

const (
	changes hold = iota // the new text replaces the old
	refuses             // another text is an error
	keeps               // another text is a warning, and changes nothing
)

// Columns is every column, in the order of the template and the export: those
// that are read, then those that are only written.
func Columns(c *programme.Catalogue) []Column {
	var all []Column
	for _, group := range [][]Column{personColumns(), backgroundColumns(), yearColumns(c), eligibilityColumns(), writtenColumns()} {
		all = append(all, group...)
	}
	return all
}

// Read lists the columns that are read, without those that are only written.
func Read(all []Column) []Column {
	var read []Column
	for _, c := range all {
		if !c.Written {
			read = append(read, c)
		}
	}
	return read
}

// Of finds a column by its key.
func Of(all []Column, key string) (Column, bool) {
	for _, c := range all {
		if c.Key == key {
			return c, true
		}
	}
	return Column{}, false
}

// text is the cell of a column for a registration: what the export writes and
// what the preview of a difference shows.
func (c Column) text(f registration.Full, today asye.Date) string {
	if c.Written {
		return c.show(f, today)
	}
	return c.entry(entryOf(f))
}

// labels are the answers of a list as people see them.
func (c Column) labels() []string {
	labels := make([]string, len(c.Options))
	for i, o := range c.Options {
		labels[i] = o.Label
	}
	return labels
}

// hint is the help beside a cell of the template.
func (c Column) hint() string {
	if c.Required {
		return "Required. " + c.Help
	}
	return "Optional. " + c.Help
}

// plainHeader makes headers comparable: letters and figures only, in small
// letters, without accents.
func plainHeader(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, asye.Fold(text))
}

// entryOf is what would have to be entered for a registration as it stands.
func entryOf(f registration.Full) registration.Entry {
	n := f.NQSW
	return registration.Entry{Identity: n.Identity, Number: n.Number, DateOfBirth: n.DateOfBirth,
		AddedToRegisterOn: n.AddedToRegisterOn, Qualification: n.Qualification, QualifiedYear: n.QualifiedYear,
		EntryRoute: n.EntryRoute, EntryRouteOther: n.EntryRouteOther, Programme: f.Programme, StartsOn: f.StartsOn,
		Hours: f.Hours, FullTimeHours: f.FullTimeHours, Team: f.Team, AssessorName: f.Assessor,
		AssessorEmail: f.AssessorEmail, Eligibility: f.Answers}
}
