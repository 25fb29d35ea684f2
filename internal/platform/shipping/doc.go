// Package shipping copies the log of a SQLite database to a second place within
// seconds of each commit, and restores from there to any instant of the last
// day.
//
// The work is litestream's, as a library. Two things are ours. What leaves the
// machine is encrypted (seal.go): litestream knows nothing of that, so each file
// goes through age on its way out. And it runs in a process of its own, which
// the service starts: litestream opens the database file beside SQLite, and
// closing it again would take away every lock that SQLite holds in the same
// process.
//
// One stretch of shipping is a generation: a folder in the place, with a key of
// its own that is encrypted to the operator's. The key lies beside the database
// as well, so that shipping can go on after a start. Without it, or after a
// restore, a new generation begins with a whole copy.
package shipping
