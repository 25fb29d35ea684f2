package archive

import (
	"fmt"
	"testing"

	"example.org/asye/internal/platform/db"
	"pgregory.net/rapid"
)

func TestCanonicalJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"b":1,"a":2}`:              `{"a":2,"b":1}`,
		` { "a" : [ 1 , 2 ] } `:      `{"a":[1,2]}`,
		`{"a":1,"a":2}`:              `{"a":2}`,
		`1.50`:                       `1.5`,
		`1e2`:                        `100`,
		`-0.0`:                       `0`,
		`12e-3`:                      `0.012`,
		`0.5e1`:                      `5`,
		`-1.25E+1`:                   `-12.5`,
		`"\u00e9\/<&>"`:              `"é/<&>"`,
		`"\ud83d\ude00"`:             `"😀"`,
		`"\\ud83d"`:                  `"\\ud83d"`,
		`[true,false,null,{},[],""]`: `[true,false,null,{},[],""]`,
	} {
		if got, ok := canonicalJSON(text); got != want || !ok {
			t.Errorf("%s gives %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{``, `{`, `1 2`, `"\ud83d"`, `"\ude00\ud83d"`, "\"\\u0000\"", `nul`, "\"\xff\"", `1e99999`} {
		if got, ok := canonicalJSON(text); ok {
			t.Errorf("%s is taken for JSON: %q", text, got)
		}
	}
}

// What is canonical stays as it is.
func TestCanonicalTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`{}[]":,0123456789.eE+-\uab "tfn`))).Draw(t, "text")
		once, ok := canonicalJSON(text)
		if !ok {
			return
		}
		if twice, ok := canonicalJSON(once); twice != once || !ok {
			t.Fatalf("%q, then %q, then %q", text, once, twice)
		}
	})
}

// A row comes back as it was written.
func TestRowThereAndBack(t *testing.T) {
	columns := []db.Column{{Name: "a", Kind: db.Text}, {Name: "b", Kind: db.Integer}, {Name: "c", Kind: db.Boolean},
		{Name: "d", Kind: db.Bytes}, {Name: "e", Kind: db.Real}, {Name: "f", Kind: db.Instant}}
	rapid.Check(t, func(t *rapid.T) {
		row := []any{rapid.String().Draw(t, "a"), rapid.Int64().Draw(t, "b"), rapid.Bool().Draw(t, "c"),
			string(rapid.SliceOf(rapid.Byte()).Draw(t, "d")), rapid.Float64().Draw(t, "e"), rapid.String().Draw(t, "f")}
		row[3] = []byte(row[3].(string))
		empty := rapid.IntRange(0, len(row)).Draw(t, "empty")
		if empty < len(row) {
			row[empty] = nil
		}
		written, err := appendRow(nil, columns, row)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parseRow(written, columns)
		if err != nil {
			t.Fatal(err)
		}
		for i := range row {
			if fmt.Sprintf("%T %[1]q", got[i]) != fmt.Sprintf("%T %[1]q", row[i]) {
				t.Fatalf("%v became %v", row[i], got[i])
			}
		}
		if _, err := parseRow(append(written, 0), columns); err == nil {
			t.Fatal("a byte too many is not noticed")
		}
	})
}
