// Package regulator looks numbers up in the public register of Social Work
// England.
//
// [Register] is the port: whatever can answer for a number. The only one here
// is [Simulator], which answers from a file of scenarios (registered, lapsed,
// removed, under another name, not found) and calls nobody; its pages say so.
// [Compare] sets what the register says beside what is recorded. A look is kept
// by registration.Store.CheckRegister (REG-10).
//
// # The simulator
//
// data/register.json has the scenarios. A number with a row of its own gets
// that row; otherwise the first pattern whose prefix it has; otherwise a number
// that this service knows is registered under its recorded name; any other is
// not found. The same number always gets the same answer.
package regulator
