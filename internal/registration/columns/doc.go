// Package columns is the one definition of the spreadsheet of registrations.
//
// Everything else follows its [List]: the template that employers fill in, the
// page and the document that explain it, the reading of a row, and the export.
// A test holds them together.
//
// A [Column] knows its header, its help and its example, how a cell becomes part
// of a registration.Entry, how an entry becomes a cell, and what uploading may
// do to the field of a year that is running. [List.Lay] finds the columns of one
// file by their headers.
//
// # Where things are
//
// column.go has the types, column_person.go and column_year.go every column, in
// the order of the template. cell.go reads cells, layout.go headers. template.go
// writes the template and docs/registration-columns.md. Start reading at
// [Column].
package columns
