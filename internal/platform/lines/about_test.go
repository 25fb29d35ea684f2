package lines_test

import (
	"bytes"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/schema"
)

// TestEveryKindIsFound: what the inventory says of each kind of record can be
// asked on both engines.
func TestEveryKindIsFound(t *testing.T) {
	s, err := lines.NewSealer(lines.Guard{Secret: bytes.Repeat([]byte{1}, 32), Tables: schema.Tables()})
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		kinds := 0
		for _, table := range schema.Tables() {
			if table.Kind == "" {
				continue
			}
			kinds++
			if _, err := s.About(t.Context(), d, table.Kind, "nobody"); err != nil {
				t.Errorf("%s: %v", table.Kind, err)
			}
		}
		if kinds < 8 {
			t.Errorf("only %d kinds", kinds)
		}
	})
}

func TestAShortSecretIsRefused(t *testing.T) {
	if _, err := lines.NewSealer(lines.Guard{Secret: []byte("short")}); err == nil {
		t.Error("it was taken")
	}
}
