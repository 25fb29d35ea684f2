// Package leak is the net that holds what logs, metrics and traces never say
// (RUN-13, RUN-14, RUN-15): who anybody is, who asked, and about whom.
//
// The program runs with all three turned on; people of every role walk through
// the example service, and type unheard-of names into its forms. Whatever the
// inventory calls personal, special, secret or an identifier is then looked for
// in everything that was told.
package leak
