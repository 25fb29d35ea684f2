// Package faults is the net under DUR-4, DUR-6 and DUR-7: what a coordinator
// sees, and what becomes of what they typed, while the disk is full, hangs, or is
// locked by another program, while PostgreSQL is stopped or hangs, and while the
// mail server does.
//
// The real program runs on a real disk or server that is made to fail. One
// coordinator changes the contact of their employer, over real HTTP, and looks
// at pages. Start reading at visitor_test.go.
package faults
