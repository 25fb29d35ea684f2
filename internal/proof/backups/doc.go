// Package backups has the nets under backing up, restoring, moving and shipping.
// They run the program itself, and look at what it leaves with nothing of its
// own code but the opening of the database.
package backups
