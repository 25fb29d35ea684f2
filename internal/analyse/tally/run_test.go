package tally

import (
	"fmt"
	"strings"
	"testing"
)

// TestManyTexts: columns that stand beside each other and have many combinations
// together are read one by one, and counted as before; and so many combinations
// that there is no array for them are counted in cells.
func TestManyTexts(t *testing.T) {
	const n = 200_000
	var b strings.Builder
	b.WriteString("a,b,c,d\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%d,%d,x%d\n", i%97, i%89, i%83, i%300)
	}
	for _, plan := range []Plan{
		{Columns: []string{"a", "b", "c", "d"}, Workers: 2},
		{Columns: []string{"d", "a"}, Pairs: [][2]string{{"b", "c"}, {"c", "d"}}, Workers: 1},
	} {
		c := read(t, b.String(), plan)
		for at, column := range c.Columns {
			size := map[string]int{"a": 97, "b": 89, "c": 83, "d": 300}[column.Name]
			counts := c.Margin(at)
			if c.Records != n || len(counts) != size {
				t.Fatalf("%d records, %d levels of %s", c.Records, len(counts), column.Name)
			}
			for i, level := range column.Levels {
				var number int
				_, _ = fmt.Sscanf(strings.TrimPrefix(level, "x"), "%d", &number)
				if want := (n - number + size - 1) / size; int(counts[i]) != want {
					t.Errorf("%s of %s: %d, want %d", level, column.Name, counts[i], want)
				}
			}
		}
		for _, pair := range c.Pairs {
			cells := 0
			for _, row := range pair.Counts {
				for _, n := range row {
					cells += min(int(n), 1)
				}
			}
			if cells != min(n, map[string]int{"b": 89 * 83, "c": 83 * 300}[pair.Columns[0].Name]) {
				t.Errorf("%s by %s has %d combinations", pair.Columns[0].Name, pair.Columns[1].Name, cells)
			}
		}
	}
}
