// Package grant knows who is paid what for a newly qualified social worker, and
// when: schemes of grants as data, and what each NQSW entitles an employer to.
//
// A [Scheme] is what one funder pays for one programme in one financial year. It
// is a file, because it changes every year; the files in data are built in, and
// an operator's folder can add to them or replace them ([Load]). Every rule in a
// file names its source, or says that it is assumed and why, and an operator can
// confirm what is assumed. [Book.Entitlements] decides from the facts of one
// registration what can be claimed for each milestone, what cannot yet, what
// never, and why.
//
// # Rules this package enforces
//
// They are numbered GRA-1, GRA-2 and so on in docs/rules/grant.md, and each has
// a test that bears its number.
//
// # Where things are
//
// scheme.go says what a scheme holds; load.go reads the files and check.go
// refuses bad ones; rules.go puts each rule into words. facts.go is what is
// known of a registration, event.go when a milestone falls, entitlement.go what
// follows from that, deadline.go until when, standing.go what becomes of what was
// claimed, and rate.go what grants by a formula come to. Start reading at
// [Scheme] and [Book.Entitlements]; testdata/scenarios.csv has worked cases.
package grant
