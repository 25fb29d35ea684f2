package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

func TestWithin(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		past := clock.Fixed(time.Date(2018, 4, 3, 9, 0, 0, 0, time.UTC))
		scope := tenant.System("test")
		failed := errors.New("given up")
		write := func(end error) error {
			return d.Write(t.Context(), scope, func(tx *db.Tx) error {
				in := d.Within(tx, past)
				err := in.Write(t.Context(), scope, func(tx *db.Tx) error {
					return tx.Audit(t.Context(), scope, db.Line{What: "test.done", Kind: "test", ID: "one"})
				})
				if err != nil {
					return err
				}
				var n int
				if err := in.QueryRow(t.Context(), `select count(*) from audit_lines where what = 'test.done'`).Scan(&n); err != nil || n != 1 {
					t.Errorf("inside there are %d lines, %v", n, err)
				}
				return end
			})
		}
		lines := func() (n int) {
			if err := d.QueryRow(t.Context(), `select count(*) from audit_lines where what = 'test.done'
				and recorded_at < '2018-04-04T00:00:00Z'`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := write(failed); !errors.Is(err, failed) || lines() != 0 {
			t.Errorf("a transaction that was given up: %v, %d lines", err, lines())
		}
		if err := write(nil); err != nil || lines() != 1 {
			t.Errorf("a transaction that was kept: %v, %d lines dated by its own clock", err, lines())
		}
	})
}

func TestWithinAsksForAnAuditLine(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	scope := tenant.System("test")
	err := d.Write(t.Context(), scope, func(tx *db.Tx) error {
		return d.Within(tx, d.Clock()).Keep(t.Context(), func(*db.Tx) error { return nil })
	})
	if err == nil {
		t.Error("a change without an audit line was kept")
	}
}

// TestScourWithin: inside a transaction that has touched the keys, scouring does
// not wait for it.
func TestScourWithin(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		if err := d.Keep(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `delete from person_keys`); err != nil {
				return err
			}
			return d.Within(tx, d.Clock()).Scour(ctx)
		}); err != nil {
			t.Error(err)
		}
	})
}
