package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRun(t *testing.T) {
	root := t.TempDir()
	for _, folder := range []string{"claims", "claims/late"} {
		if err := os.MkdirAll(filepath.Join(root, "internal", folder, "migrations"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ name, day, want string }{
		{"claims/first", "20270104", "claims/migrations/2027010401_first.sql"},
		{"claims/late/second", "20270104", "claims/late/migrations/2027010402_second.sql"},
		{"claims/third", "20270105", "claims/migrations/2027010501_third.sql"},
		{"visits/first", "20270105", ""},
		{"claims", "20270105", ""},
		{"claims/../../etc", "20270105", ""},
	} {
		got, err := run(root, []string{tt.name}, tt.day)
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: made %s", tt.name, got)
			}
			continue
		}
		if want := filepath.Join(root, "internal", tt.want); got != want || err != nil {
			t.Errorf("%s: %s, %v, want %s", tt.name, got, err, want)
		}
		if _, err := os.Stat(got); err != nil {
			t.Error(err)
		}
	}
}
