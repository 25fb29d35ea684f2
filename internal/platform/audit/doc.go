// Package audit makes the audit trail tamper-evident: nothing in it can be
// changed, left out or put in without a trace (rules AUD-1 to AUD-5).
//
// Lines are written by package db, in the transaction of the change that they
// tell of. A [Keeper] numbers them afterwards and takes them into a [Chain], a
// tree of hashes as in certificate transparency, in the order in which they can
// be seen, and signs a [Checkpoint]: so many lines, and one hash that covers
// them all. Checkpoints leave the machine ([Outside]), because whoever has the
// database and the [Key] can make any chain they like, but not one that agrees
// with what was written elsewhere before.
//
// [Chain.Verify] looks at everything. Start reading there.
package audit
