package lines_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

// A line says in which role somebody did what it tells, and where; the program
// has none.
func TestALineSaysAsWhat(t *testing.T) {
	for _, tt := range []struct {
		by        tenant.Scope
		org, role string
	}{
		{tenant.SignedIn("mary", "kent", asye.Coordinator), "kent", "coordinator"},
		{tenant.System("an import").In("kent"), "", ""},
	} {
		l, err := lines.Line{What: "test.done", Org: "leeds"}.Stored("1", tt.by)
		if err != nil || l.Org.String != "leeds" || l.ActorOrg.String != tt.org || l.ActorRole.String != tt.role {
			t.Errorf("%+v, %v", l, err)
		}
	}
}

// Who is forgotten takes nobody else's key with them.
func TestAUD11_OnlyTheirOwnKeyIsDestroyed(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx, left := context.Background(), ""
		err := d.Keep(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into person_keys (id, person_id, sealed, made_at) values ('1', 'mary', 'x', $1), ('2', 'tom', 'x', $1)`, tx.Now())
			if err != nil {
				return err
			}
			if err := tx.ForgetKey(ctx, "mary"); err != nil {
				return err
			}
			return tx.QueryRow(ctx, `select person_id from person_keys`).Scan(&left)
		})
		if err != nil || left != "tom" {
			t.Errorf("the key of %q is left, %v", left, err)
		}
	})
}
