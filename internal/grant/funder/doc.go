// Package funder has the pages of the national team where grants are concerned:
// what waits for it, claims to check, payments to take back, clashes and late
// requests to settle, statements, batches that two people approve, and the
// report.
//
// work_list.go is what waits. facts.go sets what was signed beside what is known
// now. deciding.go is what the forms of all decisions share.
package funder
