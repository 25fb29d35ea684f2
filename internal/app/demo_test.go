package app

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestACC39_TheExampleStaysOutOfARealDatabase: asye demo builds nothing where
// somebody is on record, and prints no links.
func TestACC39_TheExampleStaysOutOfARealDatabase(t *testing.T) {
	dir := t.TempDir()
	database := filepath.Join(dir, "asye.db")
	s := setUpAt(t, database, []string{"ASYE_DATABASE=" + database})
	for _, args := range [][]string{
		{"demo", "--data=" + dir, "--database=" + database},
		{"demo", "--data=" + dir, "--database=" + database, "--no-serve"},
	} {
		status, out, err := program(t, nil, args...)
		if status == 0 || !strings.Contains(err, "has people on record already") || strings.Contains(out+err, "token=") {
			t.Errorf("asye %v ends with %d:\n%s%s", args, status, out, err)
		}
	}
	n := 0
	if err := s.db.QueryRow(t.Context(), `select (select count(*) from sign_in_links) + (select count(*) from people) - 1`).Scan(&n); err != nil || n != 0 {
		t.Errorf("asye demo left %d rows in a real database: %v", n, err)
	}
}
