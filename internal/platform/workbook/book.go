package workbook

import (
	"fmt"

	"example.org/asye/internal/asye"
)

// Media types to send workbooks with. That of XLSX is in package files.
const ContentTypeODS = "application/vnd.oasis.opendocument.spreadsheet"

// Book is a workbook of statistics. Texts are one line each: white space in
// them becomes single spaces.
type Book struct {
	Title     string // of the publication
	Subject   string // what it is, in one sentence
	Cover     []string
	Programme string // what the figures are about: "ASYE, child and family"
	Coverage  string // whom and when: "England, cohorts 2022-23 to 2025-26"
	By        string // who made it
	Contact   string // an e-mail address or the address of a page becomes a link
	Date      asye.Date
	Keywords  []string // for whoever looks for the file
	Notes     []Note   // numbered from 1; [Ref] refers to one
	Sheets    []Sheet
}

// Note is explained on the worksheet of notes.
type Note struct{ Text string }

// Sheet is one worksheet with one table.
type Sheet struct {
	Name    string // on its tab: at most 31 letters, figures and underscores, such as "1a_Gender"
	Title   string // "Table 1a: Outcomes by gender, England, 2025-26"
	Intro   []string
	Source  string
	Columns []Column
	Rows    [][]Value
}

// Column is one column of a table.
type Column struct {
	Head string // with the unit: "Rate (%)"; no two of a table are alike
	Kind Kind
}

// Kind is what a column holds.
type Kind int

const (
	Words   Kind = iota // text of any kind, and symbols
	Figures             // numbers and symbols, to the right
)

// Ref refers to a note, by its number, in a title, a heading or a text. Cells
// with numbers have none: say it in the heading.
func Ref(number int) string { return fmt.Sprintf("[note %d]", number) }
