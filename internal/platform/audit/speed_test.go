package audit

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// manyLines is how long the trail is that is checked against the clock.
func manyLines() int64 {
	if n, err := strconv.ParseInt(os.Getenv("LINES"), 10, 64); err == nil {
		return n
	}
	return 20_000
}

const (
	longest = time.Minute // for a million lines
	heap    = 64 << 20    // that checking may take, however long the trail is
)

// TestVerifySpeed grows a long trail on SQLite, moves it to PostgreSQL as an
// operator does, and checks both against the clock.
func TestVerifySpeed(t *testing.T) {
	ctx, key := context.Background(), NewKey()
	address := filepath.Join(t.TempDir(), "asye.db")
	d := opened(t, address, key)
	if _, err := d.Migrate(ctx, schema.All()...); err != nil {
		t.Fatal(err)
	}
	c := NewChain(d, key, slog.New(slog.DiscardHandler))
	if err := c.Claim(ctx); err != nil {
		t.Fatal(err)
	}
	began := clock.Real().Now().Time()
	for done := int64(0); done < manyLines(); done += 10_000 {
		grow(t, d, c, done, min(done+10_000, manyLines()))
	}
	t.Logf("%d lines were written and numbered in %.0f s", manyLines(), clock.Real().Now().Time().Sub(began).Seconds())
	saw := fmt.Sprintf("%s lines: SQLite %s", figure(manyLines()), timed(t, d, c, key))
	if dbtest.Server() != "" {
		d.Close()
		to := dbtest.EmptyPostgres(t)
		if _, err := archive.Move(ctx, address, archive.Place{Address: to, Empty: true, Schema: schema.All()}, "test", clock.Real()); err != nil {
			t.Fatal(err)
		}
		moved := opened(t, to, key)
		saw += ", PostgreSQL " + timed(t, moved, NewChain(moved, key, slog.New(slog.DiscardHandler)), key)
	}
	if manyLines() < 1_000_000 {
		return
	}
	proof.Keep(t, proof.Result{Net: "audit-speed", Part: proof.NothingSilent,
		Promise: "The whole audit trail can be checked while one waits: a million lines in under a minute, in little memory.",
		Saw:     saw, Twin: "the whole trail read at once: noticed by the memory that it takes", Command: "make net-audit-speed LINES=1000000"})
}

func opened(t *testing.T, address string, key Key) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, clock.Fixed(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Guard(lines.Guard{Secret: key.Secret(), Tables: schema.Tables()}); err != nil {
		t.Fatal(err)
	}
	return d
}

// grow writes lines of many kinds in one transaction, and numbers them.
func grow(t *testing.T, d *db.DB, c *Chain, from, until int64) {
	t.Helper()
	err := d.Write(context.Background(), tenant.System("x"), func(tx *db.Tx) error {
		for n := from; n < until; n++ {
			if err := tell(tx, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		_, err = c.Extend(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	d.Clock().(*clock.Stopped).Move(time.Hour)
}

// timed checks a trail with a checkpoint from outside, and says how long that
// took and how much memory.
func timed(t *testing.T, d *db.DB, c *Chain, key Key) string {
	t.Helper()
	outside, err := c.Latest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	most := uint64(0)
	began := clock.Real().Now().Time()
	r, err := c.Verify(context.Background(), Look{Public: []string{key.Public()}, Outside: []Checkpoint{outside}, Progress: func(int64, int64) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}})
	took := clock.Real().Now().Time().Sub(began)
	if err != nil || !r.Sound() || r.Lines != manyLines() {
		t.Fatalf("%v, %s", err, r)
	}
	t.Logf("%s: %.1f s, %d MB", d.Dialect(), took.Seconds(), most>>20)
	if most > heap {
		t.Errorf("%s: checking took %d MB of memory", d.Dialect(), most>>20)
	}
	if limit := longest * time.Duration(max(manyLines(), 100_000)) / 1_000_000; took > limit {
		t.Errorf("%s: checking %d lines took %s, more than %s", d.Dialect(), manyLines(), took, limit)
	}
	return fmt.Sprintf("%.1f s with at most %d MB of memory", took.Seconds(), most>>20)
}

// TestVerifySpeedTwin: reading everything at once is noticed.
func TestVerifySpeedTwin(t *testing.T) {
	if os.Getenv("ASYE_PROOF") == "" {
		t.Skip("builds the tests once more: make net-audit-speed runs it")
	}
	t.Setenv("LINES", "150000")
	t.Setenv("ASYE_TEST_POSTGRES", "")
	proof.Noticed(t, "./internal/platform/audit", "TestVerifySpeed$", proof.Edit{File: "internal/platform/audit/store_verify.go",
		Old: "const atOnce = 4096", New: "const atOnce = 1 << 30"})
}
