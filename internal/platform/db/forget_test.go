package db_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
)

// What is deleted is gone from the file, not only from the tables: people are
// told that nothing of it is kept.
func TestDeletedIsGoneFromTheFile(t *testing.T) {
	path := t.TempDir() + "/asye.db"
	d, err := db.Open(t.Context(), path, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, statement := range []string{
		`create table secrets (id integer primary key, said text)`,
		`insert into secrets values (1, 'before'), (2, 'remember me not'), (3, 'after')`,
		`delete from secrets where id = 2`,
	} {
		if err := d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), statement)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(file, []byte("before")) {
		t.Fatalf("the file cannot be judged: %v", err)
	}
	if bytes.Contains(file, []byte("remember me not")) {
		t.Error("the file still has what was deleted")
	}
}
