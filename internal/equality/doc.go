// Package equality keeps what NQSWs say of themselves, and counts how years
// ended, by characteristic.
//
// # The answers
//
// An [Answers] is one person's own, given by them and seen by them alone. No
// method of [Store] returns a name, or anything else that leads to a person,
// beside an answer: [Store.Mine] takes no person to ask about, [Store.Complete]
// tells only who has sent the section, and [Store.Count] gives counts. A test
// holds this.
//
// # The counts
//
// [Store.Count] makes a [Report] from the records. Nothing shows or writes a
// Report: [Release] turns it into a [Released], and every page, file and
// command takes that. Figures are national; there is no filter by employer.
//
// # Rules this package enforces
//
//   - every question is optional; "prefer not to say" is an answer, empty is
//     not (EQU-1, EQU-2)
//   - the section is complete when it has been sent, and that is all that an
//     employer is told (EQU-3)
//   - when it was answered is kept to the day (EQU-4)
//   - only the person themselves sees, changes or wipes the answers (EQU-5,
//     EQU-7), and the audit trail never holds them (EQU-6)
//   - what a registration, a rate, a known characteristic and a complete record
//     are (EQU-8 to EQU-13)
//   - who may count, and the one way out (EQU-14, EQU-15)
//   - a table with small numbers warns, and no sentence or chart names a small
//     group (EQU-16)
//
// The numbers are those of docs/rules/equality.md.
//
// # Where things are
//
// question.go has the questions, answers.go judges answers, characteristic.go,
// query.go and report.go count, finding.go puts counts into a sentence. store.go owns the table equality_answers;
// store_count.go reads across and writes nothing. Start reading at [Given] and
// at [Report].
package equality
