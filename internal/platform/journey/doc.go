// Package journey runs forms of several pages, one question on each. What is
// typed is kept in the database from the first page on, survives signing out,
// and can be checked and changed before it has any effect.
//
// A capability describes its [Journey] (its steps, its page of answers to
// check, and what happens at the end) and mounts it. A step can be reached once
// those before it are answered; "Change" on the check page opens the step with
// ?return=check and comes back.
package journey
