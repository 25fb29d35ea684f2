// Package rescue makes an administrator of the whole service from the command
// line, for the day on which nobody can sign in: the mail server is down, the
// directory is down, or the last administrator has left (ACC-36).
//
// Whoever can run it can read the database anyway; what it must not do is work
// in silence. So it asks for a reason, leaves lines in the audit trail, and
// every other administrator of the whole service gets a letter. Start reading at
// [Store.Rescue].
package rescue
