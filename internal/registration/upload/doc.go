// Package upload registers NQSWs from a spreadsheet, in two stages: somebody
// sees what the file would do, then confirms it.
//
// # How a file becomes registrations
//
// Package files turns the bytes into a sheet of text, and package check judges
// every row into a check.Plan. [Store.Stage] keeps the sheet and its plan, one
// for each employer at a time, while the coordinator looks at it, mends rows
// ([Store.Mend]) and decides. [Store.Confirm] judges every row once more in the
// transaction that stores it: what no longer holds is left out and reported, the
// rest goes ahead. Whatever the decision, the uploaded data is deleted;
// [Store.Expire] deletes what nobody decided on. On the command line,
// [Store.Import] does it all at once.
//
// # Rules this package enforces
//
//   - nothing is stored before somebody confirms it, and rows with errors keep
//     nothing else back (REG-60)
//   - every row is judged again as it is stored (REG-61)
//   - an employer has one upload at a time that waits (REG-62)
//   - the data of a file is deleted when it is confirmed or discarded, and
//     otherwise after seven days (REG-63)
//   - answers about equality in a file are not kept (REG-69)
//
// What a row may say is in package check.
//
// # Where things are
//
// upload.go has the types, content.go what is kept of a file. store*.go own the
// table uploads. commands.go is what the command line does. Each page is a pair
// of files with one name. Start reading at [Upload] and [Store.Stage].
package upload
