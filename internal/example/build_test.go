package example_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

var (
	ctx    = context.Background()
	system = tenant.System("test")
)

// place is an example service that has been built.
type place struct {
	example.Stores
}

func stores(t testing.TB, d *db.DB) place {
	t.Helper()
	catalogue, err := programme.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	settings := account.DefaultSettings()
	settings.Demo = true
	people := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), settings)
	return place{example.Stores{DB: d, Account: people, Employers: employers.NewStore(d, nil),
		Registration: registration.NewStore(d, catalogue, people, people), Equality: equality.NewStore(d)}}
}

func (p place) count(t *testing.T, from string, args ...any) int {
	t.Helper()
	var n int
	if err := p.DB.QueryRow(ctx, `select count(*) from `+from, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	return n
}

// lines reads rows of text, one string to a row.
func (p place) lines(t *testing.T, query string) []string {
	t.Helper()
	rows, err := p.DB.Query(ctx, query)
	out, err := db.Rows(rows, err, func(rows *sql.Rows) (line string, err error) { return line, rows.Scan(&line) })
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}

// TestBuild builds once on each engine, and twice on SQLite, since a build
// takes seconds: what is asked of an example is asked of the same one.
func TestBuild(t *testing.T) {
	prints := map[string]string{}
	build := func(t *testing.T, d *db.DB) place {
		p := stores(t, d)
		last, total := 0, 0
		if err := example.Build(ctx, p.Stores, func(done, of int) { last, total = done, of }); err != nil {
			t.Fatal(err)
		}
		if last == 0 || last != total {
			t.Errorf("the last progress was %d of %d", last, total)
		}
		return p
	}
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p := build(t, d)
		prints[string(d.Dialect())] = p.fingerprint(t)
		for name, check := range map[string]func(*testing.T, place){
			"employers": checkEmployers, "cohorts": checkCohorts, "published": checkPublished, "periods": checkPeriods,
			"due dates": checkDueDates, "personas": checkPersonas, "queues": checkQueues, "states": checkStates,
			"made up": checkMadeUp, "landing": checkLanding, "again": checkAgain,
		} {
			t.Run(name, func(t *testing.T) { check(t, p) })
		}
	})
	t.Run("same seed", func(t *testing.T) {
		if testing.Short() {
			t.Skip("builds the whole example once more")
		}
		prints["again"] = build(t, dbtest.OpenSQLite(t, schema.All())).fingerprint(t)
		for name, print := range prints {
			if print != prints["sqlite"] {
				t.Errorf("%s differs from the first build on SQLite", name)
			}
		}
	})
}

// fingerprint tells two builds apart by their people, years and answers.
func (p place) fingerprint(t *testing.T) string {
	t.Helper()
	sum := sha256.New()
	for _, query := range []string{
		`select id || given_name || middle_names || family_name || coalesce(email, '') || cast(created_at as text) from people order by id`,
		`select code || name || contact_name || contact_phone || director_name from organisations order by code`,
		`select id || reference || cast(starts_on as text) || cast(due_on as text) || coalesce(cast(ends_on as text), '') || team || version from enrolments order by id`,
		`select id || result || cast(decided_on as text) || reason from outcomes order by id`,
		`select id || reason || cast(starts_on as text) from pauses order by id`,
		`select person_id || sex || ethnic_background || disability || cast(answered_on as text) from equality_answers order by person_id`,
		`select id || what || subject_id from audit_lines order by id`,
	} {
		lines := p.lines(t, query)
		if len(lines) < 100 {
			t.Errorf("only %d rows: %s", len(lines), query)
		}
		for _, line := range lines {
			// PostgreSQL and SQLite write an instant differently.
			fmt.Fprintln(sum, strings.NewReplacer("T", " ", "Z", "", "+00", "", "000", "").Replace(line))
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func TestBuildRefusesADatabaseInUse(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p := stores(t, d)
		err := d.Write(ctx, system, func(tx *db.Tx) error {
			_, err := p.Account.AddPerson(ctx, tx, system, asye.Identity{GivenName: "Some", FamilyName: "Body"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := example.Build(ctx, p.Stores, nil); fault.KindOf(err) != fault.Conflict {
			t.Errorf("building beside real people gave %v", err)
		}
		if n := p.count(t, "people"); n != 1 {
			t.Errorf("%d people afterwards", n)
		}
	})
}

func TestInterruptedBuildLeavesNothing(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p := stores(t, d)
		short, cancel := context.WithCancel(ctx)
		defer cancel()
		if err := example.Build(short, p.Stores, func(int, int) { cancel() }); err == nil {
			t.Fatal("a build that was interrupted gave no error")
		}
		built, err := example.Built(ctx, d)
		if err != nil || built {
			t.Errorf("Built = %v, %v", built, err)
		}
		for _, table := range []string{"people", "organisations", "enrolments", "audit_lines"} {
			if n := p.count(t, table); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
	})
}
