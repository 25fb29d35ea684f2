package db_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var (
	coordinator = tenant.SignedIn("co", "o2", asye.Coordinator)
	national    = tenant.SignedIn("nat", "body", asye.National)
)

// seen are the lines of readings: what, which, whose, by whom in which
// organisation and role.
func seen(t *testing.T, d *db.DB) []string {
	t.Helper()
	rows, err := d.Query(t.Context(), `select what || ' ' || subject_id || ' of ' || coalesce(org_id, '-') || ' by ' || coalesce(actor_id, '-') ||
		' in ' || coalesce(actor_org_id, '-') || ' as ' || coalesce(actor_role, '-') from audit_lines where reading order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		out = append(out, one)
	}
	return out
}

func saw(t *testing.T, d *db.DB, who tenant.Scope, read ...tenant.Reading) {
	t.Helper()
	if err := d.Saw(t.Context(), who, read...); err != nil {
		t.Fatal(err)
	}
}

func TestAUD6_AReadingBelongsToWhomTheRecordBelongsTo(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		twoPeople(t, d)
		saw(t, d, national, tenant.Reading{Kind: "transfer", ID: "m"})
		saw(t, d, coordinator, tenant.Reading{Kind: "enrolments"}, tenant.Reading{Kind: "person", ID: "p"})
		saw(t, d, tenant.System("asye export"), tenant.Reading{Kind: "export", File: "all.csv"})
		want := []string{"transfer.read m of o by nat in body as national", "enrolments.read  of o2 by co in o2 as coordinator",
			"person.read p of o2 by co in o2 as coordinator", "export.downloaded  of - by - in - as -"}
		if got := seen(t, d); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("lines:\n%q, want\n%q", got, want)
		}
	})
}

func TestAUD7_ReadingAgainWithinAMinuteIsOneLine(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	twoPeople(t, d)
	page := tenant.Reading{Kind: "enrolment", ID: "e"}
	file := tenant.Reading{Kind: "export", File: "all.csv"}
	move := func(by time.Duration) { d.Clock().(*clock.Stopped).Move(by) }
	saw(t, d, coordinator, page, file)
	move(59 * time.Second)
	saw(t, d, coordinator, page, file) // the file again
	saw(t, d, national, page)          // another person
	saw(t, d, tenant.SignedIn("co", "o", asye.Coordinator), page)
	if n := len(seen(t, d)); n != 5 {
		t.Errorf("%d lines within a minute, want 5: %q", n, seen(t, d))
	}
	move(2 * time.Second) // a minute and a second after the first line
	saw(t, d, coordinator, page)
	if n := len(seen(t, d)); n != 6 {
		t.Errorf("%d lines, want one more after a minute", n)
	}
}

// full lets the database take no more, and gives back how to empty the disk.
func full(t *testing.T, d *db.DB) (mend func()) {
	t.Helper()
	if d.Dialect() == db.Postgres {
		run(t, d, `alter table audit_lines add constraint full_disk check (what = '') not valid`)
		return func() { run(t, d, `alter table audit_lines drop constraint full_disk`) }
	}
	run(t, d, `pragma max_page_count = 1`) // as many as there are
	for n := 0; ; n++ {                    // and none of them with room
		err := d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `insert into turns (key) values ($1)`, fmt.Sprintf("%0900d", n))
			return err
		})
		if err != nil {
			break
		}
	}
	return func() { run(t, d, `pragma max_page_count = 1000000`) }
}

// impatient lets pages wait no longer than a tenth of a second.
func impatient(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.Guard(lines.Guard{Secret: dbtest.Secret, Tables: schema.Tables(), Patience: 100 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
}

func TestAUD8_PagesAreReadWhileTheDatabaseCannotWrite(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		twoPeople(t, d)
		impatient(t, d)
		saw(t, d, coordinator, tenant.Reading{Kind: "enrolment", ID: "e"})
		before := len(seen(t, d))
		mend := full(t, d)
		began := d.Clock().Now()
		for n := range 300 {
			d.Clock().(*clock.Stopped).Move(time.Second)
			if n < 5 {
				saw(t, d, coordinator, tenant.Reading{Kind: "record", ID: fmt.Sprint(n)})
			} else { // the same without waiting
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				_ = d.Saw(ctx, coordinator, tenant.Reading{Kind: "record", ID: fmt.Sprint(n)})
			}
		}
		eventually(t, func() bool { s := d.Readings(); return s.Waiting > 200 && !s.Since.IsZero() && s.Lost == 0 })
		mend()
		eventually(t, func() bool { return len(seen(t, d)) == before+300 })
		if s := d.Readings(); s != (lines.ReadingState{}) {
			t.Errorf("afterwards: %+v", s)
		}
		var last asye.Instant
		if err := d.QueryRow(t.Context(), `select max(recorded_at) from audit_lines where reading`).Scan(&last); err != nil || !last.Time().Equal(began.Time().Add(300*time.Second)) {
			t.Errorf("the last reading is dated %s, %v", last, err)
		}
	})
}

// TestAUD8_APageDoesNotWaitForALongChange: while somebody else writes for long,
// pages go on, and their lines are written afterwards.
func TestAUD8_APageDoesNotWaitForALongChange(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	impatient(t, d)
	writing, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_ = d.Keep(context.Background(), func(tx *db.Tx) error {
			close(writing)
			time.Sleep(800 * time.Millisecond)
			return nil
		})
	}()
	<-writing
	saw(t, d, coordinator, tenant.Reading{Kind: "record", ID: "1"})
	select {
	case <-done:
		t.Error("the page waited until the change was made")
	default:
	}
	eventually(t, func() bool { return len(seen(t, d)) == 1 })
}

func TestAUD8_MoreThanCanBeKeptIsCounted(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	impatient(t, d)
	mend := full(t, d)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for n := range 10_050 {
		_ = d.Saw(ctx, coordinator, tenant.Reading{Kind: "record", ID: fmt.Sprint(n)})
	}
	eventually(t, func() bool { s := d.Readings(); return s.Waiting > 9_900 && s.Lost > 0 })
	stored, lost := len(seen(t, d)), d.Readings().Lost
	mend()
	eventually(t, func() bool { return len(seen(t, d)) == 10_050-lost })
	var l lines.Text
	if err := d.QueryRow(t.Context(), `select id, after from audit_lines where what = 'readings.lost'`).Scan(&l.ID, &l.After); err != nil {
		t.Fatal(err)
	}
	if err := d.Unseal(t.Context(), &l); err != nil || string(l.After) != fmt.Sprintf(`{"lost":%d}`, lost) {
		t.Errorf("the line about those that were lost says %s, %v", l.After, err)
	}
	if stored > 100 {
		t.Errorf("%d were stored while the database was full", stored)
	}
}

// TestReadingsShareTransactions: many at once are not many transactions.
func TestReadingsShareTransactions(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		twoPeople(t, d)
		var all sync.WaitGroup
		for n := range 400 {
			all.Go(func() { saw(t, d, coordinator, tenant.Reading{Kind: "record", ID: fmt.Sprint(n)}) })
		}
		all.Wait()
		if n := len(seen(t, d)); n != 400 {
			t.Errorf("%d lines, want 400", n)
		}
	})
}

func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for range 1500 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("it did not come to that within 15 seconds")
}
