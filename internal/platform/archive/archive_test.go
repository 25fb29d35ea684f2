package archive_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// rows are as awkward as the schema allows, in words that both engines take.
var rows = []string{
	`insert into organisations (id, code, name, type, opened_on, search_text) values
		('o1', '301', 'Barking & "Dagenham"', 'local_authority', '1965-04-01', 'x'), ('o2', '', '', 'nhs', '2026-02-28', '')`,
	`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at, disabled_at, disabled_in) values
		('p1', 'Zoë', 'O''Neill', 'zoe@example.org', 'o', 's', '2026-01-02T03:04:05.678901Z', null, null),
		('P1', '漢字', '𝔘', null, 'o', '', '2026-07-01T00:00:00.000000Z', '2026-07-02T00:00:00.000000Z', 'o2'),
		('p 2', 'a' || chr(10) || 'b', 'tab	', null, 'o', '', '1999-12-31T23:59:59.999999Z', null, 'o1')`,
	`insert into nqsws (person_id, date_of_birth, qualified_year) values ('p1', '2000-02-29', 2026), ('P1', null, null)`,
	`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at) values
		('e1', 'R1', 'p1', 'o1', 'child', '1', 2026, '2026-09-01', '2027-08-31', true, '2026-09-01T08:00:00.100000Z'),
		('e2', 'R2', 'P1', 'o1', 'child', '1', 2026, '2026-09-01', '2027-08-31', false, '2026-09-01T08:00:00.000000Z')`,
	`insert into audit_lines (id, recorded_at, actor_kind, what, subject_kind, subject_id, before, after, effective_on) values
		('a1', '2026-09-01T08:00:00.000000Z', 'system', 'x', 'y', 'z', '{"b": 1.50, "a": [1e2, -0, true, null], "é": "\u00e9\n"}', '{}', '2026-09-01'),
		('a2', '2026-09-01T08:00:00.000000Z', 'person', 'x', 'y', 'z', null, '"text"', null)`,
	`insert into journey_drafts (id, person_id, org_id, journey, answers, updated_at) values
		('d1', 'p1', 'o1', 'x', '{"b": 1.50, "a": [1e2, -0, true, null], "é": "\u00e9\n", "a": {}}', '2026-09-01T08:00:00.000001Z')`,
	`insert into turns (key) values ('A'), ('a'), ('Z'), ('é'), ('_'), (' ')`,
}

// sample fills an empty database with the rows.
func sample(t testing.TB, d *db.DB) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		for _, statement := range rows {
			if d.Dialect() == db.SQLite {
				statement = strings.ReplaceAll(statement, "chr(10)", "char(10)")
			}
			if _, err := tx.Exec(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func dump(t testing.TB, d *db.DB) ([]byte, archive.Manifest) {
	t.Helper()
	var out bytes.Buffer
	_, m, err := archive.Dump(t.Context(), d, &out, "test", schema.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m
}

// readAll reads an archive to its end, which checks everything.
func readAll(content []byte) error {
	r, err := archive.NewReader(bytes.NewReader(content))
	if err == nil {
		_, err = r.Rest()
	}
	return err
}

// empties are a place with nothing in it for each engine.
func empties(t *testing.T) map[string]string {
	out := map[string]string{"sqlite": filepath.Join(t.TempDir(), "asye.db")}
	if there := dbtest.Server(); there != "" {
		out["postgres"] = dbtest.EmptyPostgres(t)
	}
	return out
}

// TestBAK8_EveryEngineToEveryEngine: what one engine held, either holds
// afterwards, count by count and hash by hash; and back again.
func TestBAK8_EveryEngineToEveryEngine(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		sample(t, d)
		whole, want := dump(t, d)
		for name, address := range empties(t) {
			t.Run("to "+name, func(t *testing.T) {
				r, err := archive.NewReader(bytes.NewReader(whole))
				if err != nil {
					t.Fatal(err)
				}
				place := archive.Place{Address: address, Empty: true, Schema: schema.All()}
				if _, err := archive.Restore(t.Context(), r, place, clock.Fixed(dbtest.Start)); err != nil {
					t.Fatal(err)
				}
				there := open(t, address)
				_, got := dump(t, there)
				if err := archive.Differ(want, got); err != nil {
					t.Error(err)
				}
				if d.Dialect() == there.Dialect() && texts(t, d) != texts(t, there) {
					t.Error("on the same engine not every byte is the same")
				}
				again := archive.Place{Address: address, Empty: true, Schema: schema.All()}
				r, _ = archive.NewReader(bytes.NewReader(whole))
				there.Close()
				if _, err := archive.Restore(t.Context(), r, again, clock.Fixed(dbtest.Start)); !errors.Is(err, db.ErrNotEmpty) {
					t.Errorf("into a place that is not empty: %v", err)
				}
			})
		}
	})
}

func open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, clock.Fixed(dbtest.Start))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// texts is what is told apart by nothing but how it is written.
func texts(t *testing.T, d *db.DB) string {
	t.Helper()
	rows, err := d.Query(t.Context(), `select id || cast(before as text) || cast(recorded_at as text) from audit_lines
		union all select id || cast(answers as text) from journey_drafts order by 1`)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var s sql.NullString
		err := rows.Scan(&s)
		return s.String, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "\n")
}

// The engines give the same hashes for the same rows, so that a backup can be
// held against either.
func TestBAK8_HashesAreTheSameOnBothEngines(t *testing.T) {
	lite := dbtest.OpenSQLite(t, schema.All())
	server := dbtest.OpenPostgres(t, schema.All())
	sample(t, lite)
	sample(t, server)
	_, a := dump(t, lite)
	_, b := dump(t, server)
	if err := archive.Differ(a, b); err != nil {
		t.Error(err)
	}
}

// TestBAK1_OneInstant: what is written while an archive is made is not in it,
// and the writer does not wait.
func TestBAK1_OneInstant(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		sample(t, d)
		_, want := dump(t, d)
		slow := &pausing{then: func() {
			_ = d.Keep(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(t.Context(), `insert into turns (key) values ('later')`)
				return err
			})
		}}
		_, got, err := archive.Dump(t.Context(), d, slow, "test", schema.All()...)
		if err != nil {
			t.Fatal(err)
		}
		if err := archive.Differ(want, got); err != nil {
			t.Errorf("a row that was written meanwhile got in: %v", err)
		}
		if _, after := dump(t, d); after.Rows() != want.Rows()+1 {
			t.Error("the row was not written")
		}
	})
}

// pausing lets something happen as soon as the first bytes come.
type pausing struct{ then func() }

func (p *pausing) Write(b []byte) (int, error) {
	if p.then != nil {
		p.then()
		p.then = nil
	}
	return len(b), nil
}

// TestBAK4_AnyByte: whichever byte of an archive is altered, reading says so;
// and so wherever it is cut off.
func TestBAK4_AnyByte(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	sample(t, d)
	whole, _ := dump(t, d)
	if err := readAll(whole); err != nil {
		t.Fatal(err)
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(whole); i += step {
		bent := bytes.Clone(whole)
		bent[i] ^= 1 << (i % 8)
		if readAll(bent) == nil {
			t.Fatalf("the byte %d of %d was altered, and nobody noticed", i, len(whole))
		}
	}
	for size := 0; size < len(whole); size += step {
		if readAll(whole[:size]) == nil {
			t.Fatalf("it was cut off after %d of %d bytes, and nobody noticed", size, len(whole))
		}
	}
	if readAll(append(bytes.Clone(whole), 0)) == nil {
		t.Error("a byte was added at the end, and nobody noticed")
	}
}

// TestBAK4_EveryColumnCounts: one value altered in any column of any table
// gives another hash.
func TestBAK4_EveryColumnCounts(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	sample(t, d)
	_, before := dump(t, d)
	for _, trigger := range []string{"enrolments_no_overlap_update", "audit_lines_stay_update"} {
		if err := d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `drop trigger `+trigger)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	columns := 0
	for table, names := range filled(t, d) {
		for _, column := range names {
			columns++
			err := d.Keep(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(t.Context(), `pragma ignore_check_constraints = on`)
				if err == nil {
					_, err = tx.Exec(t.Context(), `pragma defer_foreign_keys = on`)
				}
				if err == nil {
					_, err = tx.Exec(t.Context(), altering(table, column))
				}
				if err != nil {
					return err
				}
				after, err := archive.Sum(t.Context(), d.Within(tx, d.Clock()), schema.All()...)
				if err == nil && archive.Differ(before, after) == nil {
					t.Errorf("%s.%s was altered, and the hash is the same", table, column)
				}
				return errors.Join(err, errUndo)
			})
			if !errors.Is(err, errUndo) {
				t.Errorf("%s.%s: %v", table, column, err)
			}
		}
	}
	if columns < 60 {
		t.Errorf("only %d columns were looked at", columns)
	}
}

var errUndo = errors.New("nothing is kept")

// altering is a statement that alters one value of a column.
func altering(table, column string) string {
	value := map[string]string{"cohort": "cohort + 1", "qualified_year": "2025", "funded": "1 - funded", "version": "version + 1",
		"opened_on": "'2001-01-01'", "starts_on": "'2001-01-01'", "due_on": "'2001-01-01'", "date_of_birth": "'2001-01-01'", "effective_on": "'2001-01-01'"}[column]
	switch {
	case value != "":
	case strings.HasSuffix(column, "_at"):
		value = "'2001-01-01T00:00:00.000001Z'"
	case column == "answers":
		value = `'{"other": 1}'`
	default:
		value = "'other'"
	}
	return "update " + table + " set " + column + " = " + value + " where rowid = (select min(rowid) from " + table + ")"
}

// filled are the tables of the sample with their columns.
func filled(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := d.Snapshot(t.Context(), func(tx *db.Tx) error {
		s, err := tx.Shape(t.Context(), schema.All()...)
		for _, table := range s.Tables {
			n := 0
			if err := tx.QueryRow(t.Context(), "select count(*) from "+table.Name).Scan(&n); err != nil {
				return err
			}
			for _, c := range table.Columns {
				if n > 0 {
					out[table.Name] = append(out[table.Name], c.Name)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// FuzzReader: nothing that is given as an archive makes the reader fail in any
// other way than by saying so.
func FuzzReader(f *testing.F) {
	d := dbtest.OpenSQLite(f, schema.All())
	sample(f, d)
	whole, _ := dump(f, d)
	f.Add(whole)
	f.Add([]byte("asye backup 1\n"))
	f.Add([]byte("SQLite format 3\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		plain, _, err := archive.Unseal(bytes.NewReader(content), nil)
		if err != nil {
			return
		}
		r, err := archive.NewReader(plain)
		if err != nil {
			return
		}
		if _, err := r.Rest(); err == nil && !bytes.Equal(content, whole) {
			if _, err := r.Row(); err != io.EOF {
				t.Error("rows after the end")
			}
		}
	})
}
