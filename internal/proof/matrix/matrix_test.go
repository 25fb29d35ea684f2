package matrix

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// isQuick reports whether a run looks at one record in each relation only: on
// PostgreSQL, unless the net's own target asks for all of them.
func isQuick(d *db.DB) bool { return d.Dialect() == db.Postgres && os.Getenv("MATRIX") != "all" }

// TestPOL1_Routes asks every route as every reader in every relation.
func TestPOL1_Routes(t *testing.T) {
	var saw []string
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
		saw = append(saw, fmt.Sprintf("%s: %d routes, %d requests, %d answers compared with that for a record that does not exist, %s",
			d.Dialect(), len(w.Mux.Routes()), n.asked, n.compared, time.Since(began).Round(time.Second)))
	})
	keep(t, "permission-routes", "Every page and form gives each reader what the policy grants them in each of eight relations, and nobody else anything, to the last byte.", "make net-matrix", saw)
}

// keep keeps what a net of this folder saw on each engine. Their twins are the
// mutants.
func keep(t *testing.T, net, promise, command string, saw []string) {
	t.Helper()
	proof.Keep(t, proof.Result{Net: net, Part: proof.NobodyIn, Promise: promise, Saw: strings.Join(saw, "; "),
		Twin: "every rule, condition, guard and mask let go, one at a time: see permission-mutation", Command: command})
}
