package db

import (
	"fmt"
	"os"
	"testing"

	"example.org/asye/internal/platform/db/engine"
	"example.org/asye/internal/proof"
)

const (
	folder = "./internal/platform/db"
	lite   = "internal/platform/db/engine/sqlite.go"
	pg     = "internal/platform/db/engine/postgres.go"
)

// other is a wrong value for each setting, as SQLite takes it and as it says it.
var other = map[string][2]string{"busy_timeout": {"7", "7"}, "journal_mode": {"delete", "delete"}, "synchronous": {"normal", "1"},
	"foreign_keys": {"0", "0"}, "secure_delete": {"0", "0"}, "trusted_schema": {"1", "1"}, "cell_size_check": {"0", "0"},
	"mmap_size": {"65536", "65536"}, "wal_autocheckpoint": {"0", "0"}, "journal_size_limit": {"-1", "-1"}}

// TestNetSettings takes each setting away in turn, and each look at it.
func TestNetSettings(t *testing.T) {
	if os.Getenv("ASYE_PROOF") == "" {
		t.Skip("make net-settings takes each setting away in turn")
	}
	if server(t, "") == "" {
		t.Skip("no PostgreSQL server")
	}
	n := 0
	for _, p := range engine.With("query_only", "0") {
		wrong, ok := other[p.Name]
		if !ok {
			continue // query_only is next, and cache_size loses nothing
		}
		n++
		proof.Noticed(t, folder, "DUR2", proof.Edit{File: lite, Old: fmt.Sprintf("{%q, %q, %q}", p.Name, p.Set, p.Says),
			New: fmt.Sprintf("{%q, %q, %q}", p.Name, wrong[0], wrong[1])})
	}
	for _, look := range []struct {
		in   string
		edit proof.Edit
	}{
		{folder, proof.Edit{File: "internal/platform/db/db.go", Old: `engine.With("query_only", "1")`, New: `engine.With("query_only", "0")`}},
		{folder + "/engine", proof.Edit{File: lite, Old: "if err := c.check(ctx, conn); err != nil {", New: "if err := ctx.Err(); err != nil {"}},
		{folder + "/engine", proof.Edit{File: lite, Old: "if got != want {\n\t\t\treturn got < want", New: "if got != want {\n\t\t\treturn false"}},
		{folder, proof.Edit{File: pg, Old: `case p.commit == "off":`, New: `case p.commit == "never":`}},
		{folder, proof.Edit{File: pg, Old: `set_config('synchronous_commit', current_setting('synchronous_commit'), false)`, New: `current_setting('synchronous_commit')`}},
		{folder, proof.Edit{File: pg, Old: `case p.fsync == "off" && p.throwaway != "yes":`, New: `case p.fsync == "never":`}},
	} {
		n++
		proof.Noticed(t, look.in, "DUR2", look.edit)
	}
	proof.Keep(t, proof.Result{Net: "settings", Part: proof.NothingLost,
		Promise: "The service uses no connection to a database that could lose or spoil a record.",
		Saw: fmt.Sprintf("each of 9 SQLite and 16 PostgreSQL connections asked for its settings; each of %d settings of SQLite set wrong in turn, on a reader and a writer, and refused; SQLite before 3.51.3, synchronous_commit=off and fsync=off refused",
			len(other)),
		Twin:    fmt.Sprintf("%d programs, each without one setting or one look at it: %d noticed", n, n),
		Command: "make net-settings"})
}
