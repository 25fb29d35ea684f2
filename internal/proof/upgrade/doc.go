// Package upgrade is the net that holds what every release promises of the
// database (RUN-5, RUN-6, RUN-7): each database that a release has left can be
// brought up to date on both engines; the program of one release works on the
// schema of the next, beside it and after it; and a program that is killed in
// the middle of a migration leaves none of it.
//
// A database of each release is kept in testdata, made by make fixture.
package upgrade
