// Package change has the pages on which a coordinator records what happens to
// a registered year: pauses, hours, extensions, a move to another employer, and
// how the year ended.
//
// Every page follows one course, which is [flow]: a form, a check that shows
// what the change does to the dates, and the saving. Nothing that was typed is
// lost on the way: a refusal shows it again, and a save of a record that
// somebody else has changed shows both texts side by side.
//
// The rules are those of package registration. Start reading at flow.go; each
// page is a pair of files with one name.
package change
