// Package mine has the pages of an NQSW's own: their year, their details, a move
// to another employer, and what has happened to their record. It also has the
// pages that say who can see what, whom to ask, and how accessible the service
// is, which anybody can read.
//
// An NQSW reads here what is recorded about them in words addressed to them.
// What coordinators write to one another (the notes, and whether there were
// concerns at a withdrawal) is not shown here, and privacy.go says so.
// Start reading at year_show.go.
package mine
