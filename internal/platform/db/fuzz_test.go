package db

import (
	"strings"
	"testing"
)

// A migration is expanded for each engine, or refused by name; nothing of a
// macro is left.
func FuzzMacros(f *testing.F) {
	for _, seed := range []string{`create table a (b {{instant}});`, `{{only "postgres" "x"}}`, `{{noOverlap "a" "b"}}`, `{{nothing}}`, `{{`, `{{range}}`, `{{only}}`, `{{/* */}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, dialect := range []Dialect{SQLite, Postgres} {
			d := &DB{dialect: dialect}
			out, err := d.expand("2026010101_x.sql", text)
			if err == nil && !strings.Contains(text, "{{") && out != text {
				t.Fatalf("%q becomes %q without a macro", text, out)
			}
			if err != nil && !strings.Contains(err.Error(), "2026010101_x.sql") {
				t.Fatalf("%v does not say which migration", err)
			}
		}
	})
}
