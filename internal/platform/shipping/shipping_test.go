package shipping

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/schema"
	"filippo.io/age"
	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/file"
	"github.com/superfly/ltx"
)

// piece is a file of the log as litestream would make it, as far as its header.
func piece(t *testing.T, number ltx.TXID, content string) io.Reader {
	t.Helper()
	h := ltx.Header{Version: ltx.Version, Flags: ltx.HeaderFlagNoChecksum, PageSize: 4096, Commit: 1, MinTXID: number, MaxTXID: number, Timestamp: 1764000000000}
	head, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return io.MultiReader(bytes.NewReader(head), strings.NewReader(content))
}

// sealing writes files through a client and reads them back.
func sealing(t *testing.T, client litestream.ReplicaClient) {
	t.Helper()
	ctx := t.Context()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal(client, key)
	if err != nil {
		t.Fatal(err)
	}
	sizes := []int{0, 1, 1000, chunk - 100 - 1, chunk - 100, chunk - 100 + 1, 3*chunk - 100, 200_000}
	for i, size := range sizes {
		number, content := ltx.TXID(i+2), strings.Repeat("canary ", size/7+1)[:size]
		info, err := s.WriteLTXFile(ctx, 0, number, number, piece(t, number, content))
		if err != nil || info.Size != int64(size)+ltx.HeaderSize {
			t.Fatalf("of %d bytes: %+v, %v", size, info, err)
		}
		for _, offset := range []int64{0, 50, int64(size)} {
			in, err := s.OpenLTXFile(ctx, 0, number, number, offset, 0)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(in)
			in.Close()
			if want := size + ltx.HeaderSize - int(offset); err != nil || len(got) != want || offset >= ltx.HeaderSize && string(got) != content[offset-ltx.HeaderSize:] {
				t.Errorf("of %d bytes from %d: %d bytes, %v", size, offset, len(got), err)
			}
		}
		raw, err := client.OpenLTXFile(ctx, 0, number, number, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if lies, _ := io.ReadAll(raw); bytes.Contains(lies, []byte("canary")) {
			t.Errorf("of %d bytes some lie in the place in plain text", size)
		}
		raw.Close()
	}
	files, err := s.LTXFiles(ctx, 0, 0, false)
	if err != nil {
		t.Fatal(err)
	}
	for files.Next() {
		if info := files.Item(); info.Size != int64(sizes[info.MinTXID-2])+ltx.HeaderSize {
			t.Errorf("the size of the file %d is told as %d", info.MinTXID, info.Size)
		}
	}
	if _, err := s.OpenLTXFile(ctx, 0, 99, 99, 0, 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestBAK11_WhatLeavesIsEncrypted(t *testing.T) {
	sealing(t, file.NewReplicaClient(t.TempDir()))
}

// order is a database with one row, and a place to ship it to.
func order(t *testing.T, to string) (Order, archive.Identities) {
	t.Helper()
	private, public, err := archive.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := archive.ParseKeys(public)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(private), 0o600); err != nil {
		t.Fatal(err)
	}
	mine, err := archive.ReadIdentities(path)
	if err != nil {
		t.Fatal(err)
	}
	database := filepath.Join(t.TempDir(), "asye.db")
	keep(t, database, "first")
	return Order{Database: database, To: to, Keys: keys, Clock: clock.Real(), Log: slog.New(slog.DiscardHandler)}, mine
}

// keep adds a row, while nobody ships: SQLite and litestream cannot have the
// same file in one process.
func keep(t *testing.T, database, token string) {
	t.Helper()
	d, err := db.Open(t.Context(), database, clock.Fixed(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	err = d.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into form_tokens (token, spent_at) values ($1, $2)`, token, tx.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shipIt ships until all has arrived.
func shipIt(t *testing.T, o Order) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	if err := Run(ctx, o, func(asye.Instant) { stop() }); err != nil {
		t.Fatal(err)
	}
}

// back restores, and gives the rows.
func back(t *testing.T, from string, keys archive.Identities, at asye.Instant) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "restored.db")
	if _, err := Restore(t.Context(), from, keys, path, at); err != nil {
		return "", err
	}
	d, err := db.Open(t.Context(), path, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var out string
	err = d.QueryRow(t.Context(), `select string_agg(token, ' ') from (select token from form_tokens order by token)`).Scan(&out)
	return out, err
}

func thereAndBack(t *testing.T, to string) {
	t.Helper()
	o, mine := order(t, to)
	shipIt(t, o)
	then := clock.Real().Now()
	time.Sleep(10 * time.Millisecond)
	keep(t, o.Database, "second")
	shipIt(t, o)
	if got, err := back(t, to, mine, asye.Instant{}); got != "first second" || err != nil {
		t.Errorf("restored: %q, %v", got, err)
	}
	if got, err := back(t, to, mine, then); got != "first" || err != nil {
		t.Errorf("restored to an earlier instant: %q, %v", got, err)
	}
	// Without what lies beside the database, shipping goes on with another key.
	if err := Forget(o.Database); err != nil {
		t.Fatal(err)
	}
	keep(t, o.Database, "third")
	shipIt(t, o)
	if got, err := back(t, to, mine, asye.Instant{}); got != "first second third" || err != nil {
		t.Errorf("restored from the second generation: %q, %v", got, err)
	}
	if got, err := back(t, to, mine, then); got != "first" || err != nil {
		t.Errorf("restored from the first generation: %q, %v", got, err)
	}
	_, others := order(t, to)
	if _, err := back(t, to, others, asye.Instant{}); err == nil || !strings.Contains(err.Error(), "does not fit") {
		t.Errorf("with another key: %v", err)
	}
	if _, err := back(t, to, mine, asye.InstantOf(dbtest.Start.AddDate(-10, 0, 0))); fault.KindOf(err) != fault.NotFound {
		t.Errorf("from before there was anything: %v", err)
	}
	p, err := placeOf(to)
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.list(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	if err := p.remove(t.Context(), all[0]); err != nil {
		t.Fatal(err)
	}
	if left, err := p.list(t.Context()); err != nil || len(left) != 1 || left[0] != all[1] {
		t.Errorf("after one was taken away: %v, %v", left, err)
	}
}

func TestBAK11_ThereAndBack(t *testing.T) {
	to := filepath.Join(t.TempDir(), "second place")
	thereAndBack(t, to)
	if !IsShipped(to) || IsShipped(t.TempDir()) {
		t.Error("a shipped log is not told from another folder")
	}
}

func TestPlacesThatCannotBe(t *testing.T) {
	if err := Check("s3://bucket/folder"); !hasStore && !errors.Is(err, errNoStore) {
		t.Errorf("a store, without S3: %v", err)
	}
	if err := Check("/mnt/somewhere"); err != nil {
		t.Error(err)
	}
	if _, err := back(t, t.TempDir(), nil, asye.Instant{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("from an empty folder: %v", err)
	}
}
