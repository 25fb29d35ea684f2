// Package roster finds organisations and registrations for whoever needs to
// name one. It only reads: every table it looks at belongs to a capability.
package roster
