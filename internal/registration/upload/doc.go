// Package upload registers NQSWs from a spreadsheet, and writes registrations
// into one.
//
// The list of [Columns] is the one definition that everything else follows: the
// template that employers fill in, the page and the document that explain it,
// the reading of a row, and the export. A test holds them together.
//
// # How a file becomes registrations
//
// package files turns the bytes into a sheet of text. [Store.Check] judges
// every row into a [Plan] and changes nothing: a row is new, changes a year
// that is running, changes nothing, or is wrong. [Store.Stage] keeps the sheet
// and its plan, one for each employer at a time, while the coordinator looks at
// it, mends rows ([Store.Mend]) and decides. [Store.Confirm] judges every row
// once more in the transaction that stores it: what no longer holds is left out
// and reported, the rest goes ahead. Whatever the decision, the uploaded data
// is deleted; [Store.Expire] deletes what nobody decided on.
//
// # Rules of reading a row
//
//   - an NQSW of this employer is known by the Social Work England number
//   - an empty cell, or a column that is not there, never removes what is
//     recorded
//   - a spreadsheet never changes the programme or the start date of a year
//     that is running, nor the answers about eligibility
//   - a date that could be read in two ways is an error where another date in
//     its column has the month first
//   - a warning never stops a row
//
// # Where things are
//
// column*.go, cell*.go, header.go, plan.go, check*.go and warn.go decide.
// store*.go own the table uploads. template.go, export.go and document.go
// write. commands.go is what the command line does. Each page is a pair of
// files with one name. Start reading at [Column] and [Plan].
package upload
