// Package lines is what a line of the audit trail is to the letter: the form in
// which the chain takes it in ([Stored]), how what it says of a person is sealed
// and opened again ([Sealer]), which lines wait for their numbers, and the queue
// in which readings are noted ([Queue]).
//
// It knows no database: package db writes the lines, with the help of what is
// here, and package audit makes a chain of them. Rules AUD-6 to AUD-11.
package lines
