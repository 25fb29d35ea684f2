package tally

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func read(t testing.TB, text string, p Plan) *Cube {
	t.Helper()
	c, err := Read(t.Context(), strings.NewReader(text), p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// made is a file with n records, and the counts of gender by outcome that a
// plain reader finds.
func made(n int, quoted bool) (string, map[string]int64) {
	draw := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("id,gender,note,deferrals,outcome\n")
	want := map[string]int64{}
	for i := range n {
		gender, outcome := []string{"Female", "Male", "Non-binary or another"}[draw.IntN(3)], []string{"pass", "fail", ""}[draw.IntN(3)]
		note := "plain"
		if quoted && draw.IntN(3) == 0 {
			note = "\"two\nlines, and a \"\"mark\"\"\""
		}
		fmt.Fprintf(&b, "%d,%s,%s,%d,%s\n", i, gender, note, draw.IntN(4), outcome)
		want[gender+"/"+outcome]++
	}
	return b.String(), want
}

func TestRead(t *testing.T) {
	for _, quoted := range []bool{false, true} {
		text, want := made(50_000, quoted)
		for _, workers := range []int{1, 2, 5} {
			c := read(t, text, Plan{Columns: []string{"outcome", "gender"}, Pairs: [][2]string{{"deferrals", "outcome"}}, Workers: workers})
			if c.Records != 50_000 || c.Bad != 0 {
				t.Fatalf("%d records, %d bad: %v", c.Records, c.Bad, c.Malformed)
			}
			counts := c.Margin(1, 0)
			for g, gender := range c.Columns[1].Levels {
				for o, outcome := range c.Columns[0].Levels {
					if got := counts[g*len(c.Columns[0].Levels)+o]; got != want[gender+"/"+outcome] {
						t.Errorf("%s/%s: %d, want %d", gender, outcome, got, want[gender+"/"+outcome])
					}
				}
			}
			var sum int64
			for _, row := range c.Pairs[0].Counts {
				for _, n := range row {
					sum += n
				}
			}
			if sum != 50_000 || strings.Join(c.Pairs[0].Columns[0].Levels, "") != "0123" {
				t.Errorf("the pair has %d records, by %v", sum, c.Pairs[0].Columns[0].Levels)
			}
		}
	}
}

func TestLines(t *testing.T) {
	for name, one := range map[string]struct {
		text string
		want string
		bad  []int64
	}{
		"no end of line at the end":     {"a,b\n1,x\n2,y", "1x:1 2y:1", nil},
		"carriage returns":              {"a,b\r\n1,x\r\n\r\n2,\r\n", "1x:1 2:1", nil},
		"a mark at the beginning":       {"\xef\xbb\xbfa,b\n1,x\n", "1x:1", nil},
		"quoted":                        {"\"a\",\"b\"\n\"1\",\"x,\"\"y\"\"\n\"\n1,z\n", "1x,\"y\"\n:1 1z:1", nil},
		"quoted, then carriage returns": {"a,b\r\n\"1\",\"x\"\r\n", "1x:1", nil},
		"spaces":                        {"a,b\n 1 ,x\n1,x\n", "1x:2", nil},
		"too few and too many":          {"a,b\n1\n1,x\n1,x,2\n", "1x:1", []int64{2, 4}},
		"a mark inside":                 {"a,b\n1,x\"y\n1,x\n", "1x:1", []int64{2}},
		"after a field":                 {"a,b\n1,\"x\"y\n1,x\n", "1x:1", []int64{2}},
		"a field without an end":        {"a,b\n1,x\n1,\"x\n2,y\n", "1x:1 2y:1", []int64{3}},
		"the same text, long":           {"a,b\n1,aaaaaaaaXaaaaaaaa\n1,aaaaaaaaYaaaaaaaa\n", "1aaaaaaaaXaaaaaaaa:1 1aaaaaaaaYaaaaaaaa:1", nil},
		"nothing but the header line":   {"a,b\n", "", nil},
		"levels of malformed lines":     {"a,b\n9\n1,x\n", "1x:1", []int64{2}},
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, one.text, Plan{Columns: []string{"a", "b"}, Bad: 1})
			var got []string
			c.Cells(func(levels []uint16, n int64) {
				got = append(got, fmt.Sprintf("%s%s:%d", c.Columns[0].Levels[levels[0]], c.Columns[1].Levels[levels[1]], n))
			})
			if strings.Join(got, " ") != strings.ReplaceAll(one.want, "y\"\n", "y\"") {
				t.Errorf("%q, want %q", got, one.want)
			}
			var bad []int64
			for _, m := range c.Malformed {
				bad = append(bad, m.Line)
			}
			if fmt.Sprint(bad) != fmt.Sprint(one.bad) {
				t.Errorf("malformed %v, want the lines %v", c.Malformed, one.bad)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for name, one := range map[string]struct {
		text string
		plan Plan
		want string
	}{
		"no column":       {"a,b\n", Plan{Columns: []string{"c"}}, `no column "c". Its columns are a, b`},
		"twice in file":   {"a,b,a\n1,2,3\n", Plan{Columns: []string{"b", "a"}}, `names the column "a" twice`},
		"twice":           {"a,b\n", Plan{Columns: []string{"a", "a"}}, "named twice"},
		"no header":       {"", Plan{Columns: []string{"a"}}, "no header line"},
		"too much bad":    {"a,b\n1\n1,2\n", Plan{Columns: []string{"a"}, Bad: 0.4}, "1 of 2 lines cannot be read; line 2: it has 1 fields"},
		"no grouping":     {"a\n" + many(70_000), Plan{Columns: []string{"a"}}, "more than 65536 different values"},
		"a line for ever": {"a\n" + strings.Repeat("x", longest+10), Plan{Columns: []string{"a"}}, "longer than 16 MB"},
	} {
		if _, err := Read(t.Context(), strings.NewReader(one.text), one.plan); err == nil || !strings.Contains(err.Error(), one.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Read(ended, strings.NewReader("a\n1\n"), Plan{Columns: []string{"a"}}); err == nil {
		t.Error("nobody stops it")
	}
}

// TestManyLevels: a column with more levels than fit into eight bits, met in the
// middle of a file.
func TestManyLevels(t *testing.T) {
	text := "a,b\n"
	for i := range 20_000 {
		text += fmt.Sprintf("%d,%d\n", i%2, max(0, i-19_000))
	}
	for _, workers := range []int{1, 3} {
		c := read(t, text, Plan{Columns: []string{"b", "a"}, Workers: workers})
		counts := c.Margin(0)
		if c.Records != 20_000 || len(counts) != 1000 || counts[0] != 19_001 || counts[999] != 1 {
			t.Errorf("%d records, %d levels, %d of the first", c.Records, len(counts), counts[0])
		}
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d\n", i)
	}
	return b.String()
}

// FuzzRead compares with the reader of the standard library, where that one has
// no complaint.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"1,x\n", "\"1\",\"a\"\"b\"\r\n2,\n", "1,\"x\ny\"\n", "1\n2,3,4\n", "\n\n1,2", "1,\"\"\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		text = append([]byte("a,b\n"), text...)
		c, err := Read(t.Context(), bytes.NewReader(text), Plan{Columns: []string{"a", "b"}, Bad: 1, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(text))
		all, err := r.ReadAll()
		if err != nil || bytes.ContainsRune(bytes.ReplaceAll(text, []byte("\r\n"), nil), '\r') {
			return
		}
		want := map[string]int64{}
		for _, record := range all[1:] {
			want[clean(record[0])+"\x00"+clean(record[1])]++
		}
		c.Cells(func(levels []uint16, n int64) {
			if key := c.Columns[0].Levels[levels[0]] + "\x00" + c.Columns[1].Levels[levels[1]]; want[key] != n {
				t.Errorf("%q: %d, want %d", key, n, want[key])
			}
		})
		if c.Records != int64(len(all)-1) {
			t.Errorf("%d records, want %d", c.Records, len(all)-1)
		}
	})
}
