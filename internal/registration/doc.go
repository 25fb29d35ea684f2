// Package registration keeps who is on the programme: an NQSW's registration
// with an employer, the changes of circumstance that move their year, and how
// it ended.
//
// An [Entry] is what somebody gives to register an NQSW, on a page or as a row
// of a spreadsheet. A [Record] is everything known about one enrolment; lists,
// pages and exports show the same [Row]. The dates of a year are never typed:
// programme derives them from the record's facts.
//
// # Rules this package enforces
//
// They are numbered in docs/rules/registration.md (REG-1 …) and each has a test
// that bears its number.
//
// # Where things are
//
// entry.go, circumstance.go, outcome.go, transfer.go and status.go decide, and
// know neither SQL nor HTTP. typed.go reads forms, facts.go and history.go put a
// record and what happened to it into words. store*.go own the tables.
//
// The pages are in folders of their own: cohort (the list, and the cards of the
// home page), record (one registration), register (the journey), change
// (circumstances, outcomes and moves), mine (the NQSW's own), queue (what the
// national team decides), upload (spreadsheets in) and export (spreadsheets
// out). Both follow the columns of columns; check says what the rows of an
// upload would do. fields has the questions that several pages ask, regulator
// the register of Social Work England. Each page is a pair of files with one
// name. Start reading at [Entry] and [Record].
package registration
