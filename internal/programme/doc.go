// Package programme knows the programmes that a newly qualified social worker
// can be on: how long each lasts, when its reviews fall, who may join, who is
// paid for, and which reasons there are for pausing, extending and leaving.
//
// All of that is data, one file for each version of each programme, because it
// changes every year. The files in data are built in; an operator's directory
// can add to them or replace them (see [Load]). Every rule in a file names its
// source, or says that it is assumed and why. A registration keeps the programme
// key and version key it was made under, and [Catalogue.Get] finds them again.
//
// # Rules this package enforces
//
// They are numbered PRG-1, PRG-2 and so on in docs/rules/programme.md, and each
// has a test that bears its number.
//
// # Where things are
//
// version.go says what a version holds, load.go reads the files and check.go
// refuses bad ones. eligibility.go decides who may join ([Version.Assess]).
// schedule.go derives the dates ([Version.Schedule]) from spells of time in
// which nothing changes (spell.go), and working.go puts them into words. Start
// reading at [Version].
package programme
