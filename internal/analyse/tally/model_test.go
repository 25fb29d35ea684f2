package tally

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// told is what is known of a file: how many records have each combination, and
// which lines cannot be read.
type told struct {
	counts map[string]int64
	bad    []int64
}

// slow reads a text byte by byte: the plainest reader there is.
func slow(text string, fields int) told {
	out := told{map[string]int64{}, nil}
	line, ended := int64(1), text+"\n"
	for i := 0; i < len(text); {
		end := i + strings.IndexByte(ended[i:], '\n')
		record, after, ok := slowRecord(ended, i)
		switch {
		case !ok || len(record) != fields && strings.TrimSuffix(text[i:end], "\r") != "":
			out.bad = append(out.bad, line)
		case fields == len(record) && !(fields == 1 && strings.TrimSuffix(text[i:end], "\r") == ""):
			for at := range record {
				record[at] = clean(record[at])
			}
			out.counts[combined(record...)]++
		}
		if !ok {
			after = end + 1
		}
		after = min(after, len(text))
		line += int64(strings.Count(text[i:after], "\n"))
		i = after
	}
	return out
}

// combined is levels as one text.
func combined(levels ...string) string {
	text, _ := json.Marshal(levels)
	return string(text)
}

func slowRecord(text string, i int) (fields []string, after int, ok bool) {
	for {
		field, quoted := "", text[i] == '"'
		if quoted {
			for i++; ; i++ {
				if i >= len(text)-1 {
					return nil, 0, false
				}
				if text[i] == '"' {
					if text[i+1] != '"' {
						i++
						break
					}
					i++
				}
				field += text[i : i+1]
			}
			if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
		}
		for ; text[i] != ',' && text[i] != '\n'; i++ {
			if quoted || text[i] == '"' {
				return nil, 0, false
			}
			field += text[i : i+1]
		}
		if text[i] == '\n' {
			if !quoted {
				field = strings.TrimSuffix(field, "\r")
			}
			return append(fields, field), i + 1, true
		}
		fields = append(fields, field)
		i++
	}
}

// readsAlike holds that a file is read as the slow reader does.
func readsAlike(t *testing.T, text string, workers int) {
	t.Helper()
	c := read(t, text, Plan{Columns: []string{"a", "c"}, Pairs: [][2]string{{"b", "a"}}, Bad: 1, Workers: workers})
	_, body, _ := strings.Cut(text, "\n")
	want := slow(body, 3)
	both, pairs := map[string]int64{}, map[string]int64{}
	var records int64
	for key, n := range want.counts {
		var one []string
		_ = json.Unmarshal([]byte(key), &one)
		both[combined(one[0], one[2])] += n
		pairs[combined(one[1], one[0])] += n
		records += n
	}
	got, beside := map[string]int64{}, map[string]int64{}
	c.Cells(func(levels []uint16, n int64) {
		got[combined(c.Columns[0].Levels[levels[0]], c.Columns[1].Levels[levels[1]])] += n
	})
	for i, row := range c.Pairs[0].Counts {
		for j, n := range row {
			if n > 0 {
				beside[combined(c.Pairs[0].Columns[0].Levels[i], c.Pairs[0].Columns[1].Levels[j])] = n
			}
		}
	}
	if !maps.Equal(got, both) || !maps.Equal(beside, pairs) || c.Records != records {
		t.Fatalf("%q with %d workers:\n%v, want\n%v;\n%v, want\n%v", short(text), workers, got, both, beside, pairs)
	}
	var bad []int64
	for _, m := range c.Malformed {
		bad = append(bad, m.Line-1)
	}
	if first := want.bad[:min(len(want.bad), shown)]; !slices.Equal(bad, first) || c.Bad != int64(len(want.bad)) {
		t.Fatalf("%q: %d bad lines, %v, want %d, %v", short(text), c.Bad, c.Malformed, len(want.bad), first)
	}
}

func short(text string) string { return text[:min(len(text), 400)] }

// TestSameAsSlowly reads files in which anything may stand.
func TestSameAsSlowly(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 4))
	parts := []string{"", "x", "Female", "Yorkshire and the Humber", " spaced ", "\"quoted\"", "\"a,b\"", "\"two\"\"marks\"", "\"\"", "\xff\xfe", "a\rb", "\x00", "0123456789abcdef0123456789abcdefg"}
	odd := []string{"\"", "a\"b", "\"a\"b", "1,2", "\"a\nb\""}
	for round := range 400 {
		var b strings.Builder
		b.WriteString("a,b,c\n")
		for range draw.IntN(200) {
			fields := 3
			if draw.IntN(20) == 0 {
				fields = draw.IntN(5)
			}
			for i := range fields {
				if i > 0 {
					b.WriteByte(',')
				}
				if round%2 == 0 && draw.IntN(30) == 0 {
					b.WriteString(odd[draw.IntN(len(odd))])
				} else {
					b.WriteString(parts[draw.IntN(len(parts)-8*(round%3/2))])
				}
			}
			b.WriteString([]string{"\n", "\r\n"}[draw.IntN(2)])
		}
		readsAlike(t, b.String(), 1+round%3)
	}
}

// TestSameOverBlocks has files of several blocks, plain, quoted, with ends of
// lines in them and with lines that are wrong.
func TestSameOverBlocks(t *testing.T) {
	for kind := range 4 {
		draw := rand.New(rand.NewPCG(5, uint64(kind)))
		var b strings.Builder
		b.WriteString("a,b,c\n")
		for b.Len() < 3*blockSize {
			one := fmt.Sprintf("%d", draw.IntN(100))
			switch {
			case kind == 1:
				one = `"` + one + `"`
			case kind == 2 && draw.IntN(100) == 0:
				one = `"` + one + "\n\"\"," + `"`
			case kind == 3 && draw.IntN(1000) == 0:
				one += ",more"
			}
			fmt.Fprintf(&b, "%s,%0*d,%d\n", one, 1+draw.IntN(60), draw.IntN(2), draw.IntN(400))
		}
		readsAlike(t, b.String(), 2)
	}
}

func FuzzSlowly(f *testing.F) {
	for _, seed := range []string{"1,x,\n", "\"1\",\"a\"\"b\",2\r\n2,\n", "1,\"x\ny\",\"\n", "a,\"b\"c,d\n1,2,3", "\n\r\n,,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) { readsAlike(t, "a,b,c\n"+string(text), 1) })
}

// TestWritten reads what the standard library writes.
func TestWritten(t *testing.T) {
	draw := rand.New(rand.NewPCG(7, 8))
	letters := []string{"a", ",", "\"", "\n", "é", " "}
	for range 100 {
		var text bytes.Buffer
		w, want := csv.NewWriter(&text), map[string]int64{}
		_ = w.Write([]string{"a", "b"})
		for range 50 {
			one := []string{"-", "-"}
			for i := range one {
				for range draw.IntN(4) {
					one[i] += letters[draw.IntN(len(letters))]
				}
			}
			_ = w.Write(one)
			want[combined(clean(one[0]), clean(one[1]))]++
		}
		w.Flush()
		c := read(t, text.String(), Plan{Columns: []string{"a", "b"}})
		got := map[string]int64{}
		c.Cells(func(levels []uint16, n int64) {
			got[combined(c.Columns[0].Levels[levels[0]], c.Columns[1].Levels[levels[1]])] = n
		})
		if !maps.Equal(got, want) {
			t.Fatalf("%q:\n%v, want\n%v", text.String(), got, want)
		}
	}
}
