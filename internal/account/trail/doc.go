// Package trail reads the audit trail for administrators: who changed what and
// when, with the names of the records. Lines are written with the changes
// themselves, by whoever makes them; nothing here writes.
//
// An administrator sees the lines of their own organisation (ACC-12). Start
// reading at [Store.List].
package trail
