package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAUD4_TheWitnessGetsACheckpoint: the letter of the morning holds one that
// the trail can be held against.
func TestAUD4_TheWitnessGetsACheckpoint(t *testing.T) {
	file := filepath.Join(t.TempDir(), "asye.db")
	s := openedAt(t, file)
	if len(s.witnessing()) != 0 {
		t.Error("a letter is sent without an address")
	}
	s.config.Audit.Witness = "auditor@example.org"
	if list := s.witnessing(); len(list) != 1 || list[0].Kind != "audit.witness" {
		t.Fatalf("the work that comes round: %+v", list)
	}
	s.audit.Once(t.Context())
	if err := s.witnessing()[0].Do(t.Context(), s.db.Clock().Now()); err != nil {
		t.Fatal(err)
	}
	list, _, err := s.outbox.List(t.Context(), 1, 10)
	if err != nil || len(list) != 1 || list[0].To != "auditor@example.org" || !strings.Contains(list[0].Subject, "checkpoint of the audit trail") {
		t.Fatalf("the outbox: %+v, %v", list, err)
	}
	letter := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(letter, []byte(list[0].Body), 0o600); err != nil {
		t.Fatal(err)
	}
	ends(t, []string{"audit", "verify", "--checkpoint", letter, "--database=" + file}, 0, "Nothing was changed")
}
