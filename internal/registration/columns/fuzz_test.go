package columns_test

import (
	"testing"

	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns/columnstest"
)

// A cell is read or refused in words; what was read is written so that it is
// read as the same.
func FuzzCell(f *testing.F) {
	list := columnstest.List(f).Read()
	for i, seed := range []string{"27/03/1999", "37.5", "Yes", "SW12345", "2026", "=1+1", "1E+05", "", "\x00", "31 Feb 2026", "child and family asye"} {
		f.Add(seed, i, i%2 == 0, i%3 == 0)
	}
	f.Fuzz(func(t *testing.T, text string, at int, numeric, formula bool) {
		c := list[((at%len(list))+len(list))%len(list)]
		var e, again registration.Entry
		if err := c.Parse(files.Cell{Text: text, Numeric: numeric, Formula: formula}, &e); err != nil {
			if err.Error() == "" {
				t.Fatalf("%s refuses %q without a word", c.Header, text)
			}
			return
		}
		written := c.Text(e)
		if err := c.Parse(files.Cell{Text: written}, &again); err != nil || c.Text(again) != written {
			t.Fatalf("%s reads %q, writes %q and reads %q, %v", c.Header, text, written, c.Text(again), err)
		}
	})
}
