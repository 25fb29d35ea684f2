package matrix

import (
	"fmt"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/schema"
)

func TestWorld(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		began := time.Now()
		w := build(t, d)
		t.Logf("built in %s, %d records", time.Since(began), len(w.records))
		began = time.Now()
		for range 10 {
			w.undone(func(in *world, tx *db.Tx) {})
		}
		t.Logf("undone in %s", time.Since(began)/10)
		for _, r := range w.readers {
			for _, kind := range []string{"enrolment", "claim", "person", "org", "upload"} {
				line := ""
				for _, in := range policy.Relations() {
					line += fmt.Sprintf("%s:%d ", in, len(w.of(kind, r, in)))
				}
				t.Log(r.name, kind, line)
			}
		}
	})
}
