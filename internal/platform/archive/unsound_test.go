package archive_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// behindItsBack changes a SQLite database past all that holds it.
func behindItsBack(t *testing.T, statements ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "asye.db")
	d := open(t, path)
	if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	sample(t, d)
	pool, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, s := range statements {
		if _, err := pool.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	whole, _ := dump(t, d)
	return whole
}

// TestBAK4_BrokenReference: a backup is what was there; one whose references lead
// nowhere is found when it is verified.
func TestBAK4_BrokenReference(t *testing.T) {
	whole := behindItsBack(t, `pragma foreign_keys = off`, `update nqsws set person_id = 'nobody' where person_id = 'P1'`)
	if _, err := verify(t, whole, nil); err == nil || !strings.Contains(err.Error(), "that is not there") {
		t.Errorf("%v", err)
	}
}

// TestBAK8_WhatPostgreSQLCannotHold is told by table, row and column, and nothing
// is moved. SQLite takes it back as it was.
func TestBAK8_WhatPostgreSQLCannotHold(t *testing.T) {
	address := ""
	if dbtest.Server() != "" {
		address = dbtest.EmptyPostgres(t)
	}
	for name, statement := range map[string]string{
		"a zero byte":             `update people set family_name = 'a' || char(0) || 'b' where id = 'p1'`,
		"broken UTF-8":            `update people set family_name = cast(x'ff61' as text) where id = 'p1'`,
		"text that is no instant": `update people set created_at = 'yesterday' where id = 'p1'`,
		"no JSON":                 `update journey_drafts set answers = '{' where id = 'd1'`,
	} {
		t.Run(name, func(t *testing.T) {
			whole := behindItsBack(t, statement)
			if _, err := verify(t, whole, nil); err != nil {
				t.Errorf("back on SQLite: %v", err)
			}
			if address == "" || name == "broken UTF-8" { // which the same line finds as a zero byte
				return
			}
			r, err := archive.NewReader(bytes.NewReader(whole))
			if err != nil {
				t.Fatal(err)
			}
			_, err = archive.Restore(t.Context(), r, archive.Place{Address: address, Empty: true, Schema: schema.All()}, clock.Real())
			if err == nil || !strings.Contains(err.Error(), "PostgreSQL cannot keep what is in the table") {
				t.Errorf("on PostgreSQL: %v", err)
			}
		})
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	keys, _ := pair(t)
	at := clock.Fixed(dbtest.Start).Now()
	for _, name := range []string{archive.FileName(at, keys), archive.FileName(at.Add(-1e12), archive.Keys{}), "asye-2026.age", "notes.txt", "asye-20261122T093000Z.age.partial"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := archive.Folder(dir)
	list, err := f.List()
	if err != nil || len(list) != 2 || !strings.HasSuffix(list[0].Name, ".plain") || list[1].Name != "asye-20261122T093000Z.age" || list[1].At != at {
		t.Errorf("%+v, %v", list, err)
	}
	if err := f.Remove("notes.txt"); err == nil {
		t.Error("another file was taken away")
	}
	if err := f.Remove(list[0].Name); err != nil {
		t.Error(err)
	}
	if err := f.Sweep(clock.Real().Now().Add(-1e12)); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 4 {
		t.Errorf("a backup that is being written was taken away: %v", left)
	}
	if err := f.Sweep(clock.Real().Now().Add(1e12)); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 3 {
		t.Errorf("left: %v", left)
	}
}
