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
// [Store.Count] makes a [Report] from the records, with a cube of everything that
// was counted; [Report.Study] and [Report.Model] work out what the counts say, and
// said.go puts that into sentences. Nothing shows or writes a Report: [Release]
// turns it into a [Released], and every page, file and command takes that. Figures
// are national; an employer has [Store.Own] alone.
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
//   - a table with small numbers warns (EQU-16), a sentence never says more than
//     its interval (EQU-17), and chance is said with every look counted (EQU-18)
//   - what an employer sees of its own (EQU-19), what a stage is (EQU-20), and what
//     the pages in figures show (EQU-21 to EQU-26)
//
// The numbers are those of docs/rules/equality.md.
//
// # Where things are
//
// question.go has the questions, answers.go judges answers, characteristic.go,
// query.go, cube.go and report.go count, study.go and own.go work out, finding.go
// and said.go put it into sentences. store.go owns the table equality_answers;
// store_count.go, store_stage.go and store_own.go read across and write nothing.
// The folder figures has the pages of what is counted. Start reading at [Given] and
// at [Report].
package equality
