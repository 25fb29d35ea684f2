package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/schema"
	"github.com/jackc/pgx/v5/pgconn"
)

func TestDUR4_WhatWillPassIsUnavailable(t *testing.T) {
	state := func(code string) error { return &pgconn.PgError{Code: code} }
	for _, err := range []error{state("53100"), state("53200"), state("53300"), state("57P01"), state("57P02"), state("57P03"),
		state("58030"), state("25006"), state("08006"), state("57014"), state("40001"), context.DeadlineExceeded,
		io.ErrUnexpectedEOF, driver.ErrBadConn, &pgconn.ConnectError{Config: &pgconn.Config{}}} {
		if got := db.Explain(fmt.Errorf("reading: %w", err)); fault.KindOf(got) != fault.Unavailable || !errors.Is(got, err) {
			t.Errorf("%v is not unavailable: %v", err, got)
		}
	}
	for _, err := range []error{errors.New("other"), state("42601"), state("XX001"), state("22001"), context.Canceled, db.ErrStale, io.EOF} {
		if fault.KindOf(db.Explain(err)) == fault.Unavailable {
			t.Errorf("%v will not pass by itself", err)
		}
	}
	if err := db.Explain(state("23505")); !errors.Is(err, db.ErrDuplicate) {
		t.Error(err)
	}
}

// big is a change that needs a good many pages.
func big(ctx context.Context, d *db.DB, first string) error {
	return d.Write(ctx, system, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, first); err != nil {
			return err
		}
		for i := range 200 {
			l := line("test.big")
			l.Reason = strings.Repeat("x", 2000)
			if err := tx.Audit(ctx, system, l); err != nil {
				return fmt.Errorf("line %d: %w", i, err)
			}
		}
		return nil
	})
}

func TestFullDatabaseKeepsNothingHalf(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	err := big(t.Context(), d, "pragma max_page_count = 150")
	if fault.KindOf(err) != fault.Unavailable || !errors.Is(err, db.ErrUnavailable) {
		t.Errorf("a full disk: %v", err)
	}
	if n := count(t, d, "audit_lines"); n != 0 {
		t.Errorf("%d lines of a change that was refused", n)
	}
	if err := big(t.Context(), d, "pragma max_page_count = 100000"); err != nil || count(t, d, "audit_lines") != 200 {
		t.Errorf("with room again: %v", err)
	}
}

func TestPostgresGoesAwayAndComesBack(t *testing.T) {
	d := dbtest.OpenPostgres(t, schema.All())
	ctx := t.Context()
	change := func(last func(tx *db.Tx, backend int) error) error {
		return d.Write(ctx, system, func(tx *db.Tx) error {
			var backend int
			if err := tx.QueryRow(ctx, "select pg_backend_pid()").Scan(&backend); err != nil {
				return err
			}
			if err := tx.Audit(ctx, system, line("test.done")); err != nil {
				return err
			}
			return last(tx, backend)
		})
	}
	end := func(backend int) error {
		var ended bool
		return d.QueryRow(ctx, "select pg_terminate_backend($1, 2000)", backend).Scan(&ended)
	}
	for name, last := range map[string]func(*db.Tx, int) error{
		"a standby": func(tx *db.Tx, _ int) error {
			if _, err := tx.Exec(ctx, "set transaction read only"); err != nil {
				return err
			}
			return tx.Audit(ctx, system, line("test.done"))
		},
		"lost before the commit": func(tx *db.Tx, backend int) error {
			if err := end(backend); err != nil {
				return err
			}
			return tx.Audit(ctx, system, line("test.done"))
		},
	} {
		if err := change(last); !errors.Is(err, db.ErrUnavailable) || errors.Is(err, db.ErrUncertain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := change(func(_ *db.Tx, backend int) error { return end(backend) })
	if !errors.Is(err, db.ErrUncertain) || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("lost at the commit: %v", err)
	}
	if err := change(func(*db.Tx, int) error { return nil }); err != nil || count(t, d, "audit_lines") != 1 {
		t.Errorf("afterwards: %v, %d lines", err, count(t, d, "audit_lines"))
	}
}

// Whoever goes away in the middle leaves a change whole, or none at all.
func TestDUR9_GoingAwayLeavesNothingHalf(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		const lines, rounds = 20, 150
		var all sync.WaitGroup
		kept := make([]bool, rounds)
		queue := make(chan int)
		for range 4 {
			all.Go(func() {
				for i := range queue {
					kept[i] = leaving(d, fmt.Sprint(i), lines) == nil
				}
			})
		}
		for i := range rounds {
			queue <- i
		}
		close(queue)
		all.Wait()
		whole := map[string]int{}
		rows, err := d.Query(t.Context(), "select subject_id, count(*) from audit_lines group by 1")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			var n int
			if err := rows.Scan(&id, &n); err != nil {
				t.Fatal(err)
			}
			whole[id] = n
		}
		for i := range rounds {
			n := whole[fmt.Sprint(i)]
			if n != 0 && n != lines || kept[i] && n != lines {
				t.Errorf("change %d, acknowledged %v, has %d lines of %d", i, kept[i], n, lines)
			}
		}
		t.Logf("%d of %d changes were kept whole", len(whole), rounds)
	})
}

// leaving makes a change of many rows, and leaves at some moment.
func leaving(d *db.DB, id string, lines int) error {
	ctx, leave := context.WithTimeout(context.Background(), time.Duration(rand.IntN(20000))*time.Microsecond)
	defer leave()
	return d.Write(ctx, system, func(tx *db.Tx) error {
		for range lines {
			if err := tx.Audit(ctx, system, db.Line{What: "test.left", Kind: "test", ID: id}); err != nil {
				return err
			}
		}
		return nil
	})
}
