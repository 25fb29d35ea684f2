// Package nodes is the net that holds what several programs on one PostgreSQL
// promise (RUN-8 to RUN-11): it does not matter which of them answers which
// request; a job has its effect once; what a program that dies had in hand,
// another takes up; and no two send the same message.
package nodes
