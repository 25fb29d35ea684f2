// Package asye is the dictionary: the words that every part of the system
// shares. A word enters when three capabilities need it.
//
// It knows dates but not what day it is, people but not where they are kept.
// It imports only the standard library.
package asye
