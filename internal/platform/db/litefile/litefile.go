// Package litefile knows the files that a SQLite database is made of, while
// nobody has them open.
package litefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Sidecars are the endings of the files beside a SQLite file that belong to it.
var Sidecars = []string{"-wal", "-shm", "-journal"}

// IsLite reports whether a file begins as every SQLite file does.
func IsLite(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 16)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "SQLite format 3\x00"
}

// Make makes a file for a new database that nobody else on the machine can read;
// SQLite gives what it puts beside it the same permissions. A file that is there
// stays as it is.
func Make(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// Remove takes away a SQLite file and what belongs to it.
func Remove(path string) error {
	for _, ending := range append([]string{""}, Sidecars...) {
		if err := os.Remove(path + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("what an earlier attempt left cannot be taken away: %w", err)
		}
	}
	return nil
}

// Flush waits until a file or folder is on the disk.
func Flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Copy writes a file again under another name, which must not be there.
func Copy(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// TakeAwayAliases undoes the first step of a swap that was cut off before the
// second: a second name of the file that is in use.
func TakeAwayAliases(path string) {
	info, err := os.Stat(path)
	if err != nil {
		return
	}
	names, _ := filepath.Glob(path + ".before-*") // only a wrong pattern fails
	for _, name := range names {
		if other, err := os.Stat(name); err == nil && os.SameFile(info, other) {
			os.Remove(name)
		}
	}
}
