package roster_test

import (
	"context"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/roster"
	"example.org/asye/internal/schema"
)

// Whoever calls says a name more often than a reference.
func TestFindByName(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := roster.NewStore(d)
		team := tenant.SignedIn("x", "n", asye.National)
		for text, want := range map[string]int{"oka": 1, "ok": 0, "AMARA OKAFOR": 1, "okafor amara": 1, "Okafor, Amara": 1, "mara ok": 1, "%%%": 0, "___": 0,
			"": 0, "  ": 0, "sw 1234": 1, "swx": 0} {
			got, err := s.Find(context.Background(), team, text)
			if err != nil || len(got) != want {
				t.Errorf("Find(%q) = %v, %v; want %d", text, got, err, want)
			}
		}
	})
}

func TestFindTellsWhomToAsk(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		seed(t, d)
		err := d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `update organisations set contact_name = 'Con Tact', contact_email = 'con@example.org',
				contact_phone = '01632 960000' where id = 'a'`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := roster.NewStore(d).Find(t.Context(), tenant.SignedIn("x", "n", asye.National), "okafor")
		if err != nil || len(got) != 1 || got[0].Org != "a" || got[0].Contact != (roster.Contact{Name: "Con Tact", Email: "con@example.org", Phone: "01632 960000"}) {
			t.Errorf("found %+v, %v", got, err)
		}
	})
}
