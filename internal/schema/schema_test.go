package schema_test

import (
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/schema"
	"example.org/asye/internal/schema/schematest"
)

// TestSchema shows a change of the schema as a difference that a reader can
// follow, on each engine.
func TestSchema(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		golden.Text(t, "schema."+string(d.Dialect()), schematest.Dump(t, d))
	})
}
