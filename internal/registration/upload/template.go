package upload

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/programme"
)

// templateRows is how many rows of the template have hints and lists.
const templateRows = 2000

// Template writes the file that employers fill in: the columns that are read,
// and in a workbook the lists of answers, a hint beside each cell and a
// worksheet with the notes. Another format is fault.Invalid.
func Template(w io.Writer, format string, catalogue *programme.Catalogue) error {
	read := Read(Columns(catalogue))
	switch files.Format(format) {
	case files.CSV:
		return files.WriteCSV(w, headersFor(read), func(func([]string) bool) {})
	case files.XLSX:
		return files.WriteXLSX(w, templateTable(read), notesTable(read))
	}
	return errFormat(format)
}

func errFormat(format string) error {
	return fault.New(fault.Invalid, "%q is not a format that can be written here. Choose csv or xlsx, or for an export json", format)
}

func headersFor(columns []Column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Header
	}
	return names
}

func templateTable(read []Column) files.Table {
	t := files.Table{Name: "Registrations", Room: templateRows}
	for _, c := range read {
		t.Columns = append(t.Columns, files.Column{Name: c.Header, Hint: c.hint(), Options: c.labels()})
	}
	return t
}

func notesTable(read []Column) files.Table {
	return files.Table{Name: "Notes", Columns: []files.Column{{Name: "Name of the column", Width: 36}, {Name: "Needed", Width: 10},
		{Name: "What to write", Width: 70, Wrap: true}, {Name: "For instance", Width: 30}, {Name: "Answers", Width: 50, Wrap: true}},
		Rows: func(yield func([]string) bool) {
			for _, c := range read {
				if !yield([]string{c.Header, c.needed(), c.Help, c.Example, strings.Join(c.labels(), "\n")}) {
					return
				}
			}
		}}
}

// needed is whether a new registration needs the column, in a word.
func (c Column) needed() string {
	if c.Required {
		return "Required"
	}
	return "Optional"
}

// Document is docs/registration-columns.md: every column, as the check reads it.
func Document(columns []Column) string {
	var d strings.Builder
	d.WriteString("# Columns of the registration spreadsheet\n\n" +
		"Generated from the definition that reads the file. Do not edit: a test compares the two.\n\n" +
		"Columns may stand in any order. Capitals, spaces and punctuation in a header make no difference.\n" +
		"An empty cell never removes what is recorded.\n\n" +
		"| Column | Key | Needed | What to write | For instance | Answers | Also known as |\n|---|---|---|---|---|---|---|\n")
	for _, c := range Read(columns) {
		fmt.Fprintf(&d, "| %s | `%s` | %s | %s | %s | %s | %s |\n", c.Header, c.Key, c.needed(), c.Help, c.Example,
			strings.Join(c.labels(), "; "), strings.Join(c.Aliases, "; "))
	}
	d.WriteString("\nThe export adds these columns. They are passed by when the file is uploaded again.\n\n" +
		"| Column | Key | What it says |\n|---|---|---|\n")
	for _, c := range columns {
		if c.Written {
			fmt.Fprintf(&d, "| %s | `%s` | %s |\n", c.Header, c.Key, c.Help)
		}
	}
	return d.String()
}

// rowsOf gives rows to a writer and stops where reading them failed.
func rowsOf(each func(visit func([]string) error) error) (iter.Seq[[]string], func() error) {
	var failed error
	return func(yield func([]string) bool) {
			failed = each(func(row []string) error {
				if !yield(slices.Clone(row)) {
					return errStopped
				}
				return nil
			})
		}, func() error {
			if failed == errStopped {
				return nil
			}
			return failed
		}
}

var errStopped = fmt.Errorf("the writer stopped")
