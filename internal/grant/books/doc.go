// Package books is what an employer makes of its statements and of what its bank
// tells: lines of a bank read from a file ([ReadBank]), the journal for a finance
// system ([Postings]), where it stands with each scheme ([Positions]), and what
// the next year may bring ([History.Outlook]). It keeps nothing.
//
// # Rules this package enforces
//
// They are GRA-47, GRA-50, GRA-51 and GRA-53 in docs/rules/grant.md, and each has
// a test that bears its number.
package books
