// Package queue has what waits for the national team: pairs of records that may
// be one person, and moves between employers that somebody disagrees with.
// Nothing here is decided without a sentence that says why.
// Start reading at dispute_rule.go.
package queue
