package columns

import (
	"fmt"
	"io"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
)

// templateRows is how many rows of the template have hints and lists.
const templateRows = 2000

// Template writes the file that employers fill in: the columns that are read,
// and in a workbook the lists of answers, a hint beside each cell and a
// worksheet with the notes. Another format is fault.Invalid.
func (l List) Template(w io.Writer, format string) error {
	switch files.Format(format) {
	case files.CSV:
		return files.WriteCSV(w, Headers(l.read), func(func([]string) bool) {})
	case files.XLSX:
		return files.WriteXLSX(w, templateTable(l.read), notesTable(l.read))
	}
	return fault.New(fault.Invalid, "%q is not a format of the template. Choose csv or xlsx", format)
}

func templateTable(read []Column) files.Table {
	t := files.Table{Name: "Registrations", Room: templateRows}
	for _, c := range read {
		t.Columns = append(t.Columns, files.Column{Name: c.Header, Hint: c.Needed() + ". " + c.Help, Options: c.Labels()})
	}
	return t
}

func notesTable(read []Column) files.Table {
	return files.Table{Name: "Notes", Columns: []files.Column{{Name: "Name of the column", Width: 36}, {Name: "Needed", Width: 10},
		{Name: "What to write", Width: 70, Wrap: true}, {Name: "For instance", Width: 30}, {Name: "Answers", Width: 50, Wrap: true}},
		Rows: func(yield func([]string) bool) {
			for _, c := range read {
				if !yield([]string{c.Header, c.Needed(), c.Help, c.Example, strings.Join(c.Labels(), "\n")}) {
					return
				}
			}
		}}
}

// Document is docs/registration-columns.md: every column, as the check reads it.
func (l List) Document() string {
	var d strings.Builder
	d.WriteString("# Columns of the registration spreadsheet\n\n" +
		"Generated from the definition that reads the file. Do not edit: a test compares the two.\n\n" +
		"Columns may stand in any order. Capitals, spaces and punctuation in a header make no difference.\n" +
		"An empty cell never removes what is recorded.\n\n" +
		"| Column | Key | Needed | What to write | For instance | Answers | Also known as |\n|---|---|---|---|---|---|---|\n")
	for _, c := range l.read {
		fmt.Fprintf(&d, "| %s | `%s` | %s | %s | %s | %s | %s |\n", c.Header, c.Key, c.Needed(), c.Help, c.Example,
			strings.Join(c.Labels(), "; "), strings.Join(c.Aliases, "; "))
	}
	d.WriteString("\nThe export adds these columns. They are passed by when the file is uploaded again.\n\n" +
		"| Column | Key | What it says |\n|---|---|---|\n")
	for _, c := range l.Written() {
		fmt.Fprintf(&d, "| %s | `%s` | %s |\n", c.Header, c.Key, c.Help)
	}
	return d.String()
}
