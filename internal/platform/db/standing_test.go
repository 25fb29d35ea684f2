package db_test

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	kept "example.org/asye/internal/platform/db/standing"
	"example.org/asye/internal/schema"
)

// release is a folder of migrations, from their names and texts in turn.
func release(pairs ...string) fs.FS {
	files := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]+".sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + pairs[i+1])}
	}
	return files
}

func openFor(t *testing.T, address string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), address, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// migrations counts those of a release.
func migrations(t *testing.T, release []fs.FS) (n int) {
	t.Helper()
	for _, folder := range release {
		files, err := fs.Glob(folder, "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		n += len(files)
	}
	return n
}

// The program of one release meets the schema of another.
func TestStanding(t *testing.T) {
	base := append(schema.All()[:1:1], release("2027010101_shoe", "create table shoe (id text primary key);"))
	additive := append(base[:2:2], release("2027020101_lace", "create table lace (id text primary key);\nalter table shoe add column size integer;"))
	breaking := append(additive[:3:3], release("2027030101_barefoot", "drop table shoe;\ninsert into schema_needs (migration) values (2027030101);"))
	dbtest.EachEmpty(t, func(t *testing.T, address string) {
		d := openFor(t, address)
		at := func(release []fs.FS) kept.Standing {
			s, err := d.Standing(t.Context(), release...)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		up := func(release []fs.FS) error { _, err := d.Migrate(t.Context(), release...); return err }
		if s := at(base); len(s.Pending) != migrations(t, base) || s.Refusal() != nil {
			t.Errorf("RUN-6 an empty database: %+v", s)
		}
		if err := up(additive); err != nil {
			t.Fatal(err)
		}
		if s := at(base); s.Refusal() != nil || len(s.Pending) != 0 || len(s.Beyond) != 1 {
			t.Errorf("RUN-6 the program before, on a schema with more: %+v", s)
		}
		if err := up(base); err != nil {
			t.Errorf("RUN-6 the program before does not start on a schema with more: %v", err)
		}
		if s := at(breaking); len(s.Pending) != 1 || s.Refusal() != nil {
			t.Errorf("RUN-6 the program after, on a schema with less: %+v", s)
		}
		if err := up(breaking); err != nil {
			t.Fatal(err)
		}
		for name, older := range map[string][]fs.FS{"the release before": additive, "the one before that": base} {
			if err := up(older); err == nil || !strings.Contains(err.Error(), "needs migration 2027030101") {
				t.Errorf("RUN-7 %s starts on a schema that shuts it out: %v", name, err)
			}
		}
		if err := up(breaking); err != nil {
			t.Errorf("RUN-7 the release itself is refused: %v", err)
		}
	})
}

// Of several programs that start at once, one migrates and the others wait.
func TestRUN8_MigrateAtOnce(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, address string) {
		const programs = 4
		ran := make([][]string, programs)
		errs := make([]error, programs)
		var wg sync.WaitGroup
		for i := range programs {
			d := openFor(t, address)
			wg.Go(func() { ran[i], errs[i] = d.Migrate(t.Context(), schema.All()...) })
		}
		wg.Wait()
		for i, err := range errs {
			if err != nil {
				t.Errorf("program %d of %d: %v", i, programs, err)
			}
		}
		if s, err := openFor(t, address).Standing(t.Context(), schema.All()...); err != nil || len(s.Pending) != 0 {
			t.Errorf("afterwards: %+v, %v", s, err)
		}
		if whole := slices.Concat(ran...); len(whole) != len(slices.Compact(slices.Sorted(slices.Values(whole)))) {
			t.Errorf("a migration ran twice: %v", ran)
		}
	})
}

// A migration that fails leaves nothing of itself.
func TestMigrationIsWholeOrNotAtAll(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, address string) {
		d := openFor(t, address)
		half := append(schema.All()[:1:1], release("2027010101_half", "create table left_shoe (id text primary key);\ncreate table right_shoe (id nonsense(;"))
		if _, err := d.Migrate(t.Context(), half...); err == nil {
			t.Fatal("nonsense was accepted")
		}
		if err := d.QueryRow(t.Context(), `select count(*) from left_shoe`).Scan(new(int)); err == nil {
			t.Error("RUN-5 half of a migration was kept")
		}
		if s, err := d.Standing(t.Context(), half...); err != nil || len(s.Pending) != 1 {
			t.Errorf("RUN-5 standing: %+v, %v", s, err)
		}
	})
}
