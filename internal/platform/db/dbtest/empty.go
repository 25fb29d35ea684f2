package dbtest

import (
	"path/filepath"
	"testing"
)

// EachEmpty runs a test on each engine with the address of a database in which
// there is nothing at all, not even a schema.
func EachEmpty(t *testing.T, run func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, filepath.Join(t.TempDir(), "asye.db")) })
	if server() != "" {
		t.Run("postgres", func(t *testing.T) { run(t, EmptyPostgres(t)) })
	}
}
