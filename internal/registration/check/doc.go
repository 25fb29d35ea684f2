// Package check judges the rows of a spreadsheet and changes nothing.
//
// [Rules.Judge] takes a sheet and what is [Known] about those whom it names, and
// gives a [Plan]: each row is new, changes a year that is running, changes
// nothing, or is wrong. Every [Finding] says where, why, and how to mend it.
// Package upload keeps the plan while somebody decides on it; [Recheck] compares
// it with the plan of the same sheet at the moment of commit.
//
// # Rules this package enforces
//
//   - a warning never stops a row (REG-60)
//   - a row that no longer holds at the moment of commit is left out (REG-61)
//   - a date that could be read in two ways is an error where another date in
//     its column has the month first (REG-64)
//   - a formula is an error (REG-65)
//   - a row never changes the programme or the start date of a year, nor the
//     answers about eligibility, nor a year that has ended (REG-66)
//   - an empty cell, or a column that is not there, never removes what is
//     recorded (REG-67)
//   - an NQSW of this employer is known by the Social Work England number
//     (REG-68)
//
// # Where things are
//
// plan.go has the types; names.go says whom to look up first. sheet.go judges
// the sheet and row.go the cells of a row, new.go and change.go what the row
// would do, and warn.go what is unusual about it. recheck.go is for the moment
// of commit. Start reading at [Plan] and [Rules.Judge].
package check
