//go:build matrix

package matrix

import (
	"os"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// isQuick reports whether a run looks at one record in each relation only: on
// PostgreSQL, unless the net's own target asks for all of them.
func isQuick(d *db.DB) bool { return d.Dialect() == db.Postgres && os.Getenv("MATRIX") != "all" }

// TestPOL1_Routes asks every route as every reader in every relation.
func TestPOL1_Routes(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		began := time.Now()
		w := build(t, d)
		w.thin = isQuick(d)
		var n tally
		w.undone(func(in *world, tx *db.Tx) {
			for _, route := range in.Mux.Routes() {
				n.route(in, tx, route)
				n.list(in, tx, route)
			}
			n.doors(in, tx)
		})
		n.report(t)
		t.Logf("%d asked, %d compared, %s", n.asked, n.compared, time.Since(began))
	})
}
