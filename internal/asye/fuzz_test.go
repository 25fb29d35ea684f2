package asye

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What is searched for and what is searched in are folded alike, however often.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Ñuñez  O’Brien", "İstanbul", "a\u0301", " \t", "ẞß", "\xff", "ﬃ", "K"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if !utf8.ValidString(text) {
			return
		}
		if !utf8.ValidString(folded) || strings.Contains(folded, "  ") || strings.TrimSpace(folded) != folded {
			t.Fatalf("%q folds to %q", text, folded)
		}
		if again := Fold(folded); again != folded {
			t.Fatalf("%q folds to %q and then to %q", text, folded, again)
		}
		if strings.IndexFunc(folded, unicode.IsUpper) >= 0 && strings.ToLower(folded) != folded {
			t.Fatalf("%q folds to %q, which has capitals", text, folded)
		}
	})
}

// A cohort is read as it is written, and nothing else is.
func FuzzParseCohort(f *testing.F) {
	for _, seed := range []string{"2026-27", "1999-00", "2026-2027", "26-27", "", "9999-00", "-001-00", "２０２６-27"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCohort(text)
		if err != nil {
			return
		}
		if again, err := ParseCohort(c.String()); err != nil || again != c {
			t.Fatalf("%q is %v, which is written %q: %v", text, c, c.String(), err)
		}
		if p := c.Period(); p.Days() != 365 && p.Days() != 366 {
			t.Fatalf("%q has %d days", text, p.Days())
		}
	})
}

// A date or an instant that comes from outside is read as it is written.
func FuzzStoredTime(f *testing.F) {
	for _, seed := range []string{"2026-02-28", "2026-02-30", "2026-11-25T13:07:53.000001Z", "0000-00-00", "", "99999-01-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var d, e Date
		if d.UnmarshalText([]byte(text)) == nil && !d.IsZero() {
			if err := e.Scan(d.ISO()); err != nil || e != d {
				t.Fatalf("%q is %v and comes back as %v, %v", text, d, e, err)
			}
		}
		var i, j Instant
		if i.UnmarshalText([]byte(text)) == nil && !i.IsZero() {
			if err := j.Scan(i.String()); err != nil || j != i {
				t.Fatalf("%q is %v and comes back as %v, %v", text, i, j, err)
			}
		}
	})
}
