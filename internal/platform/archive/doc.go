// Package archive is the one form in which a whole database is written down,
// whichever engine it is on, and read into either: for backups and for moving.
//
// An archive is a stream, never held in memory and never on a disk in plain
// text unless somebody says so: a line that says what it is, compressed frames,
// and a SHA-256 over all before it. The frames are a [Header] with the schema
// it was made at, every table with its rows, each table's count and hash, and
// all of these again at the end. Nothing can be left out, put in, cut off or
// altered that [Reader] does not find.
//
// What a row means is the same on both engines, though one keeps JSON as it was
// written and the other does not: hashes are taken over canonical forms
// (value.go), and so are equal wherever the row lies. The rows themselves are
// written as they are, so that SQLite gives back to SQLite every byte.
//
// Start with [Dump] and [Load]; [Seal] and [Unseal] encrypt with age; [Folder]
// keeps archives as files.
package archive
