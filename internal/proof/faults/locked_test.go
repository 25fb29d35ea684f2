package faults

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"example.org/asye/internal/proof"

	_ "modernc.org/sqlite" // another program that has the file open
)

// Another program has the SQLite file to itself, as a long import does: a short
// while is waited for, a long one is told.
func TestDUR6_AnotherProgramHoldsTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for locks")
	}
	file := filepath.Join(t.TempDir(), "asye.db")
	v := begin(t, file)
	other, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for range proof.Rounds(t, 2) {
		held := hold(t, other)
		released := time.AfterFunc(time.Second, held)
		v.save() // waits
		released.Stop()
		v.saw.rounds++
	}
	held := hold(t, other)
	v.saw.rounds++
	v.reads()
	again, words, saved := v.trySave()
	if saved || v.saw.slowestRefusal > 12*time.Second {
		t.Errorf("a file that another program holds: saved %v, told after %s", saved, v.saw.slowestRefusal)
	}
	held()
	v.returns(again, words)
	note(t, heldFile, v.saw)
}

// hold begins to write, and gives what ends it.
func hold(t *testing.T, other *sql.DB) func() {
	t.Helper()
	for attempt := 0; ; attempt++ {
		tx, err := other.BeginTx(context.Background(), nil)
		if err == nil {
			return func() { tx.Rollback() }
		}
		if attempt == 100 {
			t.Fatal(fmt.Errorf("the file cannot be locked: %w", err))
		}
		time.Sleep(10 * time.Millisecond)
	}
}
