package disclosure

import "testing"

// FuzzSuppress makes a table of any bytes: whatever is released passes the audit
// and tells an attacker nothing.
func FuzzSuppress(f *testing.F) {
	f.Add([]byte{3, 0, 9, 20, 1, 1, 0, 40})
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{1, 1, 1, 1, 1, 1, 1, 1})
	f.Add([]byte{255, 255, 1, 255, 2, 255, 0, 0})
	f.Add([]byte{9, 4, 200, 7, 0, 3, 11, 12, 5, 5, 1, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		n := len(data) / 4
		if n == 0 || n > 6 {
			return
		}
		c := make([]int, 4*n)
		for i := range c {
			c[i] = int(data[i])
		}
		for _, tab := range []Table{table(t, c, dim("a", n), dim("b", 4)), table(t, c, dim("a", n), dim("b", 2), dim("c", 2))} {
			r, err := Suppress(tab, fives)
			if err != nil {
				t.Fatal(err)
			}
			report, err := Audit(tab, fives, r.Figures)
			if err != nil || !report.Safe {
				t.Fatalf("%v: %v %+v", c, err, report.Narrow())
			}
			if found := attackAll(tab, fives, r.Figures).finds(Primary(tab, fives), tab.told, 5); len(found) > 0 {
				t.Fatalf("%v: the attacker found %v", c, found)
			}
		}
	})
}
