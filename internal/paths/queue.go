package paths

import "net/url"

// Duplicates lists the pairs of records that may be one person.
func Duplicates() string { return "/duplicates" }

// Duplicate is one such pair.
func Duplicate(id string) string { return Duplicates() + "/" + url.PathEscape(id) }

// Disputes lists the moves that employers or NQSWs disagree about.
func Disputes() string { return "/disputes" }

// Dispute is one such move.
func Dispute(id string) string { return Disputes() + "/" + url.PathEscape(id) }
