// Package migrations holds the schema of its capability, apart from its code,
// so that tests of any capability can build the whole database.
package migrations

import "embed"

// FS has the files, each run once, in the order of their names.
//
//go:embed *.sql
var FS embed.FS
