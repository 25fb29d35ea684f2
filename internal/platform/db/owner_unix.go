//go:build unix

package db

import (
	"os"
	"syscall"
)

// takeOwner gives a file the owner of another, where we may.
func takeOwner(path, like string) error {
	info, err := os.Stat(like)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || os.Geteuid() != 0 {
		return nil
	}
	return os.Chown(path, int(owner.Uid), int(owner.Gid))
}
