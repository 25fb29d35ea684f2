// Package storm lets many sign in with passwords at the same moment, while others
// go on working, and looks at how both fare.
package storm
