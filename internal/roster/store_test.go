package roster_test

import (
	"context"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/roster"
	"example.org/asye/internal/schema"
)

func seed(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Keep(context.Background(), func(tx *db.Tx) error {
		for _, statement := range []string{
			`insert into organisations (id, code, name, type, opened_on, closed_on, search_text) values
				('a', '301', 'Barking', 'local_authority', '2000-01-01', null, 'barking'),
				('b', 'OLD', 'Avon', 'local_authority', '1974-04-01', '2026-11-22', 'avon'),
				('c', 'NEW', 'Later', 'voluntary', '2026-11-23', null, 'later'),
				('n', 'NAT', 'National body', 'national', '2018-04-01', null, 'national')`,
			`insert into people (id, given_name, family_name, sort_name, search_text, created_at)
				values ('p', 'Amara', 'Okafor', 'okafor amara', 'amara okafor', '2026-01-01T00:00:00Z')`,
			`insert into nqsws (person_id, regulator_number) values ('p', 'SW1234')`,
			`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
				values ('e', 'ASYE-AAAA-BBBB', 'p', 'a', 'child-and-family', '2026', 2026, '2026-09-01', '2027-09-01', true, '2026-09-01T00:00:00Z')`,
		} {
			if _, err := tx.Exec(context.Background(), statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEmployersAreOpenAndNotNational(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := roster.NewStore(d)
		for day, want := range map[string]int{"2026-11-21": 2, "2026-11-22": 1, "2026-11-23": 2} {
			got, err := s.Employers(context.Background(), asye.MustDate(day))
			if err != nil || len(got) != want {
				t.Errorf("on %s: %v, %v, want %d", day, got, err, want)
			}
		}
	})
}

func TestEmployerByCode(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := roster.NewStore(d)
		if o, err := s.Employer(context.Background(), "nat"); err != nil || o.ID != "n" {
			t.Errorf("got %v, %v", o, err)
		}
		if _, err := s.Employer(context.Background(), "999"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an unknown code gave %v", err)
		}
	})
}

func TestFindIsForTheNationalTeam(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		seed(t, d)
		s := roster.NewStore(d)
		team := tenant.SignedIn("x", "n", asye.National)
		for _, text := range []string{"sw1234", "asye-aaaa-bbbb"} {
			if got, err := s.Find(context.Background(), team, text); err != nil || len(got) != 1 || got[0].Employer != "Barking" {
				t.Errorf("Find(%q) = %v, %v", text, got, err)
			}
		}
		for _, role := range []asye.Role{asye.Coordinator, asye.Analyst, asye.Administrator, asye.NQSW} {
			if _, err := s.Find(context.Background(), tenant.SignedIn("x", "a", role), "SW1234"); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s was let in: %v", role, err)
			}
		}
	})
}

func TestLiveSessions(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s, now := roster.NewStore(d), d.Clock().Now()
		err := d.Keep(t.Context(), func(tx *db.Tx) error {
			for _, statement := range []string{
				`insert into organisations (id, code, name, type, opened_on, search_text) values ('o', '301', 'O', 'local_authority', '2000-01-01', 'o')`,
				`insert into people (id, given_name, family_name, sort_name, search_text, created_at) values ('p', 'P', 'P', 'p', 'p', '2026-01-01T00:00:00Z')`,
			} {
				if _, err := tx.Exec(t.Context(), statement); err != nil {
					return err
				}
			}
			for id, seen := range map[string]asye.Instant{"used": now, "idle": now.Add(-3 * time.Hour)} {
				_, err := tx.Exec(t.Context(), `insert into sessions (id, token_hash, person_id, org_id, role, form_key, made_at, last_seen_at, expires_at)
					values ($1, $1, 'p', 'o', 'coordinator', 'k', $2, $2, $3)`, id, seen, now.Add(time.Hour))
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.LiveSessions(t.Context(), tenant.System("metrics"), now.Add(-2*time.Hour)); n != 1 || err != nil {
			t.Errorf("%d sessions, %v, want the one in use", n, err)
		}
		if _, err := s.LiveSessions(t.Context(), tenant.SignedIn("p", "o", asye.Coordinator), now); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a coordinator counts the sessions: %v", err)
		}
	})
}
