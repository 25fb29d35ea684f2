package arch

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

// TestPrepare lets each engine read every SQL text of the code against the
// real schema, so that a wrong column or a word that one engine lacks is found
// without running the method that uses it.
func TestPrepare(t *testing.T) {
	tree := theTree(t)
	dynamic := exceptions["prepare"]
	used := map[string]bool{}
	var all []Statement
	for _, s := range Statements(tree) {
		if l, _ := layerOf(s.File.Dir()); l == workshop {
			continue
		}
		if len(s.Complete()) == 0 {
			used[s.Subject()] = true
			if dynamic[s.Subject()] == "" {
				t.Errorf("%s:%d: has SQL that only running can complete: build it from constants, or list %q in exceptions.go with the test that runs it",
					s.File.Path, s.Line, s.Subject())
			}
		}
		all = append(all, s)
	}
	for subject := range dynamic {
		if !used[subject] {
			t.Errorf("%s: has an exception from \"prepare\" that it no longer needs: take it out of internal/arch/exceptions.go", subject)
		}
	}
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		n := 0
		for _, s := range all {
			if !speaksTo(s.File.Base(), d.Dialect()) {
				continue
			}
			for _, text := range s.Complete() {
				n++
				if err := prepare(d, text); err != nil {
					t.Errorf("%s:%d: %s refuses the statement: %v\n%s", s.File.Path, s.Line, d.Dialect(), err, text)
				}
			}
		}
		if n < 50 {
			t.Errorf("found %d statements, far fewer than there are", n)
		}
	})
}

// speaksTo reports whether the SQL of a file is for an engine: a file that is
// named after one, like catalogue_postgres.go, speaks to that one alone.
func speaksTo(file string, engine db.Dialect) bool {
	for _, one := range []db.Dialect{db.SQLite, db.Postgres} {
		if strings.HasSuffix(file, "_"+string(one)+".go") {
			return one == engine
		}
	}
	return true
}

func TestPrepareCanFail(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		for _, text := range []string{
			"select surname from people where id = $1",
			"select id from persons",
			"insert into form_tokens (token) values ($1, $2)",
			"update people set given_name = $1 were id = $2",
		} {
			if prepare(d, text) == nil {
				t.Errorf("%s accepts %q", d.Dialect(), text)
			}
		}
		if err := prepare(d, "select id from people where id = $1"); err != nil {
			t.Error(err)
		}
	})
}

var (
	placeholder = regexp.MustCompile(`\$(\d+)`)
	errUndo     = errors.New("nothing is kept")
)

// prepare has an engine read a statement without running it. SQLite reads it
// only when it is asked to explain; its arguments must be there, and are empty.
func prepare(d *db.DB, text string) error {
	text = strings.ReplaceAll(text, "(%)", "(null)") // a list whose length only running can tell
	ctx := context.Background()
	err := d.Keep(ctx, func(tx *db.Tx) error {
		if d.Dialect() == db.Postgres {
			if _, err := tx.Exec(ctx, "prepare reading as "+text); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "deallocate reading"); err != nil {
				return err
			}
			return errUndo
		}
		rows, err := tx.Query(ctx, "explain "+text, arguments(text)...)
		if err != nil {
			return err
		}
		rows.Close()
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

func arguments(text string) []any {
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		most = max(most, n)
	}
	return make([]any, most)
}
