package db_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

// two people, each with a year, a move of the first's, and the question whether
// they are one.
func twoPeople(t *testing.T, d *db.DB) {
	t.Helper()
	run(t, d,
		`insert into organisations (id, code, name, type, opened_on, search_text) values ('o', '1', 'O', 'nhs', '2000-01-01', 'o'), ('o2', '2', 'O2', 'nhs', '2000-01-01', 'o')`,
		`insert into people (id, given_name, family_name, sort_name, search_text, created_at)
			values ('p', 'A', 'B', 'b', 'b', '2026-01-01T00:00:00Z'), ('q', 'C', 'D', 'd', 'd', '2026-01-01T00:00:00Z')`,
		`insert into nqsws (person_id) values ('p'), ('q')`,
		`insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
			values ('e', 'R1', 'p', 'o', 'x', '1', 2026, '2026-09-01', '2027-09-01', true, '2026-01-01T00:00:00Z')`,
		`insert into transfers (id, enrolment_id, from_org_id, to_org_id, status, recorded_at) values ('m', 'e', 'o', 'o2', 'reported', '2026-01-01T00:00:00Z')`,
		`insert into duplicates (id, person_id, other_id, why, found_at) values ('d', 'p', 'q', 'number', '2026-01-01T00:00:00Z')`)
}

func run(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	keep(t, d, func(tx *db.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(context.Background(), s); err != nil {
				return err
			}
		}
		return nil
	})
}

func keep(t *testing.T, d *db.DB, do func(*db.Tx) error) {
	t.Helper()
	if err := d.Keep(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

// tell leaves a line with a text that can be looked for.
func tell(d *db.DB, kind, id string) error {
	return d.Write(context.Background(), system, func(tx *db.Tx) error {
		return tx.Audit(context.Background(), system, db.Line{What: "test.told", Kind: kind, ID: id,
			Before: map[string]string{"was": "marmalade"}, After: map[string]string{"is": "marmalade"}, Reason: "marmalade"})
	})
}

// texts are what the lines say, as they stand and unsealed.
func texts(t *testing.T, d *db.DB) (sealed string, plain []*lines.Text) {
	t.Helper()
	rows, err := d.Query(t.Context(), `select id, before, after, reason from audit_lines order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var l lines.Text
		if err := rows.Scan(&l.ID, &l.Before, &l.After, &l.Reason); err != nil {
			t.Fatal(err)
		}
		sealed += string(l.Before) + string(l.After) + l.Reason + "\n"
		plain = append(plain, &l)
	}
	if err := d.Unseal(t.Context(), plain...); err != nil {
		t.Fatal(err)
	}
	return sealed, plain
}

func TestAUD10_WhatIsSaidOfAPersonIsSealed(t *testing.T) {
	for _, tt := range []struct {
		name, kind, id string
		keys           int // how many people's keys seal it
	}{
		{"a person", "person", "p", 1}, {"their year", "enrolment", "e", 1}, {"a move of it", "transfer", "m", 1},
		{"two people", "duplicate", "d", 2}, {"nobody", "organisation", "o", 0}, {"what the inventory does not have", "whatever", "1", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
				twoPeople(t, d)
				if err := tell(d, tt.kind, tt.id); err != nil {
					t.Fatal(err)
				}
				sealed, plain := texts(t, d)
				if strings.Contains(sealed, "marmalade") != (tt.keys == 0) {
					t.Errorf("in the table stands %s", sealed)
				}
				if n := count(t, d, "person_keys"); n != tt.keys {
					t.Errorf("%d keys, want %d", n, tt.keys)
				}
				if l := plain[0]; l.Reason != "marmalade" || !strings.Contains(string(l.Before)+string(l.After), `{"was":"marmalade"}{"is":"marmalade"}`) || l.State != lines.Readable {
					t.Errorf("unsealed it is %+v", l)
				}
			})
		})
	}
}

func TestAUD10_NothingIsSaidOfARecordThatIsNotThere(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	if err := tell(d, "enrolment", "gone"); err == nil || !strings.Contains(err.Error(), "before it is deleted") {
		t.Errorf("a line about a year that is not there: %v", err)
	}
}

func TestAUD10_NoLineWithoutTheAuditKey(t *testing.T) {
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context(), schema.All()...); err != nil {
		t.Fatal(err)
	}
	if err := tell(d, "organisation", "o"); err == nil || !strings.Contains(err.Error(), "without the audit key") {
		t.Errorf("a line without the key: %v", err)
	}
	if err := d.Saw(t.Context(), system, tenant.Reading{Kind: "person", ID: "p"}); err == nil {
		t.Error("a reading without the key")
	}
}

func TestAUD11_ForgettingAPersonMakesTheirLinesUnreadable(t *testing.T) {
	for _, forgotten := range []asye.PersonID{"p", "q"} {
		t.Run(string(forgotten), func(t *testing.T) {
			dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
				twoPeople(t, d)
				for _, about := range [][2]string{{"person", "p"}, {"person", "q"}, {"duplicate", "d"}} {
					if err := tell(d, about[0], about[1]); err != nil {
						t.Fatal(err)
					}
				}
				keep(t, d, func(tx *db.Tx) error {
					if err := tx.ForgetKey(t.Context(), forgotten); err != nil {
						return err
					}
					return tx.Audit(t.Context(), system, db.Line{What: "test.erased", Kind: "person", ID: string(forgotten), Reason: "they asked for it"})
				})
				if err := d.Scour(t.Context()); err != nil {
					t.Fatal(err)
				}
				_, plain := texts(t, d)
				want := []lines.State{lines.Forgotten, lines.Readable, lines.Forgotten, lines.Readable}
				if forgotten == "q" {
					want[0], want[1] = want[1], want[0]
				}
				for i, l := range plain {
					if l.State != want[i] || (l.State == lines.Forgotten) != (l.Reason == "") {
						t.Errorf("line %d: %+v, want %d", i, l, want[i])
					}
				}
				if plain[3].Reason != "they asked for it" {
					t.Errorf("the line of the erasure says %q", plain[3].Reason)
				}
			})
		})
	}
}

// TestAUD11_ADestroyedKeyIsGoneFromTheFile: not even the audit key brings it
// back.
func TestAUD11_ADestroyedKeyIsGoneFromTheFile(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	twoPeople(t, d)
	if err := tell(d, "person", "p"); err != nil {
		t.Fatal(err)
	}
	var sealed, file string
	if err := d.QueryRow(t.Context(), `select sealed, (select file from pragma_database_list where name = 'main') from person_keys`).Scan(&sealed, &file); err != nil {
		t.Fatal(err)
	}
	holds := func() bool {
		found := false
		for _, name := range []string{file, file + "-wal"} {
			bytesOf, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found = found || bytes.Contains(bytesOf, []byte(sealed))
		}
		return found
	}
	if !holds() {
		t.Fatal("the files cannot be judged")
	}
	keep(t, d, func(tx *db.Tx) error { return tx.ForgetKey(t.Context(), "p") })
	if err := d.Scour(t.Context()); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the files still have the destroyed key")
	}
}

func TestAUD10_ATextCannotBeMoved(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		twoPeople(t, d)
		for range 2 {
			if err := tell(d, "person", "p"); err != nil {
				t.Fatal(err)
			}
		}
		var first, second lines.Text
		for _, one := range []struct {
			into  *lines.Text
			order string
		}{{&first, "asc"}, {&second, "desc"}} {
			if err := d.QueryRow(t.Context(), `select id, before, after, reason from audit_lines order by id `+one.order+` limit 1`).
				Scan(&one.into.ID, &one.into.Before, &one.into.After, &one.into.Reason); err != nil {
				t.Fatal(err)
			}
		}
		moved := lines.Text{ID: second.ID, Before: first.Before}
		swapped := lines.Text{ID: first.ID, Before: first.After}
		if err := d.Unseal(t.Context(), &moved, &swapped); err != nil || moved.State != lines.Altered || swapped.State != lines.Altered {
			t.Errorf("a text of another line is %+v, one of another column %+v, %v", moved, swapped, err)
		}
	})
}

// TestAUD10_AThiefOfTheDatabaseReadsNothing: with another audit key, which is
// what whoever has only the database has, no text can be read.
func TestAUD10_AThiefOfTheDatabaseReadsNothing(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	twoPeople(t, d)
	if err := tell(d, "person", "p"); err != nil {
		t.Fatal(err)
	}
	if err := d.Guard(lines.Guard{Secret: bytes.Repeat([]byte{8}, 32), Tables: schema.Tables()}); err != nil {
		t.Fatal(err)
	}
	if _, plain := texts(t, d); plain[0].State != lines.Altered || plain[0].Reason != "" {
		t.Errorf("with another key: %+v", plain[0])
	}
	if err := tell(d, "person", "p"); err == nil {
		t.Error("a line was sealed with a key that nobody can open")
	}
}

func TestNobodyChangesALineBySlip(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		if err := tell(d, "organisation", "o"); err != nil {
			t.Fatal(err)
		}
		for _, slip := range []string{`update audit_lines set reason = 'x'`, `delete from audit_lines`} {
			err := d.Keep(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(t.Context(), slip); return err })
			if err == nil {
				t.Errorf("%s went through", slip)
			}
		}
	})
}
