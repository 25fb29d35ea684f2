// Package reproducible is the net that holds what whoever downloads a release
// can check (RUN-18): the same source, built in another folder with nothing kept
// from before, gives the same program to the bit.
package reproducible
