package publication

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

// TestPUB9_ErasedPeopleChangeNoRelease erases, table by table as the inventory
// has it, everybody of whom a release was made.
func TestPUB9_ErasedPeopleChangeNoRelease(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := house(t, d)
		first := released(t, s, plan("10-5", 2018, 2019, "gender"))
		before := bases(t, d)
		for _, table := range schema.Tables() {
			frozen := table.Name == "releases" || table.Name == "release_bases"
			if frozen && table.Subject != inventory.Nobody {
				t.Errorf("%s is about somebody, and would be erased with them", table.Name)
			}
		}
		if err := d.Keep(ctx, func(tx *db.Tx) error {
			for _, statement := range []string{`delete from record_keys`, `delete from equality_answers`, `delete from outcomes`} {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		r, err := s.Public(ctx, tenant.Nobody(), first.ID)
		if err != nil || r.Content.Hash() != first.Hash || bases(t, d) != before {
			t.Errorf("%v: a release changes when people are erased", err)
		}
		b, _, err := s.book(ctx, analyst, equality.ChildAndFamily, []asye.Cohort{2018, 2019})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.Prepare(plan("10-5", 2018, 2019, "gender", "ethnicity")); err != nil {
			t.Errorf("nothing can be released of a cohort any more: %v", err)
		}
	})
}

// bases is how many people all bases have.
func bases(t *testing.T, d *db.DB) int {
	t.Helper()
	n := 0
	if err := d.QueryRow(ctx, `select sum(people) from release_bases`).Scan(&n); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	return n
}

// TestPUB8_KeysStay: a registration keeps its key, and a new one gets one.
func TestPUB8_KeysStay(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := house(t, d)
		sum := func() (n, sum int) {
			if err := d.QueryRow(ctx, `select count(*), sum(value) from record_keys`).Scan(&n, &sum); err != nil {
				t.Fatal(err)
			}
			return n, sum
		}
		if err := s.Key(ctx, analyst, equality.ChildAndFamily); err != nil {
			t.Fatal(err)
		}
		n, first := sum()
		if err := s.Key(ctx, analyst, equality.ChildAndFamily); err != nil {
			t.Fatal(err)
		}
		if again, second := sum(); n != 420 || again != n || second != first || first < 420*90 || first > 420*165 {
			t.Errorf("%d keys with the sum %d, then %d with %d", n, first, again, second)
		}
		if err := s.Key(ctx, coral, equality.ChildAndFamily); err == nil {
			t.Error("a coordinator hands out keys")
		}
	})
}
