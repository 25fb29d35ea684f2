// Package arch holds the house: what docs/house.md says about folders, files,
// imports and sizes is checked here on the source itself, so that the page
// stays true. Nothing but tests and the tool internal/tools/rules uses it.
//
// A [Check] reads the whole [Tree] and returns what it finds wrong, one clear
// line for each. What breaks a rule on purpose is named in exceptions.go with
// the reason; an exception that is no longer needed is itself a finding. The
// bad samples in testdata show that every check can fail.
package arch
