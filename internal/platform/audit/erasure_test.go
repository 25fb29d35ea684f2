package audit_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/schema"
)

// TestAUD11_TheChainHoldsAfterAnErasure: what was said of somebody is gone, and
// nothing else is different.
func TestAUD11_TheChainHoldsAfterAnErasure(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		c, _ := begun(t, d)
		write := func(do func(tx *db.Tx) error) {
			t.Helper()
			if err := d.Keep(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 40 {
			person := []string{"amara", "bea"}[n%2]
			write(func(tx *db.Tx) error {
				return tx.Audit(t.Context(), system, db.Line{What: "test.told", Kind: "person", ID: person, After: person + " was ill", Reason: person})
			})
		}
		extend(t, c, 40)
		outside, err := c.Latest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		write(func(tx *db.Tx) error {
			if err := tx.ForgetKey(t.Context(), asye.PersonID("amara")); err != nil {
				return err
			}
			return tx.Audit(t.Context(), system, db.Line{What: "test.erased", Kind: "person", ID: "amara", Reason: "asked for it"})
		})
		if err := d.Scour(t.Context()); err != nil {
			t.Fatal(err)
		}
		extend(t, c, 1)
		if r := verify(t, c, outside); !r.Sound() || r.Lines != 41 {
			t.Errorf("after the erasure it says %s", r)
		}
		gone := 0
		for _, text := range texts(t, d) {
			switch {
			case text.State == lines.Forgotten:
				gone++
			case text.State != lines.Readable || text.Reason != "bea" && text.Reason != "asked for it":
				t.Errorf("%+v", text)
			}
		}
		if gone != 20 {
			t.Errorf("%d texts cannot be read, want 20", gone)
		}
	})
}

func texts(t *testing.T, d *db.DB) []*lines.Text {
	t.Helper()
	rows, err := d.Query(t.Context(), `select id, after, reason from audit_lines order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []*lines.Text
	for rows.Next() {
		l := &lines.Text{}
		if err := rows.Scan(&l.ID, &l.After, &l.Reason); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	if err := d.Unseal(t.Context(), out...); err != nil {
		t.Fatal(err)
	}
	return out
}
