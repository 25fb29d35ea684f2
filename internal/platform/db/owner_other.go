//go:build !unix

package db

// takeOwner does nothing here: a file belongs to whoever makes it.
func takeOwner(string, string) error { return nil }
