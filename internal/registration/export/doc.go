// Package export writes registrations into a spreadsheet, or as JSON for other
// programs: the columns of package columns, for a [File] that somebody asks for
// on the page or on the command line.
//
// A file that is uploaded again unchanged changes nothing (REG-70). Answers
// about equality are never in it (REG-69). No cell can be taken for a formula:
// package files sees to that (REG-65).
//
// # Where things are
//
// export.go writes; store.go says what of the registrations. export_new.go with
// its template is the page. Start reading at [Store.Write].
package export
