// Package analyse looks at outcomes in any file of records: how many of each
// group had the event, how sure that is, how groups differ, whether they still do
// when other characteristics are the same, and how employers lie.
//
// A [Request] says what is looked at; [File] reads the file once and gives an
// [Analysis], which report.go writes as JSON, text, CSV or a page with charts. It
// reads with tally and computes with internal/stat; what is here puts the two
// together and finds the words.
package analyse
