// Package fuzzing is the net under everything that reads what somebody else has
// written: it finds every fuzz target of the repository and runs each for a
// while. Their seeds run in every ordinary test run, with what was found before.
package fuzzing
